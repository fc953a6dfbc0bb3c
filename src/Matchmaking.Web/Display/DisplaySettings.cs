using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Matchmaking.Web.Display;

/// <summary>How one reader wants to see the pages; kept in cookies, written to the html element by the layout.</summary>
/// <param name="Text">"large" or null.</param>
/// <param name="Theme">"dark", "light", or null to follow the system.</param>
/// <param name="Language">"zh-CN" or "en".</param>
public sealed record DisplaySettings(string? Text, string? Theme, string Language)
{
    public const string Address = "/display";
    public const string TextCookie = "text";
    public const string ThemeCookie = "theme";
    private const int MaxReturn = 2_000;

    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>Cookies can hold anything; only known values count.</summary>
    public static DisplaySettings Of(HttpContext context) => new(
        context.Request.Cookies[TextCookie] is "large" ? "large" : null,
        context.Request.Cookies[ThemeCookie] switch { "dark" => "dark", "light" => "light", _ => null },
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN");

    /// <summary>Address that changes one setting (text, theme or lang) and comes back to this page.</summary>
    public static string Link(HttpContext context, string setting, string value) =>
        $"{Address}?{setting}={value}&return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}";

    internal static void Apply(HttpContext context, string? text, string? theme, string? language)
    {
        if (text is "large" or "normal") Keep(context, TextCookie, text == "normal" ? null : text);
        if (theme is "dark" or "light" or "auto") Keep(context, ThemeCookie, theme == "auto" ? null : theme);
        if (language is not null && Languages.Contains(language))
        {
            Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));
        }
    }

    /// <summary>A path of this site, safe as a header; anything else leads to the home page.</summary>
    internal static string ReturnPath(string? path)
    {
        if (path is null || path.Length > MaxReturn || !RedirectHttpResult.IsLocalUrl(path) || path[0] != '/') return "/";
        var safe = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.Value is > 0x20 and < 0x7f) safe.Append((char)rune.Value);
            else safe.Append(Uri.EscapeDataString(rune.ToString()));
        }
        return safe.ToString();
    }

    private static void Keep(HttpContext context, string name, string? value)
    {
        var options = new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365), Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
        };
        if (value is null) context.Response.Cookies.Delete(name, options);
        else context.Response.Cookies.Append(name, value, options);
    }
}

public static class DisplayEndpoints
{
    /// <summary>GET /display?text=large|normal&amp;theme=dark|light|auto&amp;lang=zh-CN|en&amp;return=/…: plain links, so that it works without script.</summary>
    public static IEndpointConventionBuilder MapDisplaySettings(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(DisplaySettings.Address, (HttpContext context, string? text, string? theme, string? lang, string? @return) =>
        {
            DisplaySettings.Apply(context, text, theme, lang);
            context.Response.Headers.CacheControl = "no-store";
            return Results.LocalRedirect(DisplaySettings.ReturnPath(@return));
        }).AllowAnonymous().ExcludeFromDescription();
}
