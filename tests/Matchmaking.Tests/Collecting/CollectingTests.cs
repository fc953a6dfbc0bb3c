using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Collecting;

/// <summary>A round from its opening to its counts.</summary>
public sealed class CollectingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_write_a_round_with_messages_at_the_fields_open_it_and_everybody_reads_it()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var refused = await staff.PostFormAsync("/staff/rounds/new", new() { ["Input.Title"] = "", ["Input.Text"] = "写了的正文", ["Input.OpensOn"] = "下周一", ["Input.PerOrganization"] = "0" }, ListingForms.MainForm);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.PageAsync();
        Assert.Contains("请写成2026-12-31这样的日期", page.QuerySelector("#Input_OpensOn-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("下周一", "写了的正文"), (page.Value("Input.OpensOn"), page.Value("Input.Text").Trim()));
        Assert.NotNull(page.QuerySelector("#Input_PerOrganization-error"));

        var made = await staff.PostFormAsync("/staff/rounds/new", new() { ["Input.Title"] = "春季征集（示例）", ["Input.Text"] = "请提需求", ["Input.AskFigures"] = "yes" }, ListingForms.MainForm);
        var address = made.Headers.Location!.OriginalString;
        var anybody = await app.CreateClientForAsync(null);
        var id = address.Split('/')[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/rounds/{id}", Cancel)).StatusCode);
        var opened = await staff.PostFormAsync(address, [], "main form.panel", "Open");

        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Contains("营业收入5,000万元及以下：不低于5%", (await anybody.GetPageAsync($"/rounds/{id}")).MainText(), StringComparison.Ordinal);
        Assert.Contains("春季征集（示例）", (await anybody.GetPageAsync("/rounds")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_need_is_submitted_to_a_round_under_its_rules()
    {
        var (office, member) = await app.AddOfficeAsync();
        var round = await app.OpenRoundAsync(Rounds.Terms() with { Offices = [office.Id], PerOrganization = 1, Intensity = RoundTerms.UsualIntensity });
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, member));
        var need = await app.AddDraftAsync(member, app.NeedContent("提交到征集"));
        var another = await app.AddDraftAsync(member, app.NeedContent("第二项"));
        var address = $"/my/needs/{need.Id}/rounds/{round.Id}";

        var refused = await owner.PostFormAsync(address, new() { ["Input.Turnover"] = "４,０００", ["Input.Research"] = "100" }, ListingForms.MainForm);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.PageAsync();
        Assert.Contains("研发强度是2.5%，这一档营业收入要求不低于5%", page.QuerySelector("#Input_Research-error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#Input_Declared-error"));
        Assert.Equal("４,０００", page.Value("Input.Turnover"));
        Assert.Equal(ListingState.Draft, await app.StateAsync(need.Id));

        var done = await owner.PostFormAsync(address, new() { ["Input.Turnover"] = "4000", ["Input.Research"] = "200", ["Input.Declared"] = "yes" }, ListingForms.MainForm);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(ListingState.AwaitingOffice, await app.StateAsync(need.Id));
        var entry = await app.WithDbAsync(db => db.RoundEntries.SingleAsync(e => e.NeedId == need.Id, Cancel));
        Assert.Equal((4000m, 200m), (entry.Turnover!.Value, entry.Research!.Value));

        var full = await owner.PostFormAsync($"/my/needs/{another.Id}/rounds/{round.Id}", new() { ["Input.Turnover"] = "4000", ["Input.Research"] = "200", ["Input.Declared"] = "yes" }, ListingForms.MainForm);
        Assert.Contains("名额已经用完", (await full.PageAsync()).Errors(), StringComparison.Ordinal);

        await owner.ActAsync($"/my/needs/{need.Id}/view", "take-back");
        Assert.Equal(0, await app.WithDbAsync(db => db.RoundEntries.CountAsync(e => e.RoundId == round.Id, Cancel)));
    }

    [Fact]
    public async Task The_last_place_is_given_once()
    {
        var member = await app.AddOrganizationAsync();
        var round = await app.OpenRoundAsync(Rounds.Terms() with { PerOrganization = 1 });
        var needs = new List<Listing>();
        for (var i = 0; i < 4; i++) needs.Add(await app.AddDraftAsync(member, app.NeedContent($"争名额{i}")));

        var outcomes = await Task.WhenAll(needs.Select(n => app.WithServiceAsync<SubmitToRound, Decision>(
            submit => submit.RunAsync(round.Id, n.Id, n.Version, new FirmFigures(null, null), true, 1, new DateOnly(2026, 11, 24), Cancel))));

        Assert.Equal(1, outcomes.Count(o => o.Outcome == DecisionOutcome.Done));
        Assert.Equal(1, await app.WithDbAsync(db => db.RoundEntries.CountAsync(e => e.RoundId == round.Id, Cancel)));
    }

    [Fact]
    public async Task Each_organisation_is_asked_once_and_the_silent_ones_are_reminded_once_for_each_day()
    {
        var (office, silent) = await app.AddOfficeAsync();
        var answered = await app.AddMemberAsync(office);
        var silentUser = await app.AddUserAsync(Roles.EnterpriseMember, silent);
        var answeredUser = await app.AddUserAsync(Roles.EnterpriseMember, answered);
        var officeUser = await app.AddUserAsync(Roles.RecommendingOffice, office);
        var (elsewhere, _) = await app.AddOfficeAsync();
        var otherOffice = await app.AddUserAsync(Roles.RecommendingOffice, elsewhere);
        var today = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime);
        var round = await app.OpenRoundAsync(Rounds.Terms() with { OpensOn = today, ClosesOn = today.AddDays(9), Offices = [office.Id] });
        var need = await app.AddDraftAsync(answered, app.NeedContent());
        await app.WithServiceAsync<SubmitToRound, Decision>(s => s.RunAsync(round.Id, need.Id, need.Version, new FirmFigures(null, null), true, 1, today, Cancel));

        var page = await (await app.CreateClientForAsync(silentUser)).GetPageAsync("/my");
        Assert.Contains($"/rounds/{round.Id}", page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")));
        for (var day = 0; day <= 9; day++)
        {
            await app.RunJobAsync<CallRounds>(job => job.RunAsync(Cancel));
            await app.RunJobAsync<CallRounds>(job => job.RunAsync(Cancel));
            app.Clock.Advance(TimeSpan.FromDays(1));
        }
        await app.RunJobAsync<CallRounds>(job => job.RunAsync(Cancel));

        Assert.Equal([NoticeKind.RoundOpened, NoticeKind.RoundReminder, NoticeKind.RoundReminder], await ToldAsync(silentUser, round));
        Assert.Equal([NoticeKind.RoundOpened], await ToldAsync(answeredUser, round));
        Assert.Equal([NoticeKind.OfficeRoundOpened, NoticeKind.OfficeRoundClosing], await ToldAsync(officeUser, round));
        Assert.Equal(["2", "7,1"], await app.WithDbAsync(async db => (await db.Notices.Where(n => n.Link == $"/rounds/{round.Id}" && (n.Kind == NoticeKind.OfficeRoundOpened || n.Kind == NoticeKind.OfficeRoundClosing)).OrderBy(n => n.Id).ToListAsync(Cancel)).Select(n => string.Join(',', n.Arguments.Skip(2)))));
        Assert.Empty(await ToldAsync(otherOffice, round));
        Assert.Equal(RoundState.Closed, await app.WithDbAsync(db => db.CollectionRounds.Where(r => r.Id == round.Id).Select(r => r.State).SingleAsync(Cancel)));
        var count = Assert.Single(await app.WithServiceAsync<RoundCounts, IReadOnlyList<OfficeCount>>(c => c.OfAsync(round.Id, Cancel)));
        Assert.Equal((office.Id, 2, 1, 1, 0, 0), (count.OfficeId!.Value, count.Asked, count.Answered, count.Submitted, count.Forwarded, count.Published));
    }

    private Task<List<NoticeKind>> ToldAsync(string email, CollectionRound round) => app.WithDbAsync(db =>
        db.Notices.Where(n => n.Link == $"/rounds/{round.Id}" && db.Users.Any(u => u.Id == n.UserId && u.Email == email)).OrderBy(n => n.Id).Select(n => n.Kind).ToListAsync(Cancel));
}
