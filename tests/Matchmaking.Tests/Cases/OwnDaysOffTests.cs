using System.Globalization;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

/// <summary>Clocks of cases know the days off of the installation's own folder, as every other clock of working days does.</summary>
public sealed class OwnDaysOffTests(OwnDaysOffTests.WithDaysOff app) : IClassFixture<OwnDaysOffTests.WithDaysOff>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CaseStage.Accepted, 3)]
    [InlineData(CaseStage.Pushed, 5)]
    [InlineData(CaseStage.BothInterested, 10)]
    [InlineData(CaseStage.Negotiating, 30)]
    public async Task A_term_leaves_out_the_days_off_of_the_data_folder(CaseStage stage, int days)
    {
        var (_, id, _) = await app.AddCaseAsync(stage);

        var since = await DueAsync(id);
        Assert.Equal(app.After(since.Since, days), since.Due);
        // A week more than by the notices that ship.
        Assert.Equal(new Matching.Operations.WorkingDays().After(since.Since, days + 5), since.Due);
    }

    [Fact]
    public async Task A_question_sets_the_clock_by_the_same_days()
    {
        var (pair, asked, _) = await app.AddCaseAsync(CaseStage.Pushed);
        Assert.True((await app.WithServiceAsync<Introductions, CaseDecision>(i => i.AskAsync(asked, CaseSide.Need, "能否先看样品？", pair.NeedMember, Cancel))).Done);
        var question = await DueAsync(asked);
        Assert.Equal(app.After(question.Since, 5), question.Due);
    }

    [Fact]
    public async Task A_signed_and_a_registered_contract_do_too()
    {
        var (_, negotiating, email) = await app.AddCaseAsync(CaseStage.Negotiating);
        var client = await app.CreateClientForAsync(email);
        var day = app.Clock.Now.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var made = await client.PostFormAsync($"/contracts/new?case={negotiating}", new()
        {
            ["Input.Title"] = "停工周合同（示例）", ["Input.TotalAmount"] = "120", ["Input.TechnologyAmount"] = "120", ["Input.Payment"] = "LumpSum", ["Input.Ownership"] = "Shared", ["Input.Goal"] = "Industry",
            ["Input.Source"] = "None", ["Input.SignedOn"] = day, ["Input.ValidFrom"] = day, ["Input.ValidUntil"] = "2029-12-31", ["Input.ExpectedInput"] = "1", ["Input.ExpectedOutput"] = "2", ["Input.Parties[0].Nature"] = "150",
        });
        var contract = made.Headers.Location!.OriginalString;
        await client.PostFormAsync(contract, [], "form[action*='handler=Sign']");
        var signed = await DueAsync(negotiating);
        Assert.Equal((CaseStage.Signed, app.After(signed.Since, 30)), (await app.StageAsync(negotiating), signed.Due));
        var today = app.Clock.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await client.PostFormAsync(contract, new() { ["Input.On"] = today }, "form[action*='handler=Submit']");
        await client.PostFormAsync(contract, new() { ["Input.Number"] = "2026220100077778", ["Input.On"] = today }, "form[action*='handler=Register']");
        var registered = await DueAsync(negotiating);
        Assert.Equal((CaseStage.Registered, app.After(registered.Since, 30)), (await app.StageAsync(negotiating), registered.Due));
    }

    [Fact]
    public async Task A_meeting_that_was_held_sets_it_too()
    {
        var (pair, id, email) = await app.AddCaseAsync(CaseStage.BothInterested);
        var broker = await app.IdOfAsync(email);
        Task<MeetingOutcome> Act(Func<Meetings, Task<MeetingOutcome>> act) => app.WithServiceAsync(act);
        await Act(m => m.ProposeAsync(id, [app.Clock.Now.AddHours(1)], TimeSpan.FromMinutes(60), "平台会议室", broker, Cancel));
        var meeting = await app.WithDbAsync(db => db.Meetings.Include(m => m.Times).SingleAsync(m => m.CaseId == id, Cancel));
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Need, [meeting.Times.Single().Id], pair.NeedMember, Cancel));
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Achievement, [meeting.Times.Single().Id], pair.AchievementMember, Cancel));
        var before = app.Clock.Now;
        app.Clock.Now = before.AddHours(3);
        await Act(m => m.ReportAsync(id, meeting.Id, true, "谈了样机", broker, Cancel));
        app.Clock.Now = before;

        var met = await DueAsync(id);
        Assert.Equal((CaseStage.Met, app.After(met.Since, 10)), (await app.StageAsync(id), met.Due));
    }

    private Task<(DateOnly Since, DateOnly? Due)> DueAsync(int id) => app.WithDbAsync(async db =>
    {
        var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id, Cancel);
        return (Matching.ProvinceTime.DayOf(found.StageSince), found.DueOn);
    });

    /// <summary>An office closed for a week that no notice knows, beginning on the Monday after the clock's day.</summary>
    public sealed class WithDaysOff : MatchmakingApplication
    {
        private Matching.Operations.WorkingDays? own;

        public DateOnly After(DateOnly day, int workingDays) => own!.After(day, workingDays);

        public override async ValueTask InitializeAsync()
        {
            var folder = Path.Combine(Folder, "holidays");
            Directory.CreateDirectory(folder);
            var today = Matching.ProvinceTime.DayOf(Clock.Now);
            var week = Enumerable.Range(1, 20).Select(d => today.AddDays(d)).Where(new Matching.Operations.WorkingDays().IsWorkingDay).Take(5);
            await File.WriteAllLinesAsync(Path.Combine(folder, "own.csv"), week.Select(d => $"{d:yyyy-MM-dd},off,停工周"));
            own = new Matching.Operations.WorkingDays(folder);
            await base.InitializeAsync();
        }
    }
}
