namespace Matchmaking.Matching.Listings;

public static class ListingQueries
{
    /// <summary>Records written here. A paper of a repository has no owner who could be reminded, asked or accompanied.</summary>
    public static IQueryable<Listing> Written(this IQueryable<Listing> listings) => listings.Where(l => !(l is Achievement && ((Achievement)l).Source != null));

    /// <summary>Written here, published, and no broker is responsible for them.</summary>
    public static IQueryable<Listing> WithoutBroker(this IQueryable<Listing> listings) => listings.Written().Where(l => ListingStates.Searchable.Contains(l.State) && l.BrokerId == null);
}
