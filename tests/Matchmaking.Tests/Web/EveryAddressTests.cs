using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Matchmaking.Tests.Web;

/// <summary>
/// Every route there is, with every number that a record could have, opened by those who are neither owner, nor broker of the case, nor staff: what an anonymous owner keeps to himself
/// stands in no byte of any answer and of no mail.
/// </summary>
public sealed partial class EveryAddressTests : IAsyncLifetime
{
    private const string Planted = "潜龙勿用";
    private readonly MatchmakingApplication app = new();
    private readonly List<string> secrets = [Planted, "0431-11112222", "planted@test.invalid", "201910123457"];
    private readonly List<string> words = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_anonymous_owners_hide_stands_at_no_address_and_in_no_mail_of_others()
    {
        var inside = await PlantAsync();
        var office = await app.AddOrganizationAsync(name: "别处的推荐单位（示例）");
        var outsiders = new (string Name, string? Email)[]
        {
            ("anyone", null),
            ("member", await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync())),
            ("researcher", await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University))),
            ("office", await app.AddUserAsync(Roles.RecommendingOffice, office)),
            ("the other side, before both have consented", inside.Counterpart),
        };
        var addresses = await AddressesAsync();
        var (leaks, served) = (new List<string>(), 0);
        foreach (var (name, email) in outsiders)
        {
            using var client = await app.CreateClientForAsync(email);
            foreach (var address in addresses)
            {
                using var response = await client.GetAsync(address, Cancel);
                if (response.IsSuccessStatusCode) served++;
                Assert.True((int)response.StatusCode < 500, $"{address} answered {(int)response.StatusCode} to {name}.");
                var text = await TextAsync(response);
                leaks.AddRange(secrets.Where(s => text.Contains(s, StringComparison.Ordinal)).Select(s => $"{name} {address}: {s}"));
            }
        }
        Assert.Empty(leaks);
        Assert.True(served > 250, $"Only {served} answers were looked through.");

        // The same walk does find them where they may be read.
        using var owner = await app.CreateClientForAsync(inside.Owner);
        var own = new StringBuilder();
        foreach (var address in addresses.Where(a => a.StartsWith("/my/", StringComparison.Ordinal) || a.StartsWith("/attachments/", StringComparison.Ordinal))) own.Append(await TextAsync(await owner.GetAsync(address, Cancel)));
        Assert.All(words, secret => Assert.Contains(secret, own.ToString(), StringComparison.Ordinal));

        await app.RunJobAsync<SendMails>(job => job.RunAsync(Cancel));
        var (mails, insiders) = (0, new[] { inside.Owner, inside.Achiever, inside.Broker });
        foreach (var file in Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml", SearchOption.AllDirectories))
        {
            var mail = await MimeMessage.LoadAsync(file, Cancel);
            if (mail.To.Mailboxes.Any(m => insiders.Contains(m.Address))) continue;
            mails++;
            foreach (var text in (string[])[mail.Subject ?? "", mail.TextBody ?? "", WebUtility.HtmlDecode(mail.HtmlBody ?? ""), await File.ReadAllTextAsync(file, Cancel)])
                leaks.AddRange(secrets.Where(s => text.Contains(s, StringComparison.Ordinal)).Select(s => $"mail to {mail.To}: {s}"));
        }
        Assert.Empty(leaks);
        Assert.True(mails > 0, "No mail of an outsider was looked through.");
    }

    private sealed record Insiders(string Owner, string Achiever, string Broker, string Counterpart);

    /// <summary>An anonymous need and an anonymous achievement with names, contacts and files that say who they are; the need pushed to somebody who has not consented.</summary>
    private async Task<Insiders> PlantAsync()
    {
        var firm = await app.AddOrganizationAsync(name: Planted + "材料（示例）");
        var university = await app.AddOrganizationAsync(OrganizationKind.University, name: Planted + "研究院（示例）");
        secrets.AddRange([firm.CreditCode, university.CreditCode]);
        var need = await app.PublishNeedAsync(firm, app.NeedContent("匿名的需求") with { Disclosure = Disclosure.Anonymous });
        var achievement = await app.PublishAchievementAsync(university, app.AchievementContent("匿名的成果") with { Disclosure = Disclosure.Anonymous, Inventors = Planted + "发明人（示例）", IpNumber = "ZL201910123457.4" });
        var (owner, achiever) = (await app.AddUserAsync(Roles.EnterpriseMember, firm), await app.AddUserAsync(Roles.Researcher, university));
        foreach (var (email, path) in new[] { (owner, $"/my/needs/{need.Id}/view"), (achiever, $"/my/achievements/{achievement.Id}/view") })
        {
            using var client = await app.CreateClientForAsync(email);
            Assert.Equal(HttpStatusCode.Redirect, (await client.UploadAsync(path, Planted + "图纸.pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n/Author (" + Planted + "工程师)"))).StatusCode);
        }
        words.AddRange([Planted + "图纸.pdf", Planted + "工程师"]);

        var pair = await app.AddCaseAsync(CaseStage.OneInterested, Disclosure.Anonymous, Planted + "化工（示例）");
        await app.WithDbAsync(async db =>
        {
            foreach (var hidden in await db.Listings.Where(l => l.Organization.Name.StartsWith(Planted)).ToListAsync(Cancel))
                hidden.ReplaceContact(new Contact(Planted + "联系人", "0431-11112222", "planted@test.invalid"), null, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<CountIndicators>(job => job.RunAsync(Cancel));
        return new Insiders(owner, achiever, pair.Broker, pair.Pair.AchievementEmail);
    }

    /// <summary>Every route with every value its places could have; without what ends a session or is a program.</summary>
    private async Task<IReadOnlyList<string>> AddressesAsync()
    {
        var (last, numbers) = await app.WithDbAsync(async db => (
            Math.Max(await db.Listings.MaxAsync(l => l.Id, Cancel), await db.Users.MaxAsync(u => u.Id, Cancel)),
            await db.Listings.Where(l => l.Number != null).Select(l => l.Number!).ToListAsync(Cancel)));
        var ids = Enumerable.Range(1, last).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        IReadOnlyList<string> Values(string place) => place.Split(':', '=')[0].TrimStart('*') switch
        {
            "number" => numbers,
            "side" => ["needs", "achievements"],
            "kind" => ["needs", "achievements"],
            "format" => ["csv", "xlsx", "json", "docx", "pdf"],
            "year" => ["2026"],
            "code" => ["5-2", "7-1"],
            "token" or "key" or "path" => ["x"],
            _ => ids,
        };
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Distinct()
            .Where(r => !r.StartsWith("account/sign-out", StringComparison.Ordinal) && !r.StartsWith("admin/jobs", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. routes.SelectMany(route => Place().Matches(route).Aggregate((IEnumerable<string>)["/" + route], (made, place) => made.SelectMany(m => Values(place.Groups[1].Value).Select(v => m.Replace(place.Value, v, StringComparison.Ordinal))))),
            "/needs?q=匿名", "/achievements?q=匿名", "/api/v1/search?q=匿名", "/search?q=匿名的需求", "/my?show=all"];
    }

    /// <summary>Head and body in every form in which a name could hide; of packages the text of all parts.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        var text = new StringBuilder(Uri.UnescapeDataString($"{response.Headers}{response.Content.Headers}")).AppendLine();
        if (bytes.AsSpan().StartsWith("PK"u8))
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                text.Append(await reader.ReadToEndAsync(Cancel));
            }
        }
        else
        {
            var body = Encoding.UTF8.GetString(bytes);
            text.AppendLine(body).AppendLine(WebUtility.HtmlDecode(body)).AppendLine(Escaped().Replace(body, m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escaped();
}
