using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Matchmaking.Web.Authorization;

/// <summary>How near a reader stands to a record: anybody, a member of a verified organisation, somebody named in a consent, or owner, broker and staff.</summary>
public enum ReaderLayer { Public, Member, Named, Inside }

/// <summary>What of a record is not simply for everybody.</summary>
public enum ListingPart
{
    /// <summary>The organisation's name, and what leads to it: inventors and the number of the right.</summary>
    Owner,

    /// <summary>Files that staff have published; a document's properties may name its author.</summary>
    Files,

    /// <summary>Files that wait for staff.</summary>
    UnreleasedFiles,

    /// <summary>Person, phone and mail. Shown in a case after both consents, and each showing is stored.</summary>
    Contact,
}

/// <summary>
/// Which part of a record which reader gets; the one place that says so. An anonymous record opens its name and files to a reader named in a consent only,
/// and contacts open to him alone, whatever the disclosure.
/// </summary>
public sealed class Layers(CurrentUser current, IAuthorizationService authorization)
{
    public static bool Shows(ListingPart part, ReaderLayer reader, Disclosure disclosure) => part switch
    {
        ListingPart.Owner or ListingPart.Files => disclosure switch
        {
            Disclosure.Named => true,
            Disclosure.Members => reader >= ReaderLayer.Member,
            _ => reader >= ReaderLayer.Named,
        },
        ListingPart.Contact => reader >= ReaderLayer.Named,
        ListingPart.UnreleasedFiles => reader == ReaderLayer.Inside,
        _ => false,
    };

    /// <summary>The layer of the reader of this request outside any case. Named readers are known by their case, which asks there.</summary>
    public async Task<ReaderLayer> OfAsync(Listing listing)
    {
        if ((await authorization.AuthorizeAsync(current.Principal, listing, Policies.ReadListing)).Succeeded) return ReaderLayer.Inside;
        return await current.OrganizationAsync() is { IsVerified: true } ? ReaderLayer.Member : ReaderLayer.Public;
    }
}
