using System.Net;
using System.Text;
using Ical.Net;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

public sealed class MeetingsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<MeetingOutcome> Act(Func<Meetings, Task<MeetingOutcome>> act) => app.WithServiceAsync(act);

    private async Task<(GradedPair Pair, int Case, Meeting Meeting, string Broker)> ProposedAsync(string place = "平台会议室")
    {
        var (pair, id, broker) = await app.AddCaseAsync(CaseStage.BothInterested);
        var by = await app.IdOfAsync(broker);
        DateTimeOffset[] starts = [app.Clock.Now.AddDays(3), app.Clock.Now.AddDays(2)];
        Assert.Equal(MeetingOutcome.Done, await Act(m => m.ProposeAsync(id, starts, TimeSpan.FromMinutes(90), place, by, Cancel)));
        return (pair, id, await app.WithDbAsync(db => db.Meetings.Include(m => m.Times).SingleAsync(m => m.CaseId == id, Cancel)), broker);
    }

    [Fact]
    public async Task The_first_time_that_suits_both_is_fixed_and_the_outcome_leads_on()
    {
        var (pair, id, meeting, broker) = await ProposedAsync();
        var times = meeting.Times.OrderBy(t => t.StartsAt).ToList();
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Need, [times[0].Id, times[1].Id], pair.NeedMember, Cancel));
        Assert.Equal(MeetingState.Proposed, await StateAsync(meeting.Id));
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Achievement, [times[1].Id], pair.AchievementMember, Cancel));
        Assert.Equal(MeetingState.Fixed, await StateAsync(meeting.Id));
        Assert.Equal(times[1].StartsAt, await app.WithDbAsync(db => db.Meetings.Where(m => m.Id == meeting.Id).Select(m => m.StartsAt!.Value).SingleAsync(Cancel)));

        var by = await app.IdOfAsync(broker);
        Assert.Equal(MeetingOutcome.Overtaken, await Act(m => m.ReportAsync(id, meeting.Id, true, "", by, Cancel)));
        var before = app.Clock.Now;
        app.Clock.Now = times[1].StartsAt.AddHours(2);
        Assert.Equal(MeetingOutcome.Done, await Act(m => m.ReportAsync(id, meeting.Id, true, "谈了样机", by, Cancel)));
        app.Clock.Now = before;
        Assert.Equal(CaseStage.Met, await app.StageAsync(id));
    }

    private Task<MeetingState> StateAsync(int id) => app.WithDbAsync(db => db.Meetings.Where(m => m.Id == id).Select(m => m.State).SingleAsync(Cancel));

    [Fact]
    public async Task The_calendar_entry_is_read_by_another_program()
    {
        var (pair, id, meeting, _) = await ProposedAsync("平台会议室; 三楼, 301\\302，很长的地点说明要在七十五个字节之后折行，并且不能把一个汉字折断在两行之间");
        var both = meeting.Times.Select(t => t.Id).ToList();
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Need, both, pair.NeedMember, Cancel));
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Achievement, both, pair.AchievementMember, Cancel));
        var professor = await app.CreateClientForAsync(pair.AchievementEmail);

        var response = await professor.GetAsync($"/cases/meetings/{meeting.Id}.ics", Cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal("text/calendar", response.Content.Headers.ContentType!.MediaType);
        Assert.All(Encoding.UTF8.GetString(bytes).Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        var entry = Assert.Single(Calendar.Load(Encoding.UTF8.GetString(bytes))!.Events);
        Assert.Equal(meeting.Times.Min(t => t.StartsAt).UtcDateTime, entry.Start!.AsUtc);
        Assert.Equal(90, (entry.End!.AsUtc - entry.Start.AsUtc).TotalMinutes);
        Assert.Equal("平台会议室; 三楼, 301\\302，很长的地点说明要在七十五个字节之后折行，并且不能把一个汉字折断在两行之间", entry.Location);
        Assert.Contains("低温环境下锂电池快充析锂抑制", entry.Summary, StringComparison.Ordinal);
        Assert.EndsWith($"/my/cases/{id}", entry.Url!.ToString(), StringComparison.Ordinal);

        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Matching.Organizations.Roles.Researcher, await app.AddOrganizationAsync(Matching.Organizations.OrganizationKind.University)));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/cases/meetings/{meeting.Id}.ics", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_private_feed_shows_own_meetings_until_it_is_revoked()
    {
        var (pair, id, meeting, _) = await ProposedAsync();
        var both = meeting.Times.Select(t => t.Id).ToList();
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Need, both, pair.NeedMember, Cancel));
        await Act(m => m.ChooseAsync(id, meeting.Id, CaseSide.Achievement, both, pair.AchievementMember, Cancel));
        var firm = await app.CreateClientForAsync(pair.NeedEmail);
        await firm.PostFormAsync("/calendar", new());
        var address = new Uri((await firm.GetPageAsync("/calendar")).QuerySelector("#address")!.GetAttribute("value")!).AbsolutePath;
        Assert.True(address.Length > 70, address);
        var anybody = await app.CreateClientForAsync(null);

        var feed = Calendar.Load(await anybody.GetStringAsync(address, Cancel))!;
        Assert.Equal($"{meeting.Uid:D}@meetings.matchmaking.invalid", Assert.Single(feed.Events).Uid);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/calendar/" + new string('0', 64) + ".ics", Cancel)).StatusCode);

        await firm.PostFormAsync("/calendar", new(), handler: "Revoke");
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(address, Cancel)).StatusCode);
    }
}
