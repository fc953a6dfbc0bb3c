namespace Matchmaking.Matching.Listings;

/// <summary>
/// Which states mean what; the one place that says so (docs/decisions/0009). Lists instead of conditions, so that a query says
/// <c>ListingStates.Searchable.Contains(l.State)</c> on a record of any depth and both databases make an IN of it.
/// </summary>
public static class ListingStates
{
    /// <summary>Found by search, matched, graded: somebody still looks for the other side.</summary>
    public static IReadOnlyList<ListingState> Searchable { get; } =
        [ListingState.Published, ListingState.InTalks, ListingState.SecondDiagnosis, ListingState.Tracked];

    /// <summary>Has a public page: what can be found, and what came of it.</summary>
    public static IReadOnlyList<ListingState> Public { get; } =
        [.. Searchable, ListingState.Contracted, ListingState.Solved, ListingState.Transformed, ListingState.Expired];

    /// <summary>Its day can pass, so the owner is asked whether it still holds. A tracked need has no last day: that is what tracking means.</summary>
    public static IReadOnlyList<ListingState> Fading { get; } = [ListingState.Published, ListingState.InTalks, ListingState.SecondDiagnosis];

    /// <summary>A broker has work with it.</summary>
    public static IReadOnlyList<ListingState> InWork { get; } = [.. Searchable, ListingState.Contracted, ListingState.Expired];

    /// <summary>Waits for somebody to look at it before it can be public.</summary>
    public static IReadOnlyList<ListingState> Waiting { get; } = [ListingState.AwaitingOffice, ListingState.Submitted];

    /// <summary>Where time passes on the way to the public; the stations that staff see the days of.</summary>
    public static IReadOnlyList<ListingState> Stations { get; } = [ListingState.AwaitingOffice, ListingState.Submitted, ListingState.Returned];
}
