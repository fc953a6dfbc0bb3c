using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Notices;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Deals;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Notices;

/// <summary>What a mail about a case or a contract may still say when it is sent.</summary>
public sealed class ReadRightsOfCasesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<Sight> AskAsync(int userId, string link) => app.WithServiceAsync<MayStillSee, Sight>(async may =>
        await may.AskAsync(await may.ReaderAsync(userId, Cancel), new Notice(userId, NoticeKind.CaseOffered, link, [], app.Clock.Now), Cancel));

    [Fact]
    public async Task A_case_is_told_to_its_broker_and_to_sides_that_know_of_it()
    {
        var (pair, id, broker) = await app.AddCaseAsync(CaseStage.Pushed);
        var (other, hidden, _) = await app.AddCaseAsync(CaseStage.Accepted);
        Assert.Equal(Sight.Whole, await AskAsync(pair.NeedMember, $"/my/cases/{id}"));
        Assert.Equal(Sight.Whole, await AskAsync(pair.AchievementMember, $"/my/cases/{id}"));
        Assert.Equal(Sight.Nothing, await AskAsync(other.NeedMember, $"/my/cases/{id}"));
        // Not pushed yet: the sides do not know of it.
        Assert.Equal(Sight.Nothing, await AskAsync(other.NeedMember, $"/my/cases/{hidden}"));
        Assert.Equal(Sight.Whole, await AskAsync(await app.IdOfAsync(broker), $"/desk/cases/{id}"));
        Assert.Equal(Sight.Nothing, await AskAsync(await app.IdOfAsync(broker), $"/desk/cases/{hidden}"));
    }

    [Fact]
    public async Task A_contract_is_told_to_its_parties_once_it_is_signed()
    {
        var (pair, _, broker) = await app.AddCaseAsync(CaseStage.Pushed);
        var by = await app.IdOfAsync(broker);
        var code = await app.WithDbAsync(db => db.Needs.Where(n => n.Id == pair.NeedId).Select(n => n.Organization.CreditCode).SingleAsync(Cancel));
        var content = ContractTests.Complete with
        {
            SignedOn = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime).AddDays(-1), ValidFrom = null, ValidUntil = null, Schedule = [],
            Parties = [ContractTests.Complete.Parties[0] with { CreditCode = code }, ContractTests.Complete.Parties[1]],
        };
        var made = await app.WithServiceAsync<ContractActs, ContractDecision>(acts => acts.CreateAsync(content, [], pair.NeedId, null, by, Guid.NewGuid(), by, Cancel));
        var link = ContractActs.Address(made.Contract!.Id);
        Assert.Equal(Sight.Whole, await AskAsync(by, link));
        Assert.Equal(Sight.Nothing, await AskAsync(pair.NeedMember, link));
        Assert.True((await app.WithServiceAsync<ContractActs, ContractDecision>(acts => acts.SignAsync(made.Contract!.Id, made.Contract.Version, by, Cancel))).Done);
        Assert.Equal(Sight.Whole, await AskAsync(pair.NeedMember, link));
        Assert.Equal(Sight.Nothing, await AskAsync(pair.AchievementMember, link));
    }
}
