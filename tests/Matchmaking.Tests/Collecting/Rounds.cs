using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Collecting;

/// <summary>A round as staff would write one, and an office with its members.</summary>
internal static class Rounds
{
    public static RoundTerms Terms() => new("2027年度技术需求征集（示例）", "请各单位提出技术需求。", new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 31), [], [], [], [], null, null, [], []);

    public static Task<CollectionRound> OpenRoundAsync(this MatchmakingApplication app, RoundTerms? terms = null) => app.WithDbAsync(async db =>
    {
        var round = new CollectionRound(terms ?? Terms(), 1, app.Clock.Now);
        round.Open(app.Clock.Now);
        db.CollectionRounds.Add(round);
        await db.SaveChangesAsync();
        return round;
    });

    /// <summary>An office, and an organisation that belongs to it.</summary>
    public static async Task<(Organization Office, Organization Member)> AddOfficeAsync(this MatchmakingApplication app)
    {
        var office = await app.AddOrganizationAsync(OrganizationKind.Office);
        return (office, await app.AddMemberAsync(office));
    }

    public static async Task<Organization> AddMemberAsync(this MatchmakingApplication app, Organization office)
    {
        var member = await app.AddOrganizationAsync();
        await app.WithServiceAsync<OfficeMembers, bool>(async members => await members.PlaceAsync(member.Id, await members.FindAsync(office.Id, CancellationToken.None), 1, CancellationToken.None));
        return member;
    }

    public static Task<ListingState> StateAsync(this MatchmakingApplication app, int id) => app.WithDbAsync(async db => (await db.Listings.FindAsync(id))!.State);

    /// <summary>Ids of the office's items that must be ticked.</summary>
    public static Task<List<int>> RequiredTicksAsync(this MatchmakingApplication app) =>
        app.WithServiceAsync<Checklists, List<int>>(async lists => [.. (await lists.OfAsync(CheckStage.Office, CancellationToken.None)).Where(i => i.Required).Select(i => i.Id)]);
}
