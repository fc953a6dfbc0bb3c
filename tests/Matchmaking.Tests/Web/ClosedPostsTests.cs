using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Web;

/// <summary>Every button behind a door, pressed by everybody who may not: with a valid token of one's own, on records of somebody else. Not one row of the database changes.</summary>
public sealed class ClosedPostsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const int Missing = 999_999;

    /// <summary>What a page's one handler is asked to do; pages not named here have one act, or a handler for each.</summary>
    private static readonly Dictionary<string, string[]> Acts = new()
    {
        ["my/{side:side}/{id:int}/view"] = ["upload", "remove-file", "renew", "submit", "take-back", "take-back-revision", "withdraw", "reopen", "delete"],
        ["my/{side:side}/{id:int}"] = ["save", "submit"],
        ["staff/review/{id:int}"] = ["publish", "return", "assign", "merge", "forward"],
        ["office/{id:int}"] = ["forward", "send-back"],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Researcher)]
    [InlineData(Roles.RecommendingOffice)]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.Staff)]
    [InlineData(Roles.Administrator)]
    public async Task Posts_that_are_not_ones_own_change_nothing(string? role)
    {
        var foreign = await ForeignAsync();
        var email = role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync(role == Roles.Researcher ? OrganizationKind.University : OrganizationKind.Enterprise));
        var client = await app.CreateClientForAsync(email);
        // Everybody's own page with a form lends the token.
        var page = await client.GetPageAsync(role is null ? "/account/sign-up" : "/account");
        var token = page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var before = await StateAsync();
        var open = new List<string>();
        var pressed = 0;
        foreach (var (route, handler) in await PostsAsync())
        {
            // Who may enter may do what is about no record: add a person, record a visit, have a ranker learned, go back to the fixed one.
            if ((route, handler) is ("admin", "Add") or ("desk/visits", "Add") or ("staff/rankers", "Train" or "Fixed") or ("staff/checklists", "Add") or ("staff/offices", "Region") or ("staff/price-notices", "Add") && MayEnter(route, role)) continue;
            foreach (var act in Acts.GetValueOrDefault(route) ?? [""])
            {
                // Who may enter presses on a record that is not there or hidden; who may not, on one that is.
                foreach (var address in Addresses(route, MayEnter(route, role), foreign))
                {
                    pressed++;
                    using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
                    {
                        ["__RequestVerificationToken"] = token,
                        ["act"] = act, ["version"] = "1", ["Version"] = "1", ["reasons"] = "抢来的", ["Remark"] = "抢来的", ["Grade"] = "4", ["Reason"] = "抢来的", ["until"] = "2027-09-30", ["give"] = "true", ["locked"] = "true", ["role"] = Roles.Broker,
                        ["Input.Title"] = "抢来的", ["Input.Value"] = "1", ["Input.AsOf"] = "2026-01-01", ["Input.Source"] = "抢来的", ["Input.Reason"] = "抢来的", ["Input.Year"] = "2031",
                    });
                    var response = await client.PostAsync(handler.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}", fields, Cancel);
                    var location = response.Headers.Location?.OriginalString ?? "";
                    var closed = response.StatusCode == HttpStatusCode.NotFound
                        || (response.StatusCode == HttpStatusCode.Redirect && location.Contains(role is null ? "/account/sign-in" : "/account/denied", StringComparison.Ordinal));
                    if (!closed) open.Add($"{address} {handler} {act}: {(int)response.StatusCode} {location}");
                }
            }
        }
        Assert.True(pressed >= 30, $"Only {pressed} buttons were pressed.");
        Assert.Empty(open);
        Assert.Equal(before, await StateAsync());
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/my")]
    [InlineData("/account?handler=Grade")]
    public async Task An_act_that_a_page_does_not_know_is_not_found(string address)
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = (await client.GetPageAsync("/account")).Value("__RequestVerificationToken") });

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(address, fields, Cancel)).StatusCode);
    }

    /// <summary>Every (route, handler) of the Razor pages behind a door, read from the application itself.</summary>
    private async Task<IReadOnlyList<(string Route, string Handler)>> PostsAsync()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var posts = new List<(string, string)>();
        foreach (var page in app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var route = page.AttributeRouteInfo!.Template!;
            if (!route.Contains('{', StringComparison.Ordinal) && !HasRecords(route)) continue;
            if (!RouteTableTests.IsBehindADoor(route)) continue;
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            posts.AddRange(compiled.HandlerMethods.Where(h => HttpMethods.IsPost(h.HttpMethod)).Select(h => (route, h.Name ?? "")));
        }
        return posts;
    }

    /// <summary>Pages without an id in the address whose handlers take one.</summary>
    private static bool HasRecords(string route) => route is "desk" or "staff/organizations" or "staff/rankers" or "staff/offices" or "staff/checklists" or "office/forward" or "admin"
        or "desk/visits" or "desk/triage" or "desk/cases/push" or "my/questions" or "staff/questions" or "staff/brokers" or "staff/proofs" or "staff/price-notices";

    private static bool MayEnter(string route, string? role) => role is not null && RouteTableTests.WhoMayEnter(route).Split(',').Contains(role);

    private static IEnumerable<string> Addresses(string route, bool mayEnter, Foreign foreign)
    {
        string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
        if (route is "desk/visits" or "desk/triage" or "desk/cases/push" or "my/questions" or "staff/questions" or "staff/brokers")
        {
            // With what each of them takes: none of it is this person's.
            var (need, question, listing, user) = mayEnter ? (Missing, Missing, Missing, Missing) : (foreign.Need, foreign.Question, foreign.Need, foreign.User);
            if (route == "desk/visits") return [$"/{route}?id={Number(foreign.Visit)}"];
            if (route == "desk/cases/push") return [$"/{route}?ids={Number(foreign.Case)}"];
            if (route == "my/questions") return [$"/{route}?id={Number(foreign.Question)}"];
            return [$"/{route}?id={Number(route switch { "desk/triage" => need, "staff/questions" => question, _ => listing })}&broker={Number(user)}"];
        }
        if (route is "desk/cases/{id:int}" or "my/cases/{id:int}") return [$"/{route.Replace("{id:int}", Number(foreign.Case), StringComparison.Ordinal)}?side=Need&task=1&meeting=1"];
        if (route == "staff/brokers/{id:int}") return [$"/staff/brokers/{Number(mayEnter ? Missing : foreign.User)}?broker={Number(foreign.User)}"];
        if (route == "my/interest/{number}") return ["/my/interest/XQ2026-220100-99999"];
        if (HasRecords(route)) return [$"/{route}?id={Number(mayEnter ? Missing : route switch { "desk" => foreign.Match, "admin" => foreign.User, "staff/checklists" => 1, _ => foreign.Organization })}"];
        // An import is its uploader's alone, behind whichever door.
        if (route.Contains("/import/", StringComparison.Ordinal)) return ["/" + route.Replace("{id:int}", Number(foreign.Import), StringComparison.Ordinal)];
        var sides = route.StartsWith("my/", StringComparison.Ordinal)
            ? new[] { ("needs", foreign.Need), ("needs", foreign.Draft), ("achievements", foreign.Achievement) }
            : [("", route.StartsWith("staff/lists", StringComparison.Ordinal) ? (mayEnter ? Missing : foreign.List) : mayEnter ? foreign.Draft : foreign.Submitted)];
        return sides.Select(side => "/" + route.Replace("{side:side}", side.Item1, StringComparison.Ordinal).Replace("{kind:regex(^(needs|achievements)$)}", side.Item1, StringComparison.Ordinal)
            .Replace("{id:int}", Number(route.StartsWith("staff/rounds", StringComparison.Ordinal) ? (mayEnter ? Missing : foreign.Round) : side.Item2), StringComparison.Ordinal).Replace("{round:int}", Number(foreign.Round), StringComparison.Ordinal).Replace("{entryId:int}", Number(mayEnter ? Missing : foreign.Entry), StringComparison.Ordinal)
            .Replace("{code}", mayEnter ? "99-9" : "1-1", StringComparison.Ordinal)).Distinct();
    }

    private sealed record Foreign(int Need, int Draft, int Submitted, int Achievement, int Match, int List, int Entry, int Organization, int User, int Case, int Visit, int Question, int Round, int Import);

    private async Task<Foreign> ForeignAsync()
    {
        var firm = await app.AddOrganizationAsync();
        var need = await app.PublishNeedAsync(firm);
        var draft = await app.AddDraftAsync(firm, app.NeedContent("草稿需求"));
        var submitted = await app.SubmittedAsync(firm);
        var achievement = await app.PublishAchievementAsync();
        var waiting = await app.AddOrganizationAsync(verified: false);
        var user = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var opened = await app.AddCaseAsync(CaseStage.BothInterested);
        var @case = (opened.Id, Broker: await app.IdOfAsync(opened.Broker));
        return await app.WithDbAsync(async db =>
        {
            var match = new Match(need.Id, achievement.Id, app.Clock.Now);
            db.Matches.Add(match);
            var year = 2026 + await db.AnnualLists.CountAsync(Cancel);
            var list = new AnnualList(AnnualListKind.KeyTechnologyNeeds, year, AnnualListRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), 15, null, app.Clock.Now);
            db.AnnualLists.Add(list);
            var round = new Matching.Collecting.CollectionRound(Collecting.Rounds.Terms(), 1, app.Clock.Now);
            round.Open(app.Clock.Now);
            db.CollectionRounds.Add(round);
            await db.SaveChangesAsync(Cancel);
            // Another broker's case, in a stage in which every button would do something.
            var visit = new Visit(firm.Id, @case.Id, @case.Broker, new DateOnly(2026, 11, 20), "", "发现", app.Clock.Now);
            var question = new ListingQuestion(need.Id, "提问", 0, app.Clock.Now);
            db.AddRange(visit, question);
            await db.SaveChangesAsync(Cancel);
            var owner = await db.Users.SingleAsync(u => u.Email == user, Cancel);
            var import = new Import(owner.Id, firm.Id, ListingKind.Need, "a.csv", Guid.NewGuid().ToString("N"), "", "zh-CN", app.Clock.Now);
            db.Imports.Add(import);
            await db.SaveChangesAsync(Cancel);
            return new Foreign(need.Id, draft.Id, submitted.Id, achievement.Id, match.Id, list.Id, 1, waiting.Id, owner.Id, @case.Id, visit.Id, question.Id, round.Id, import.Id);
        });
    }

    /// <summary>One hash for each table, over all rows as they stand.</summary>
    private Task<SortedDictionary<string, string>> StateAsync() => app.WithDbAsync(async db =>
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await db.Database.OpenConnectionAsync(Cancel);
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            var rows = new List<string>();
            while (await reader.ReadAsync(Cancel))
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }
            rows.Sort(StringComparer.Ordinal);
            state[table] = $"{rows.Count} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
        }
        return state;
    });
}
