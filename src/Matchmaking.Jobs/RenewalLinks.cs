using System.Security.Cryptography;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Jobs;

/// <summary>Where somebody who is told of a record's end can keep it open.</summary>
public interface IRenewalLinks
{
    /// <summary>Address within the site, for this person and this end only.</summary>
    string For(Listing listing, int userId);
}

/// <summary>
/// The worker's links, signed with the keys of the web program's data folder. While there are none that it can read (a worker that was started first, or with
/// a folder of its own), it names the owner's page, which asks for sign-in: a link that nobody can open would be worse.
/// </summary>
internal sealed class RenewalLinks(ProtectedRenewalLinks signed) : IRenewalLinks
{
    public string For(Listing listing, int userId)
    {
        try
        {
            return signed.For(listing, userId);
        }
        catch (CryptographicException)
        {
            return $"/my/{(listing is Need ? "needs" : "achievements")}/{listing.Id}/view";
        }
    }
}
