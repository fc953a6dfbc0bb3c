using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Authorization;

namespace Matchmaking.Web.Authorization;

/// <summary>Every policy name. Roles open folders; the listing policies are asked with the loaded record.</summary>
public static class Policies
{
    /// <summary>Somebody who posts: enterprise member, researcher, or a recommending office for its members.</summary>
    public const string Poster = nameof(Poster);
    public const string PostNeeds = nameof(PostNeeds);
    public const string PostAchievements = nameof(PostAchievements);
    public const string Desk = nameof(Desk);

    /// <summary>A recommending office, for the records of its members.</summary>
    public const string Office = nameof(Office);
    public const string Staff = nameof(Staff);
    public const string Administration = nameof(Administration);

    /// <summary>With a listing: its owner organisation's members may change it.</summary>
    public const string EditListing = nameof(EditListing);

    /// <summary>With a listing: owner, responsible broker and staff may read what is not public (drafts, revisions, reasons, contact).</summary>
    public const string ReadListing = nameof(ReadListing);

    /// <summary>With a listing: the public layer; everybody once it is published, before that as <see cref="ReadListing"/>.</summary>
    public const string SeeListing = nameof(SeeListing);

    public static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(Poster, p => p.RequireRole(Roles.EnterpriseMember, Roles.Researcher));
        options.AddPolicy(PostNeeds, p => p.RequireRole(Roles.EnterpriseMember));
        options.AddPolicy(PostAchievements, p => p.RequireRole(Roles.Researcher));
        options.AddPolicy(Office, p => p.RequireRole(Roles.RecommendingOffice));
        options.AddPolicy(Desk, p => p.RequireRole(Roles.Broker));
        options.AddPolicy(Staff, p => p.RequireRole(Roles.Staff));
        options.AddPolicy(Administration, p => p.RequireRole(Roles.Administrator));
        options.AddPolicy(EditListing, p => p.RequireAuthenticatedUser().AddRequirements(new ListingRequirement(ListingAccess.Edit)));
        options.AddPolicy(ReadListing, p => p.RequireAuthenticatedUser().AddRequirements(new ListingRequirement(ListingAccess.Read)));
        options.AddPolicy(SeeListing, p => p.AddRequirements(new ListingRequirement(ListingAccess.See)));
    }
}
