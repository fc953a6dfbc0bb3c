using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Tests.Cases;

/// <summary>The acts on real databases: what is stored together, and who wins when two act at once.</summary>
public sealed class IntroductionsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<CaseDecision> Act(Func<Introductions, Task<CaseDecision>> act) => app.WithServiceAsync(act);

    [Fact]
    public async Task Two_brokers_propose_one_match_and_one_is_told_where_it_is()
    {
        var pair = await app.AddGradedMatchAsync();
        var (first, second) = (await app.BrokerAsync(), await app.BrokerAsync());

        var made = await Act(i => i.ProposeAsync(pair.MatchId, first, Cancel));
        var late = await Act(i => i.ProposeAsync(pair.MatchId, second, Cancel));

        Assert.Equal(CaseOutcome.Done, made.Outcome);
        Assert.Equal((CaseOutcome.Overtaken, made.CaseId), (late.Outcome, late.CaseId));
    }

    [Fact]
    public async Task Two_brokers_who_propose_in_the_same_moment_make_one_case()
    {
        var pair = await app.AddGradedMatchAsync();
        var (first, second) = (await app.BrokerAsync(), await app.BrokerAsync());
        // The second begins and ends between the first's look and the first's save.
        var between = new Meanwhile(() => Act(i => i.ProposeAsync(pair.MatchId, second, Cancel)));

        var decision = await Slow(between, i => i.ProposeAsync(pair.MatchId, first, Cancel));

        Assert.True(between.Done!.Done);
        Assert.Equal(CaseOutcome.Overtaken, decision.Outcome);
        Assert.Equal(between.Done.CaseId, decision.CaseId);
        Assert.Equal(1, await app.WithDbAsync(db => db.Cases.CountAsync(c => c.MatchId == pair.MatchId, Cancel)));
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Subject == $"match:{pair.MatchId}" && a.Action == "case.propose", Cancel)));
    }

    [Fact]
    public async Task Two_brokers_take_one_request_and_one_is_told()
    {
        var pair = await app.AddGradedMatchAsync();
        var asked = await Act(i => i.RequestAsync(pair.MatchId, CaseSide.Need, Interest.None, pair.NeedMember, null, Cancel));
        var (first, second) = (await app.BrokerAsync(), await app.BrokerAsync());
        var between = new Meanwhile(() => Act(i => i.AcceptAsync(asked.CaseId!.Value, second, null, Cancel)));

        var decision = await Slow(between, i => i.AcceptAsync(asked.CaseId!.Value, first, null, Cancel));

        Assert.True(between.Done!.Done);
        Assert.Equal(CaseOutcome.Overtaken, decision.Outcome);
        Assert.Equal(second, await app.WithDbAsync(db => db.Cases.Where(c => c.Id == asked.CaseId).Select(c => c.BrokerId).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_record_withdrawn_while_the_broker_pushes_is_not_pushed()
    {
        var pair = await app.AddGradedMatchAsync();
        var broker = await app.BrokerAsync();
        var made = await Act(i => i.ProposeAsync(pair.MatchId, broker, Cancel));
        var between = new Meanwhile(async () =>
        {
            await app.WithdrawAsync(pair.NeedId, pair.NeedMember);
            return new CaseDecision(CaseOutcome.Done, null, null);
        });

        var decision = await Slow(between, i => i.PushAsync(made.CaseId!.Value, broker, Cancel));

        Assert.Equal(CaseOutcome.Overtaken, decision.Outcome);
        Assert.Equal(CaseStage.Ended, await app.StageAsync(made.CaseId!.Value));
        // The other side has heard of nothing.
        Assert.False(await app.WithDbAsync(db => db.Notices.AnyAsync(n => n.UserId == pair.AchievementMember, Cancel)));
    }

    [Fact]
    public async Task A_consent_withdrawn_while_the_contact_is_opened_keeps_it_closed()
    {
        var (pair, id, _) = await app.AddCaseAsync(CaseStage.BothInterested);
        var between = new Meanwhile(() => Act(i => i.WithdrawConsentAsync(id, CaseSide.Need, CaseLayer.Contact, pair.NeedMember, Cancel)));

        var decision = await Slow(between, i => i.ShowAsync(id, CaseSide.Need, CaseLayer.Contact, pair.AchievementMember, Cancel));

        Assert.True(between.Done!.Done);
        Assert.Equal((CaseOutcome.Refused, CaseProblem.NoConsent), (decision.Outcome, decision.Problem));
        Assert.False(await app.WithDbAsync(db => db.ContactReadings.AnyAsync(r => r.CaseId == id, Cancel)));
        Assert.False(await app.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Action == "contact.read" && a.Subject == Introductions.Subject(id), Cancel)));
    }

    [Fact]
    public async Task A_showing_is_a_row_an_audit_entry_and_a_notice_to_the_owner()
    {
        var (pair, id, _) = await app.AddCaseAsync(CaseStage.BothInterested);

        Assert.True((await Act(i => i.ShowAsync(id, CaseSide.Need, CaseLayer.Contact, pair.AchievementMember, Cancel))).Done);

        var row = await app.WithDbAsync(db => db.ContactReadings.Include(r => r.Consent).SingleAsync(r => r.CaseId == id, Cancel));
        Assert.Equal((pair.NeedId, pair.AchievementMember), (row.ListingId, row.ReaderId));
        Assert.Equal((CaseSide.Need, "对方"), (row.Consent!.Side, row.Consent.Receiver));
        Assert.True(await app.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Action == "contact.read" && a.ActorId == pair.AchievementMember && a.Subject == Introductions.Subject(id), Cancel)));
        Assert.True(await app.WithDbAsync(db => db.Notices.AnyAsync(n => n.UserId == pair.NeedMember && n.Kind == NoticeKind.ContactShown, Cancel)));
    }

    [Fact]
    public async Task A_broker_employed_by_a_side_or_with_a_declared_conflict_takes_nothing()
    {
        var pair = await app.AddGradedMatchAsync();
        var employed = await app.IdOfAsync(await app.AddUserAsync(Roles.Broker, await app.WithDbAsync(db => db.Listings.Where(l => l.Id == pair.AchievementId).Select(l => l.Organization).SingleAsync(Cancel))));
        var declared = await app.BrokerAsync();
        await app.WithDbAsync(async db =>
        {
            var profile = new BrokerProfile(declared);
            profile.Conflicts.Add(new BrokerConflict(declared, await db.Listings.Where(l => l.Id == pair.NeedId).Select(l => l.OrganizationId).SingleAsync(Cancel), "亲属任职", app.Clock.Now));
            db.BrokerProfiles.Add(profile);
            await db.SaveChangesAsync(Cancel);
        });

        foreach (var broker in new[] { employed, declared })
        {
            var decision = await Act(i => i.ProposeAsync(pair.MatchId, broker, Cancel));
            Assert.Equal((CaseOutcome.Refused, CaseProblem.Conflict), (decision.Outcome, decision.Problem));
        }
        Assert.False(await app.WithDbAsync(db => db.Cases.AnyAsync(c => c.MatchId == pair.MatchId, Cancel)));
    }

    [Fact]
    public async Task After_the_end_a_match_may_be_proposed_again()
    {
        var pair = await app.AddGradedMatchAsync();
        var broker = await app.BrokerAsync();
        var first = await Act(i => i.ProposeAsync(pair.MatchId, broker, Cancel));
        await Act(i => i.EndAsync(first.CaseId!.Value, EndReason.Timing, "", broker, Cancel));

        Assert.True((await Act(i => i.ProposeAsync(pair.MatchId, broker, Cancel))).Done);
    }

    private async Task<CaseDecision> Slow(Meanwhile between, Func<Introductions, Task<CaseDecision>> act)
    {
        await using var db = app.OpenContext(between);
        return await act(new Introductions(db, new CaseAudience(db), new Talks(db), new Matching.Operations.WorkingDays(), app.Clock));
    }

    /// <summary>Before the first save of the one, the other does his whole act.</summary>
    private sealed class Meanwhile(Func<Task<CaseDecision>> other) : SaveChangesInterceptor
    {
        public CaseDecision? Done { get; private set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Done is null)
            {
                Done = new CaseDecision(CaseOutcome.Missing, null, null);
                Done = await other();
            }
            return result;
        }
    }
}
