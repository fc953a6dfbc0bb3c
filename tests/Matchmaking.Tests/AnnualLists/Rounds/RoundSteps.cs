using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists.Rounds;

/// <summary>What staff, experts and the clock do to rounds, for tests about something else.</summary>
public static class RoundSteps
{
    public static Task RunRoundsAsync(this MatchmakingApplication app) => app.RunJobAsync<RunListRounds>(job => job.RunAsync(TestContext.Current.CancellationToken));

    /// <summary>An expert for new energy; from a firm or a university of his own.</summary>
    public static async Task<string> AddExpertAsync(this MatchmakingApplication app, bool firm = false, Organization? organization = null)
    {
        var own = organization ?? await app.AddOrganizationAsync(firm ? OrganizationKind.Enterprise : OrganizationKind.University);
        var email = await app.AddUserAsync(firm ? Roles.EnterpriseMember : Roles.Researcher, own);
        await app.WithDbAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Email == email);
            db.Experts.Add(new Expert(user, new ExpertProfile([TechnologyField.NewEnergy], firm, [], []), 0, app.Clock.Now));
            await db.SaveChangesAsync();
        });
        return email;
    }

    /// <summary>A round of needs that begins today: ten days each for collecting and scoring, five for review, fifteen of notice, ten until publication.</summary>
    public static Task<int> PlanRoundAsync(this MatchmakingApplication app, int year, Func<ListRoundRules, ListRoundRules>? change = null) => app.WithDbAsync(async db =>
    {
        var day = ProvinceTime.DayOf(app.Clock.Now);
        var calendar = new RoundCalendar(day, day.AddDays(10), day.AddDays(20), day.AddDays(25), day.AddDays(40), day.AddDays(50));
        var rules = ListRoundRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds);
        var round = new ListRound(AnnualListKind.KeyTechnologyNeeds, year, "征集通知（示例）", calendar, change?.Invoke(rules) ?? rules, 1, app.Clock.Now);
        db.ListRounds.Add(round);
        await db.SaveChangesAsync();
        return round.Id;
    });

    public static Task<ListRound> ReadRoundAsync(this MatchmakingApplication app, int id) => app.WithDbAsync(db => db.ListRounds.AsNoTracking()
        .Include(r => r.Invitations).Include(r => r.Steps).Include(r => r.List!.Entries).ThenInclude(e => e.Listing).AsSplitQuery().SingleAsync(r => r.Id == id));

    /// <summary>Every open sheet of the round is handed in with these points for all criteria.</summary>
    public static Task ScoreAsync(this MatchmakingApplication app, int roundId, Func<string, int, decimal?> points) => app.WithDbAsync(async db =>
    {
        foreach (var sheet in await db.ScoreSheets.Include(s => s.Round).Include(s => s.Invitation).Include(s => s.Entry).Where(s => s.RoundId == roundId && s.State == ScoreSheetState.Open).OrderBy(s => s.Id).ToListAsync())
        {
            if (points(sheet.Invitation.Alias, sheet.Entry.ListingId) is not { } value) continue;
            sheet.Save([.. sheet.Round.Rules.Criteria.Select(c => new CriterionScore(c.Code, value))], "", app.Clock.Now);
            sheet.Submit(app.Clock.Now);
        }
        await db.SaveChangesAsync();
    });
}
