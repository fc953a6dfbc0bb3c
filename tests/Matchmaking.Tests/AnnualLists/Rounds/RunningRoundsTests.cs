using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.AnnualLists.Rounds;

/// <summary>The job at a moved clock, on an application of each test's own.</summary>
public sealed class RunningRoundsTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task<int> NoticesAsync(NoticeKind kind) => app.WithDbAsync(db => db.Notices.CountAsync(n => n.Kind == kind, Cancel));

    private async Task<(int Round, DateOnly Day, Need[] Needs)> InScoringAsync(int needs = 4, Func<ListRoundRules, ListRoundRules>? change = null)
    {
        var listings = new List<Need>();
        for (var i = 0; i < needs; i++) listings.Add(await app.PublishNeedAsync(content: app.ListableNeed($"评选用的第{i + 1}项需求（示例）")));
        for (var i = 0; i < 5; i++) await app.AddExpertAsync(firm: i < 2);
        await app.AddUserAsync(Roles.Staff);
        var day = ProvinceTime.DayOf(app.Clock.Now);
        var round = await app.PlanRoundAsync(2026, change);
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Collecting, (await app.ReadRoundAsync(round)).Phase);
        app.MoveTo(day.AddDays(11));
        await app.RunRoundsAsync();
        return (round, day, [.. listings]);
    }

    [Fact]
    public async Task A_round_goes_its_way_by_the_calendar_and_each_day_once()
    {
        var (id, day, needs) = await InScoringAsync(change: r => r with { Places = 3 });
        var round = await app.ReadRoundAsync(id);
        Assert.Equal((ListRoundPhase.Scoring, 5), (round.Phase, round.Invitations.Count));
        Assert.Equal(20, await app.WithDbAsync(db => db.ScoreSheets.CountAsync(Cancel)));
        Assert.Equal(5, await NoticesAsync(NoticeKind.ScoringInvited));
        var version = round.Version;
        await app.RunRoundsAsync();
        Assert.Equal(version, (await app.ReadRoundAsync(id)).Version);

        // Only who has something missing is reminded, once for each of the days.
        await app.ScoreAsync(id, (alias, listing) => alias == "E05" ? null : (alias == "E01" ? 20 : 0) + (10 * Array.FindIndex(needs, n => n.Id == listing)) + 40);
        app.MoveTo(day.AddDays(13));
        await app.RunRoundsAsync();
        await app.RunRoundsAsync();
        Assert.Equal(1, await NoticesAsync(NoticeKind.ScoringReminder));
        app.MoveTo(day.AddDays(19));
        await app.RunRoundsAsync();
        Assert.Equal(2, await NoticesAsync(NoticeKind.ScoringReminder));

        // On the last day nothing is counted, after it everything.
        app.MoveTo(day.AddDays(20), 23);
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Scoring, (await app.ReadRoundAsync(id)).Phase);
        app.MoveTo(day.AddDays(21), 0);
        await app.RunRoundsAsync();
        round = await app.ReadRoundAsync(id);
        Assert.Equal(ListRoundPhase.Reviewing, round.Phase);
        Assert.Equal([needs[3].Id, needs[2].Id, needs[1].Id], round.List!.Listed.Select(e => e.ListingId));
        Assert.Equal(AnnualList.NotChosen, round.List.Entries.Single(e => e.ListingId == needs[0].Id).Reason);
        Assert.Equal(50m, round.Results!.FirmShare);
        Assert.Equal(15m, round.Results.Experts.Single(e => e.Alias == "E01").Effect);

        app.MoveTo(day.AddDays(26), 8);
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Reviewing, (await app.ReadRoundAsync(id)).Phase);
        app.MoveTo(day.AddDays(26), 10);
        await app.RunRoundsAsync();
        round = await app.ReadRoundAsync(id);
        Assert.Equal((ListRoundPhase.InNotice, day.AddDays(26), day.AddDays(40)), (round.Phase, round.List!.NoticeFrom!.Value, round.List.NoticeUntil!.Value));
        app.MoveTo(day.AddDays(41), 1);
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Deciding, (await app.ReadRoundAsync(id)).Phase);
        app.MoveTo(day.AddDays(50), 10);
        await app.SignAsync(round.ListId!.Value);
        await app.PublishDueListsAsync();
        await app.RunRoundsAsync();
        round = await app.ReadRoundAsync(id);
        Assert.Equal((ListRoundPhase.Published, AnnualListState.Published), (round.Phase, round.List!.State));
        Assert.Equal(["Plan", "Open", "StartScoring", "Invite", "Invite", "Invite", "Invite", "Invite", "Compute", "StartNotice", "CloseNotice", "Finish"], round.Steps.OrderBy(s => s.Id).Select(s => s.Act));

        // What is left for the frozen inputs counts up to the same order.
        var inputs = (await app.WithServiceAsync<IRoundInputs, RoundInputs?>(i => i.ReadAsync(round.ListId!.Value, Cancel)))!;
        Assert.Equal((RoundResults.Additive, 4 * 4 * 5, 100m), (inputs.Method, inputs.Scores.Count, inputs.Criteria.Sum(c => c.Weight)));
        var totals = inputs.Scores.GroupBy(s => (s.Expert, s.Number)).Select(g => (g.Key.Expert, g.Key.Number, Total: g.Sum(s => s.Score * inputs.Criteria.Single(c => c.Code == s.Criterion).Weight / 100))).ToList();
        var numbers = totals.Select(t => t.Number).Distinct().ToList();
        var again = AdditiveModel.Fit([.. totals.Select(t => new Rating(int.Parse(t.Expert[1..], System.Globalization.CultureInfo.InvariantCulture), numbers.IndexOf(t.Number), t.Total))]);
        Assert.Equal(round.List.Listed.Select(e => e.Listing.Number), again.Entries.OrderByDescending(e => e.Adjusted).Take(3).Select(e => numbers[e.Entry]));
    }

    [Fact]
    public async Task A_job_that_was_away_for_weeks_does_what_was_missed_and_the_notice_keeps_its_length()
    {
        var (id, day, _) = await InScoringAsync();
        await app.ScoreAsync(id, (_, _) => 60);
        app.MoveTo(day.AddDays(33));
        await app.RunRoundsAsync();
        var round = await app.ReadRoundAsync(id);
        Assert.Equal(ListRoundPhase.InNotice, round.Phase);
        Assert.Equal((day.AddDays(33), day.AddDays(47), day.AddDays(57)), (round.Calendar.NoticeFrom, round.Calendar.NoticeUntil, round.Calendar.PublishOn));
        Assert.Equal(15, round.List!.NoticeUntil!.Value.DayNumber - round.List.NoticeFrom!.Value.DayNumber + 1);
    }

    [Fact]
    public async Task Whoever_stands_down_is_replaced_and_a_lack_of_experts_is_told_once()
    {
        var (id, _, _) = await InScoringAsync(1, r => r with { ExpertsPerEntry = 4, LeastScores = 4 });
        await app.WithDbAsync(async db =>
        {
            var sheet = await db.ScoreSheets.Include(s => s.Round).OrderBy(s => s.Id).FirstAsync(Cancel);
            sheet.Recuse("认识完成人", app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.RunRoundsAsync();
        Assert.Equal(4, await app.WithDbAsync(db => db.ScoreSheets.CountAsync(s => s.State == ScoreSheetState.Open, Cancel)));
        var before = await NoticesAsync(NoticeKind.ListRoundMoved);
        await app.WithDbAsync(async db =>
        {
            var sheet = await db.ScoreSheets.Include(s => s.Round).Where(s => s.State == ScoreSheetState.Open).OrderBy(s => s.Id).FirstAsync(Cancel);
            sheet.Recuse("也认识", app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.RunRoundsAsync();
        await app.RunRoundsAsync();
        Assert.Equal("FewExperts", (await app.ReadRoundAsync(id)).WaitsFor);
        Assert.Equal(before + 1, await NoticesAsync(NoticeKind.ListRoundMoved));
    }

    [Fact]
    public async Task Conflicts_of_the_records_keep_an_expert_away()
    {
        var owner = await app.AddOrganizationAsync();
        var need = await app.PublishNeedAsync(owner, app.ListableNeed());
        var own = await app.AddExpertAsync(firm: true, owner);
        var free = await app.AddExpertAsync();
        var day = ProvinceTime.DayOf(app.Clock.Now);
        await app.PlanRoundAsync(2026, r => r with { LeastScores = 1 });
        app.MoveTo(day.AddDays(11));
        await app.RunRoundsAsync();
        Assert.Equal([free], await app.WithDbAsync(db => db.ScoreSheets.Where(s => s.Entry.ListingId == need.Id).Select(s => s.Invitation.Expert.User.Email!).ToListAsync(Cancel)));
        Assert.NotEqual(own, free);
    }

    [Fact]
    public async Task Publication_waits_for_the_answer_to_an_objection_and_an_upheld_one_takes_the_entry_off()
    {
        var (id, day, needs) = await InScoringAsync();
        await app.ScoreAsync(id, (_, listing) => 40 + listing);
        app.MoveTo(day.AddDays(26));
        await app.RunRoundsAsync();
        app.MoveTo(day.AddDays(40));
        async Task<int> FileAsync(bool confirm) => await app.WithDbAsync(async db =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            var own = scope.ServiceProvider.GetRequiredService<Matching.Data.MatchmakingDbContext>();
            var round = await own.ListRounds.Include(r => r.List!.Entries).SingleAsync(r => r.Id == id, Cancel);
            var objection = new Objection(round, round.List!.Entries.Single(e => e.ListingId == needs[0].Id), new("示例异议人", "someone@test.invalid", "指标不实", "公开论文"), null, app.Clock.Now);
            own.Objections.Add(objection);
            if (confirm) await scope.ServiceProvider.GetRequiredService<HandleObjections>().ConfirmAsync(objection, app.Clock.Now, Cancel);
            await own.SaveChangesAsync(Cancel);
            return objection.Id;
        });
        await FileAsync(confirm: false);
        var counted = await FileAsync(confirm: true);

        // Ten working days from the last day of the notice reach beyond the planned day.
        var round = await app.ReadRoundAsync(id);
        var due = await app.WithDbAsync(db => db.Objections.Where(o => o.Id == counted).Select(o => o.DueOn!.Value).SingleAsync(Cancel));
        // From Sunday 3 January 2027 on: two weeks of five days.
        Assert.Equal(new DateOnly(2027, 1, 15), due);
        Assert.True(due > day.AddDays(50) && ProvinceTime.DayOf(round.List!.PublishAt!.Value) > due);
        app.MoveTo(due.AddDays(-1));
        await app.RunRoundsAsync();
        Assert.Equal(1, await NoticesAsync(NoticeKind.ObjectionDue));

        // Nobody answers: the day moves on, and even without the job nothing is published, whoever has signed.
        app.MoveTo(due.AddDays(30));
        await app.SignAsync(round.ListId!.Value);
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadRoundAsync(id)).List!.State);
        await app.RunRoundsAsync();
        Assert.True((await app.ReadRoundAsync(id)).List!.PublishAt > app.Clock.Now.AddDays(1));

        await app.WithDbAsync(async db =>
        {
            var objection = await db.Objections.Include(o => o.Round.List!.Entries).SingleAsync(o => o.Id == counted, Cancel);
            objection.Decide(objection.Round.List!, true, "经核实，指标不实。", 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        app.MoveTo(due.AddDays(45));
        // The decision has changed the list, so the three sign anew.
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadRoundAsync(id)).List!.State);
        await app.SignAsync(round.ListId!.Value);
        await app.PublishDueListsAsync();
        await app.RunRoundsAsync();
        round = await app.ReadRoundAsync(id);
        Assert.Equal(ListRoundPhase.Published, round.Phase);
        Assert.DoesNotContain(needs[0].Id, round.List!.Listed.Select(e => e.ListingId));
        Assert.Equal("Objection:QD-XQ-2026-Y01", round.List.Entries.Single(e => e.ListingId == needs[0].Id).Reason);
        Assert.DoesNotContain(needs[0].Number!, round.List.FrozenJson!, StringComparison.Ordinal);
        var inputs = (await app.WithServiceAsync<IRoundInputs, RoundInputs?>(i => i.ReadAsync(round.ListId!.Value, Cancel)))!;
        Assert.Equal(("QD-XQ-2026-Y01", needs[0].Number!, true), (inputs.Objections.Single().Serial, inputs.Objections.Single().Number, inputs.Objections.Single().IsUpheld));
    }

    [Fact]
    public async Task Two_who_plan_the_same_years_round_are_one()
    {
        await app.PlanRoundAsync(2026);
        await Assert.ThrowsAsync<DbUpdateException>(() => app.PlanRoundAsync(2026));
    }
}
