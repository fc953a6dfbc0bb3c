using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Listings;

/// <summary>From a published record to what search and ranking may know of it. The only such way, so redaction happens once.</summary>
public static class ListingDocuments
{
    public static ListingDocument ToDocument(this Listing listing) => new(
        listing.Id,
        listing.ListingKind,
        listing.Number ?? throw new InvalidOperationException("Only a published listing has a document."),
        listing.Title,
        listing.Summary,
        listing.Description,
        listing.Keywords,
        listing.IsAnonymous ? null : listing.Organization.Name,
        listing.Field.ToString() ?? "",
        listing.Industry,
        listing.Region,
        listing switch { Need need => need.Horizon?.ToString(), Achievement achievement => achievement.Stage?.ToString(), _ => null },
        listing.Money,
        [.. listing.Cooperation.Select(mode => mode.ToString())],
        listing switch { Need need => need.MinimumTrl, Achievement achievement => achievement.Trl, _ => null },
        listing.Quantities,
        (listing as Need)?.Deadline,
        listing.PublishedAt ?? listing.CreatedAt,
        // A tracked need is tried on every new achievement, whatever day it named once.
        listing.State == ListingState.Tracked ? DateOnly.MaxValue : listing.ValidUntil ?? DateOnly.MaxValue,
        listing.ConfirmedAt);
}
