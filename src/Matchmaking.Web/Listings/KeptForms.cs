using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Primitives;

namespace Matchmaking.Web.Listings;

/// <summary>On a page whose posted form is kept over an expired sign-in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsPostedFormAttribute : Attribute;

/// <summary>
/// Forms that arrived after the sign-in had expired. Each lies encrypted in a file for 30 minutes; the key is a random cookie of the
/// browser that sent it and the file's name only the key's hash, so that neither the folder nor the cookie alone tells anything.
/// </summary>
public sealed class KeptForms(string folder, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Cookie = "matchmaking-kept";
    private const string Suffix = ".kept";
    private const long MaxBytes = 512 * 1024;
    private const int MaxKept = 500;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Keeps the posted form of this request; does nothing when it is unreadable or too large for a form of text.</summary>
    public async Task KeepAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > MaxBytes) return;
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return;
        }
        var values = form.Where(f => f.Key.StartsWith(ListingInput.Prefix + ".", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToArray());
        if (values.Count == 0) return;
        Directory.CreateDirectory(folder);
        Tidy();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var content = JsonSerializer.SerializeToUtf8Bytes(new Kept(context.Request.Path, clock.GetUtcNow(), values));
        await File.WriteAllBytesAsync(PathOf(key), Protector(key).Protect(content), cancellationToken);
        context.Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/my", MaxAge = Lifetime, IsEssential = true,
        });
    }

    /// <summary>What was kept for this page in this browser; null when there is nothing or it is too old.</summary>
    public async Task<IReadOnlyDictionary<string, StringValues>?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (KeyOf(context) is not { } key || !File.Exists(PathOf(key))) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(Protector(key).Unprotect(await File.ReadAllBytesAsync(PathOf(key), cancellationToken)))!;
            if (!string.Equals(kept.Path, context.Request.Path, StringComparison.OrdinalIgnoreCase) || kept.At + Lifetime < clock.GetUtcNow()) return null;
            return kept.Values.ToDictionary(v => v.Key, v => new StringValues(v.Value));
        }
        catch (Exception damaged) when (damaged is CryptographicException or JsonException or IOException)
        {
            return null;
        }
    }

    public void Forget(HttpContext context)
    {
        if (KeyOf(context) is not { } key) return;
        File.Delete(PathOf(key));
        context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/my" });
    }

    private static string? KeyOf(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Cookie, out var key) && Guid.TryParseExact(key, "N", out _) ? key.ToLowerInvariant() : null;

    private IDataProtector Protector(string key) => protection.CreateProtector("KeptForm", key);

    private string PathOf(string key) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(key))) + Suffix);

    /// <summary>Removes what is too old, and the oldest when somebody without an account fills the folder.</summary>
    private void Tidy()
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        var files = new DirectoryInfo(folder).GetFiles("*" + Suffix).OrderByDescending(f => f.LastWriteTimeUtc).ToList();
        foreach (var file in files.Where((f, i) => i >= MaxKept - 1 || f.LastWriteTimeUtc < oldest.UtcDateTime)) file.Delete();
    }

    private sealed record Kept(string Path, DateTimeOffset At, Dictionary<string, string?[]> Values);
}

public static class KeptFormsMiddleware
{
    /// <summary>Stands between authentication and authorization: the challenge that follows sends the person to sign in and back to the form.</summary>
    public static IApplicationBuilder UseKeptForms(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.User.Identity?.IsAuthenticated != true
            && context.GetEndpoint()?.Metadata.GetMetadata<KeepsPostedFormAttribute>() is not null)
            await context.RequestServices.GetRequiredService<KeptForms>().KeepAsync(context, context.RequestAborted);
        await next(context);
    });
}
