using Matchmaking.Matching.Listings;

namespace Matchmaking.Jobs;

/// <summary>Where somebody who is told of a record's end can keep it open. The web program signs an address that needs no sign-in; a worker has not its keys.</summary>
public interface IRenewalLinks
{
    /// <summary>Address within the site, for this person and this end only.</summary>
    string For(Listing listing, int userId);
}

/// <summary>The owner's own page, behind sign-in.</summary>
internal sealed class SignedInRenewalLinks : IRenewalLinks
{
    public string For(Listing listing, int userId) => $"/my/{(listing is Need ? "needs" : "achievements")}/{listing.Id}/view";
}
