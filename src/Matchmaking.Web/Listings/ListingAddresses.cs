using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Web.Listings;

/// <summary>Where the pages of a listing lie. The same words stand in the routes as <c>{side:side}</c>.</summary>
public static class ListingAddresses
{
    public const string Needs = "needs";
    public const string Achievements = "achievements";

    public static string Side(ListingKind kind) => kind == ListingKind.Need ? Needs : Achievements;

    public static ListingKind Kind(string? side) =>
        string.Equals(side, Achievements, StringComparison.OrdinalIgnoreCase) ? ListingKind.Achievement : ListingKind.Need;

    public static string New(ListingKind kind) => $"/my/{Side(kind)}/new";

    public static string Form(Listing listing) => $"/my/{Side(listing.ListingKind)}/{listing.Id}";

    public static string View(Listing listing) => Form(listing) + "/view";

    /// <summary>The owner's page of found counterparts.</summary>
    public static string Matches(Listing listing) => Form(listing) + "/matches";

    public static string Revision(Listing listing, int number) => $"{Form(listing)}/revisions/{number}";

    /// <summary>The stable public address; null before the first publication.</summary>
    public static string? Public(Listing listing) => listing.Number is { } number ? $"/{Side(listing.ListingKind)}/{number}" : null;

    public static string Review(int id) => $"/staff/review/{id}";

    public static string Attachment(int id) => $"/attachments/{id}";
}

/// <summary>Route constraint <c>side</c>: needs or achievements.</summary>
public sealed class SideConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value?.ToString() is { } side
        && (side.Equals(ListingAddresses.Needs, StringComparison.OrdinalIgnoreCase) || side.Equals(ListingAddresses.Achievements, StringComparison.OrdinalIgnoreCase));
}
