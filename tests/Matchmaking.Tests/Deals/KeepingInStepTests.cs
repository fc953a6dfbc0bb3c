using System.Net;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Deals;

/// <summary>Records, cases and contracts say the same of one introduction, from talks to the solved need; and the funnel counts it.</summary>
public sealed class KeepingInStepTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ListingState> StateAsync(int id) => app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).Select(l => l.State).SingleAsync(Cancel));

    [Fact]
    public async Task Records_are_in_talks_from_both_interests_until_the_last_case_ends()
    {
        var (pair, id, broker) = await app.AddCaseAsync(CaseStage.OneInterested);
        Assert.Equal(ListingState.Published, await StateAsync(pair.NeedId));
        await app.WithServiceAsync<Introductions, CaseDecision>(i => i.SayInterestedAsync(id, CaseSide.Achievement, Interest.None, pair.AchievementMember, Cancel));
        Assert.Equal(ListingState.InTalks, await StateAsync(pair.NeedId));
        Assert.Equal(ListingState.InTalks, await StateAsync(pair.AchievementId));
        var by = await app.IdOfAsync(broker);
        Assert.True((await app.WithServiceAsync<Introductions, CaseDecision>(i => i.EndAsync(id, EndReason.Price, "", by, Cancel))).Done);
        Assert.Equal(ListingState.Published, await StateAsync(pair.NeedId));
        Assert.Equal(ListingState.Published, await StateAsync(pair.AchievementId));
    }

    [Fact]
    public async Task A_contract_from_a_case_signs_and_registers_both_and_a_proof_solves_the_need()
    {
        var (pair, id, broker) = await app.AddCaseAsync(CaseStage.Negotiating);
        var client = await app.CreateClientForAsync(broker);
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/contracts/new?case={id}", Cancel)).StatusCode);
        var day = app.Clock.Now.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var made = await client.PostFormAsync($"/contracts/new?case={id}", new()
        {
            ["Input.Title"] = "对接成果合同（示例）", ["Input.TotalAmount"] = "120", ["Input.TechnologyAmount"] = "120", ["Input.Payment"] = "LumpSum", ["Input.Ownership"] = "Shared", ["Input.Goal"] = "Industry",
            ["Input.Source"] = "None", ["Input.SignedOn"] = day, ["Input.ValidFrom"] = day, ["Input.ValidUntil"] = "2029-12-31", ["Input.ExpectedInput"] = "1", ["Input.ExpectedOutput"] = "2", ["Input.Parties[0].Nature"] = "150",
        });
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var contract = int.Parse(made.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormAsync($"/contracts/{contract}", [], "form[action*='handler=Sign']")).StatusCode);
        Assert.Equal(CaseStage.Signed, await app.StageAsync(id));
        Assert.Equal(ListingState.Contracted, await StateAsync(pair.NeedId));
        var today = app.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await client.PostFormAsync($"/contracts/{contract}", new() { ["Input.On"] = today }, "form[action*='handler=Submit']");
        await client.PostFormAsync($"/contracts/{contract}", new() { ["Input.Number"] = "2026220100077777", ["Input.On"] = today }, "form[action*='handler=Register']");
        Assert.Equal(CaseStage.Registered, await app.StageAsync(id));

        Assert.Equal(ProofOutcome.Done, await app.WithServiceAsync<SolveNeed, ProofOutcome>(solve => solve.HandInAsync(pair.NeedId, ProofKind.RegisteredContract, contract, null, null, null, "按合同解决", pair.NeedMember, Cancel)));
        var proof = await app.WithDbAsync(db => db.SolutionProofs.SingleAsync(p => p.NeedId == pair.NeedId, Cancel));
        var staff = await app.IdOfAsync(await app.AddUserAsync(Roles.Staff));
        Assert.Equal(ProofOutcome.Done, await app.WithServiceAsync<SolveNeed, ProofOutcome>(solve => solve.DecideAsync(proof.Id, proof.Version, null, staff, Cancel)));
        Assert.Equal(ListingState.Solved, await StateAsync(pair.NeedId));
        // Two at once: the second is told.
        Assert.Equal(ProofOutcome.Changed, await app.WithServiceAsync<SolveNeed, ProofOutcome>(solve => solve.DecideAsync(proof.Id, proof.Version, "迟了", staff, Cancel)));
    }

    [Fact]
    public async Task Each_number_of_the_funnel_opens_to_its_needs()
    {
        await using var own = new MatchmakingApplication();
        await own.InitializeAsync();
        var (registered, _, _) = await own.AddCaseAsync(CaseStage.Met);
        await own.AddCaseAsync(CaseStage.Pushed);
        await own.PublishNeedAsync();
        await own.SubmittedAsync(await own.AddOrganizationAsync());
        var from = own.Clock.Now.AddDays(-30);
        var until = own.Clock.Now.AddDays(30);
        var counts = Assert.Single(await own.WithServiceAsync<Funnel, IReadOnlyList<FunnelCounts>>(f => f.CountAsync(from, until, FunnelCut.None, Cancel)));
        Assert.Equal([4, 3, 2, 2, 1, 0, 0], counts.Counts);
        var met = await own.WithServiceAsync<Funnel, List<int>>(f => f.Behind(FunnelStation.Met, from, until, FunnelCut.None, "").Select(n => n.Id).ToListAsync(Cancel));
        Assert.Equal([registered.NeedId], met);
        foreach (var cut in Enum.GetValues<FunnelCut>())
        {
            var rows = await own.WithServiceAsync<Funnel, IReadOnlyList<FunnelCounts>>(f => f.CountAsync(from, until, cut, Cancel));
            foreach (var station in Enum.GetValues<FunnelStation>())
            {
                Assert.Equal(counts.Of(station), rows.Sum(r => r.Of(station)));
                foreach (var row in rows) Assert.Equal(row.Of(station), await own.WithServiceAsync<Funnel, int>(f => f.Behind(station, from, until, cut, row.Key).CountAsync(Cancel)));
            }
        }
        var staff = await own.CreateClientForAsync(await own.AddUserAsync(Roles.Staff, await own.AddOrganizationAsync(OrganizationKind.Office)));
        var page = await staff.GetPageAsync($"/staff/funnel?year={own.Clock.Now.Year}&by=Field&station=Introduced&key=NewEnergy");
        Assert.Equal(2, page.QuerySelectorAll("section[aria-labelledby=behind] li").Length);
    }
}
