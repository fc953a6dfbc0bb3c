using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Writing;

/// <summary>Another need in a line: number, public title and page.</summary>
public sealed record OtherNeed(string Number, string Title, string Href);

/// <summary>How a need stands to others that are the same.</summary>
/// <param name="CoPosters">Names of the organisations behind it; for its owner and staff only.</param>
/// <param name="Differences">Needs that look the same, with what its author says of them.</param>
/// <param name="MergedInto">The need that it was merged into.</param>
public sealed record TogetherView(IReadOnlyList<string> CoPosters, IReadOnlyList<(OtherNeed Need, string Difference)> Differences, OtherNeed? MergedInto)
{
    public bool IsEmpty => CoPosters.Count == 0 && Differences.Count == 0 && MergedInto is null;
}

/// <summary>Reads what stands beside a need for its owner and for staff; the caller has asked for the right to read it.</summary>
public sealed class Togetherness(MatchmakingDbContext db)
{
    public async Task<TogetherView> OfAsync(Listing listing, CancellationToken cancellationToken)
    {
        if (listing is not Need) return new TogetherView([], [], null);
        // Both in one question: who stands behind it, and which need it was said to differ from.
        var rows = await db.CoPosters.Where(c => c.ListingId == listing.Id).Select(c => new { Differs = false, c.Id, Number = (string?)null, Text = c.Organization.Name, Difference = "" })
            .Concat(db.DuplicateAnswers.Where(a => a.ListingId == listing.Id).Select(a => new { Differs = true, a.Id, a.Other.Number, Text = a.Other.Title, a.Difference }))
            .OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var coPosters = rows.Where(r => !r.Differs).Select(r => r.Text).ToList();
        var differences = rows.Where(r => r.Differs);
        return new TogetherView(coPosters, [.. differences.Select(d => (Line(d.Number, d.Text), d.Difference))], listing.State == ListingState.Withdrawn ? await MergedIntoAsync(listing.Id, cancellationToken) : null);
    }

    /// <summary>The published need that a withdrawn one was merged into; null when there is none.</summary>
    public async Task<OtherNeed?> MergedIntoAsync(int listingId, CancellationToken cancellationToken) =>
        await db.ListingMerges.Where(m => m.ListingId == listingId && ListingStates.Searchable.Contains(m.Into.State)).Select(m => new { m.Into.Number, m.Into.Title })
            .SingleOrDefaultAsync(cancellationToken) is { } into ? Line(into.Number, into.Title) : null;

    /// <summary>Published needs of others that the organisation stands behind.</summary>
    public async Task<IReadOnlyList<OtherNeed>> JoinedAsync(int organizationId, CancellationToken cancellationToken) =>
        [.. (await db.CoPosters.Where(c => c.OrganizationId == organizationId && ListingStates.Searchable.Contains(c.Listing.State)).OrderByDescending(c => c.Id).Take(50)
            .Select(c => new { c.Listing.Number, c.Listing.Title }).ToListAsync(cancellationToken)).Select(n => Line(n.Number, n.Title))];

    private static OtherNeed Line(string? number, string title) => new(number ?? "", title, $"/{ListingAddresses.Needs}/{number}");
}
