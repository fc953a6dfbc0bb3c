using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Listings;

/// <summary>Differences in two columns, headed by whose they are.</summary>
public sealed record ChangesView(IReadOnlyList<FactChange> Changes, string Before, string After);

/// <summary>One row of the figures in the form; <paramref name="Index"/> is <c>n</c> in the template for scripts.</summary>
/// <param name="ErrorId">Id of the row's message; null when the row is right.</param>
/// <param name="Wrong">Parts of the row that are wrong: Name, Value, High, Unit.</param>
public sealed record QuantityRowView(string Index, int Number, QuantityInput Row, IReadOnlyList<FieldChoice> Comparisons, string? ErrorId, IReadOnlySet<string> Wrong, bool Focus);

/// <summary>Files beside a record, for readers who may have them.</summary>
public sealed record AttachmentsView(IReadOnlyList<Attachment> Files);

/// <summary>One revision with its content, and what it changed against the revision published before it.</summary>
public sealed record RevisionView(Listing Listing, Revision Revision, IReadOnlyList<Fact> Facts, IReadOnlyList<FactChange> Changes)
{
    public static RevisionView Of(Listing listing, Revision revision, ContentFacts facts)
    {
        var content = revision.Content(listing.ListingKind);
        var before = listing.Revisions.Where(r => r.Number < revision.Number && r.State == RevisionState.Published).MaxBy(r => r.Number);
        return new RevisionView(listing, revision, facts.All(content), before is null ? [] : facts.Between(before.Content(listing.ListingKind), content));
    }
}
