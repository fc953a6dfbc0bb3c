using System.Net;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Notices;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Deals;

public sealed class OpenLicenceTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string Patent = "ZL201310699744.2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Terms => new()
    {
        ["Input.Patent"] = Patent, ["Input.Fee"] = "Yearly", ["Input.Amount"] = "5.5", ["Input.Years"] = "3", ["Input.From"] = "2026-11-24", ["Input.Until"] = "2027-11-23", ["Input.Conditions"] = "不得分许可。",
    };

    private async Task<(Achievement Achievement, string Owner)> AchievementAsync(Disclosure disclosure = Disclosure.Named, bool flagged = true)
    {
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var achievement = await app.PublishAchievementAsync(university, app.AchievementContent() with { IpNumber = Patent, Disclosure = disclosure, Flags = flagged ? [AchievementFlag.OpenLicence] : [] });
        return (achievement, await app.AddUserAsync(Roles.Researcher, university));
    }

    private async Task<(int Licence, Achievement Achievement, string Owner)> PostedAsync()
    {
        var (achievement, owner) = await AchievementAsync();
        var posted = await (await app.CreateClientForAsync(owner)).PostFormAsync($"/my/achievements/{achievement.Id}/open-licence", Terms);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        return (await app.WithDbAsync(db => db.OpenLicences.Where(l => l.AchievementId == achievement.Id).Select(l => l.Id).SingleAsync(Cancel)), achievement, owner);
    }

    private async Task<(HttpClient Client, string Email, Organization Firm)> FirmAsync(bool verified = true)
    {
        var firm = await app.AddOrganizationAsync(verified: verified);
        var email = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        return (await app.CreateClientForAsync(email), email, firm);
    }

    [Fact]
    public async Task Posted_terms_are_public_and_a_firm_that_accepts_gets_the_contract_with_the_posted_amounts()
    {
        var (id, achievement, owner) = await PostedAsync();
        var shown = (await app.CreateClient().GetPageAsync("/open-licences")).MainText();
        Assert.Contains(Patent, shown, StringComparison.Ordinal);
        Assert.Contains("每年5.5万元", shown, StringComparison.Ordinal);
        var (client, email, firm) = await FirmAsync();

        var accepted = await client.PostFormAsync($"/open-licences/{id}", []);

        var contract = await app.WithDbAsync(db => db.Contracts.AsNoTracking().Include(c => c.Parties).Include(c => c.Achievements).SingleAsync(c => c.Achievements.Any(a => a.AchievementId == achievement.Id), Cancel));
        Assert.Equal($"/contracts/{contract.Id}", accepted.Headers.Location?.OriginalString);
        Assert.Equal((ContractState.Draft, ContractKind.Licence, ContractSubKind.PatentLicence, 16.5m, 16.5m), (contract.State, contract.Kind, contract.SubKind, contract.TotalAmount, contract.TechnologyAmount));
        var content = contract.Content();
        Assert.Equal([5.5m, 5.5m, 5.5m], content.Schedule.Select(i => i.Amount));
        Assert.Equal((Patent, new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), (content.IpNumbers, content.ValidFrom, content.ValidUntil));
        Assert.Equal([(ContractSide.Buyer, firm.Id), (ContractSide.Seller, achievement.OrganizationId)], contract.Parties.OrderBy(p => p.Id).Select(p => (p.Side, p.OrganizationId!.Value)));
        foreach (var person in new[] { owner, email })
        {
            var who = await app.UserIdAsync(person);
            Assert.Equal($"/contracts/{contract.Id}", await app.WithDbAsync(db => db.Notices.Where(n => n.UserId == who && n.Kind == NoticeKind.OpenLicenceAccepted).Select(n => n.Link).SingleAsync(Cancel)));
            Assert.Equal(HttpStatusCode.OK, (await (await app.CreateClientForAsync(person)).GetAsync($"/contracts/{contract.Id}", Cancel)).StatusCode);
        }
        Assert.True(await app.WithDbAsync(db => db.AuditEntries.AnyAsync(e => e.Action == "open-licence.accept" && e.Subject == $"open-licence:{id}", Cancel)));

        // Again by the same firm: the contract that is there.
        Assert.Equal($"/contracts/{contract.Id}", (await client.GetPageAsync($"/open-licences/{id}")).QuerySelector("main .panel a")?.GetAttribute("href"));
        Assert.Equal(contract.Id, (await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.AcceptAsync(id, firm.Id, 1, Cancel))).ContractId);
        Assert.Equal(1, await app.WithDbAsync(db => db.OpenLicenceAcceptances.CountAsync(a => a.LicenceId == id, Cancel)));
    }

    [Theory]
    [InlineData("Input.Patent", "CN202410123456.4", "Input.Patent")]
    [InlineData("Input.Patent", "ZL201310699744.3", "Input.Patent")]
    [InlineData("Input.Patent", "", "Input.Patent")]
    [InlineData("Input.Amount", "-1", "Input.Amount")]
    [InlineData("Input.Amount", "许多", "Input.Amount")]
    [InlineData("Input.Years", "0", "Input.Years")]
    [InlineData("Input.From", "2026-11-23", "Input.From")]
    [InlineData("Input.Until", "2026-11-20", "Input.Until")]
    [InlineData("Input.AnnouncedOn", "2027-01-01", "Input.AnnouncedOn")]
    public async Task What_does_not_hold_is_told_at_its_field_and_nothing_typed_is_lost(string field, string value, string marked)
    {
        var (achievement, owner) = await AchievementAsync();
        var answer = await (await app.CreateClientForAsync(owner)).PostFormAsync($"/my/achievements/{achievement.Id}/open-licence", new(Terms) { [field] = value });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector($"[name='{marked}'][aria-invalid=true]"));
        Assert.Equal(value, page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
        Assert.Contains("不得分许可。", page.QuerySelector("[name='Input.Conditions']")!.TextContent, StringComparison.Ordinal);
        Assert.False(await app.WithDbAsync(db => db.OpenLicences.AnyAsync(l => l.AchievementId == achievement.Id, Cancel)));
    }

    [Fact]
    public async Task A_utility_model_needs_its_evaluation_report_and_a_royalty_is_a_percentage()
    {
        var (achievement, _) = await AchievementAsync();
        var today = new DateOnly(2026, 11, 24);
        var number = Enumerable.Range(0, 11).Select(d => $"ZL201320699744.{(d == 10 ? "X" : d.ToString(System.Globalization.CultureInfo.InvariantCulture))}").Single(PatentNumber.IsValid);
        var terms = new OpenLicenceTerms(number, OpenLicenceFee.Royalty, 101m, 5, today, today.AddYears(1), "", false, null);

        Assert.Equal([("HasEvaluationReport", "EvaluationReport"), ("Amount", "RoyaltyOutOfRange")], terms.Check(achievement, today).Select(p => (p.Field, p.Code)));
        Assert.Empty((terms with { Amount = 3.5m, HasEvaluationReport = true }).Check(achievement, today));
    }

    [Fact]
    public async Task An_owner_who_is_not_named_or_has_not_allowed_it_cannot_post_and_a_later_anonymous_one_is_no_longer_shown()
    {
        var (hidden, hiddenOwner) = await AchievementAsync(Disclosure.Anonymous);
        var (plain, plainOwner) = await AchievementAsync(flagged: false);
        foreach (var (achievement, owner) in new[] { (hidden, hiddenOwner), (plain, plainOwner) })
        {
            var client = await app.CreateClientForAsync(owner);
            Assert.Null((await client.GetPageAsync($"/my/achievements/{achievement.Id}/open-licence")).QuerySelector("[name='Input.Patent']"));
            var terms = new OpenLicenceTerms(Patent, OpenLicenceFee.Once, 1, 1, new DateOnly(2026, 11, 24), new DateOnly(2027, 11, 24), "", false, null);
            Assert.Equal(OpenLicenceOutcome.Refused, (await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.PostAsync(achievement.Id, terms, 1, Cancel))).Outcome);
        }
        var (id, posted, _) = await PostedAsync();
        await app.WithDbAsync(db => db.Achievements.Where(a => a.Id == posted.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Disclosure, Disclosure.Anonymous), Cancel));

        Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync($"/open-licences/{id}", Cancel)).StatusCode);
        Assert.DoesNotContain($"/open-licences/{id}\"", await (await app.CreateClient().GetAsync("/open-licences", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_verified_firms_other_than_the_owner_accept_and_only_while_it_runs()
    {
        var (id, achievement, owner) = await PostedAsync();
        var (unverified, _, _) = await FirmAsync(verified: false);
        Assert.Equal(HttpStatusCode.Conflict, (await unverified.PostFormAsync($"/open-licences/{id}", [])).StatusCode);
        Assert.Null((await (await app.CreateClientForAsync(owner)).GetPageAsync($"/open-licences/{id}")).QuerySelector("main form"));
        Assert.Null((await app.CreateClient().GetPageAsync($"/open-licences/{id}")).QuerySelector("main form"));
        var refused = await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.AcceptAsync(id, achievement.OrganizationId, 1, Cancel));
        Assert.Equal("LicenceOwn", Assert.Single(refused.Problems!).Code);
        var (_, _, other) = await FirmAsync();
        await app.WithDbAsync(db => db.OpenLicences.Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.From, new DateOnly(2026, 11, 25)), Cancel));
        Assert.Equal("LicenceClosed", Assert.Single((await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.AcceptAsync(id, other.Id, 1, Cancel))).Problems!).Code);
        Assert.False(await app.WithDbAsync(db => db.OpenLicenceAcceptances.AnyAsync(a => a.LicenceId == id, Cancel)));
    }

    [Fact]
    public async Task Many_accept_at_once_each_once_and_a_withdrawal_lets_in_no_more()
    {
        var (id, achievement, owner) = await PostedAsync();
        var firms = new List<Organization>();
        for (var i = 0; i < 3; i++) firms.Add(await app.AddOrganizationAsync());

        var taken = await Task.WhenAll(firms.Concat(firms).Select(f => Task.Run(() => app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.AcceptAsync(id, f.Id, 1, Cancel)), Cancel)));

        Assert.All(taken, t => Assert.Equal(OpenLicenceOutcome.Done, t.Outcome));
        Assert.Equal(3, taken.Select(t => t.ContractId).Distinct().Count());
        Assert.Equal(3, await app.WithDbAsync(db => db.ContractAchievements.CountAsync(a => a.AchievementId == achievement.Id, Cancel)));

        // The page of the owner was read before somebody accepted: told, not withdrawn.
        var stale = await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.WithdrawAsync(id, 0, "不再许可", 1, Cancel));
        Assert.Equal(OpenLicenceOutcome.Changed, stale.Outcome);
        var client = await app.CreateClientForAsync(owner);
        var missing = await client.PostFormAsync($"/my/achievements/{achievement.Id}/open-licence", new() { ["reason"] = "" }, "form[action*=Withdraw]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        await client.PostFormAsync($"/my/achievements/{achievement.Id}/open-licence", new() { ["reason"] = "专利已转让（示例）" }, "form[action*=Withdraw]");
        var (_, _, late) = await FirmAsync();
        Assert.Equal(OpenLicenceOutcome.Refused, (await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.AcceptAsync(id, late.Id, 1, Cancel))).Outcome);
        Assert.Contains("专利已转让（示例）", (await app.CreateClient().GetPageAsync($"/open-licences/{id}")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_statements_at_once_are_one_and_after_its_last_day_another_may_be_made()
    {
        var (achievement, _) = await AchievementAsync();
        var terms = new OpenLicenceTerms(Patent, OpenLicenceFee.Once, 1, 1, new DateOnly(2026, 11, 24), new DateOnly(2026, 12, 24), "", false, null);
        var posts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.PostAsync(achievement.Id, terms, 1, Cancel)), Cancel)));
        Assert.Equal(1, posts.Count(p => p.Outcome == OpenLicenceOutcome.Done));
        Assert.Equal(1, await app.WithDbAsync(db => db.OpenLicences.CountAsync(l => l.AchievementId == achievement.Id, Cancel)));

        await app.WithDbAsync(db => db.OpenLicences.Where(l => l.AchievementId == achievement.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, new DateOnly(2026, 11, 23)), Cancel));
        Assert.Equal(OpenLicenceOutcome.Done, (await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.PostAsync(achievement.Id, terms, 1, Cancel))).Outcome);
        Assert.Equal([OpenLicenceState.Over, OpenLicenceState.Posted], await app.WithDbAsync(db => db.OpenLicences.Where(l => l.AchievementId == achievement.Id).OrderBy(l => l.Id).Select(l => l.State).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task A_second_statement_waits_until_the_first_is_withdrawn_and_a_stranger_finds_no_page()
    {
        var (_, achievement, owner) = await PostedAsync();
        var terms = new OpenLicenceTerms(Patent, OpenLicenceFee.Once, 1, 1, new DateOnly(2026, 11, 24), new DateOnly(2027, 11, 24), "", false, null);
        var second = await app.WithServiceAsync<OpenLicences, OpenLicenceDecision>(l => l.PostAsync(achievement.Id, terms, 1, Cancel));
        Assert.Equal("LicencePosted", Assert.Single(second.Problems!).Code);
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/my/achievements/{achievement.Id}/open-licence", Cancel)).StatusCode);
    }
}
