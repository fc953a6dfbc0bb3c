using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

/// <summary>A match with a member on each side.</summary>
public sealed record GradedPair(int MatchId, int NeedId, int AchievementId, string NeedEmail, int NeedMember, string AchievementEmail, int AchievementMember);

/// <summary>What people do with cases, for tests; all by the ordinary code.</summary>
internal static class CaseSteps
{
    public static Task<int> IdOfAsync(this MatchmakingApplication app, string email) => app.WithDbAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());

    public static async Task<int> BrokerAsync(this MatchmakingApplication app) => await app.IdOfAsync(await app.AddUserAsync(Roles.Broker));

    public static Task<CaseStage> StageAsync(this MatchmakingApplication app, int caseId) => app.WithDbAsync(db => db.Cases.Where(c => c.Id == caseId).Select(c => c.Stage).SingleAsync());

    /// <param name="grade">Null leaves it ungraded.</param>
    public static async Task<GradedPair> AddGradedMatchAsync(this MatchmakingApplication app, int? grade = 3, Disclosure disclosure = Disclosure.Named, string? firmName = null)
    {
        var firm = await app.AddOrganizationAsync(name: firmName);
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var need = await app.PublishNeedAsync(firm, app.NeedContent() with { Disclosure = disclosure });
        var achievement = await app.PublishAchievementAsync(university);
        var (enterprise, researcher) = (await app.AddUserAsync(Roles.EnterpriseMember, firm), await app.AddUserAsync(Roles.Researcher, university));
        var grader = await app.BrokerAsync();
        var matchId = await app.WithDbAsync(async db =>
        {
            var match = new Match(need.Id, achievement.Id, app.Clock.Now);
            match.Rate(1.2, 0.62, "weighted-2", "{}", "{}", app.Clock.Now);
            match.PlaceForNeed(1);
            match.PlaceForAchievement(1);
            if (grade is { } value) match.GradeAs(value, "", grader, app.Clock.Now);
            db.Matches.Add(match);
            await db.SaveChangesAsync();
            return match.Id;
        });
        return new GradedPair(matchId, need.Id, achievement.Id, enterprise, await app.IdOfAsync(enterprise), researcher, await app.IdOfAsync(researcher));
    }

    /// <summary>A case in one of the stages up to Registered; from BothInterested on both sides have opened their contacts.</summary>
    public static async Task<(GradedPair Pair, int Id, string Broker)> AddCaseAsync(
        this MatchmakingApplication app, CaseStage stage, Disclosure disclosure = Disclosure.Named, string? firmName = null)
    {
        var pair = await app.AddGradedMatchAsync(3, disclosure, firmName);
        var email = await app.AddUserAsync(Roles.Broker);
        var broker = await app.IdOfAsync(email);
        var cancel = CancellationToken.None;
        var made = await app.WithServiceAsync<Introductions, CaseDecision>(i => i.ProposeAsync(pair.MatchId, broker, cancel));
        var id = made.CaseId!.Value;
        var interest = new Interest([CooperationMode.JointDevelopment], "零下三十度能否保持", "试验团队（示例）");
        var steps = new (CaseStage From, Func<Introductions, Task<CaseDecision>> Do)[]
        {
            (CaseStage.Pushed, i => i.PushAsync(id, broker, cancel)),
            (CaseStage.OneInterested, i => i.SayInterestedAsync(id, CaseSide.Need, interest, pair.NeedMember, cancel)),
            (CaseStage.BothInterested, i => i.SayInterestedAsync(id, CaseSide.Achievement, interest, pair.AchievementMember, cancel)),
            (CaseStage.BothInterested, i => i.ConsentAsync(id, CaseSide.Need, [CaseLayer.Contact], ConsentPurpose.Cooperation, "对方", pair.NeedMember, cancel)),
            (CaseStage.BothInterested, i => i.ConsentAsync(id, CaseSide.Achievement, [CaseLayer.Contact], ConsentPurpose.Cooperation, "对方", pair.AchievementMember, cancel)),
            (CaseStage.Met, i => i.AdvanceAsync(id, CaseAct.Meet, broker, cancel)),
            (CaseStage.Negotiating, i => i.AdvanceAsync(id, CaseAct.Negotiate, broker, cancel)),
            (CaseStage.Signed, i => i.AdvanceAsync(id, CaseAct.Sign, broker, cancel)),
            (CaseStage.Registered, i => i.AdvanceAsync(id, CaseAct.Register, broker, cancel)),
        };
        foreach (var step in steps.Where(s => s.From <= stage))
        {
            var done = await app.WithServiceAsync(step.Do);
            Assert.Equal(CaseOutcome.Done, done.Outcome);
        }
        return (pair, id, email);
    }

    /// <summary>An owner withdraws a record, and its open cases with it, as the page does.</summary>
    public static Task WithdrawAsync(this MatchmakingApplication app, int listingId, int by) => app.WithDbAsync(async db =>
    {
        var listing = await db.Listings.Include(l => l.Revisions).SingleAsync(l => l.Id == listingId);
        listing.Withdraw(by, app.Clock.Now);
        await new Introductions(db, new CaseAudience(db), new Talks(db), new Matching.Operations.WorkingDays(), app.Clock).EndAllOfAsync(listing, by, app.Clock.Now, CancellationToken.None);
        await db.SaveChangesAsync();
    });
}
