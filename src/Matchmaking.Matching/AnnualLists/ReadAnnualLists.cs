using Matchmaking.Matching.Data;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>Lists as readers see them: the frozen document once published, before that the same document made from the revisions taken in.</summary>
public sealed class ReadAnnualLists(MatchmakingDbContext db)
{
    /// <summary>The latest edition that readers may see on that day, or the one asked for.</summary>
    public async Task<AnnualList?> FindPublicAsync(int year, AnnualListKind kind, DateOnly today, CancellationToken cancellationToken, int? edition = null) =>
        (await EditionsAsync(year, kind, today, cancellationToken)).FirstOrDefault(l => edition is null || l.Edition == edition);

    /// <summary>Every edition of a year's list that readers may see, newest first.</summary>
    public async Task<IReadOnlyList<AnnualList>> EditionsAsync(int year, AnnualListKind kind, DateOnly today, CancellationToken cancellationToken)
    {
        var lists = await db.AnnualLists.AsNoTracking().Where(l => l.Year == year && l.Kind == kind).OrderByDescending(l => l.Edition).ToListAsync(cancellationToken);
        return [.. lists.Where(l => l.IsPublicOn(today))];
    }

    /// <summary>The latest edition of every list that readers may see, newest year first; without entries.</summary>
    public async Task<IReadOnlyList<AnnualList>> AllPublicAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var lists = await db.AnnualLists.AsNoTracking().Where(l => l.State != AnnualListState.Open)
            .OrderByDescending(l => l.Year).ThenBy(l => l.Kind).ThenByDescending(l => l.Edition).ToListAsync(cancellationToken);
        return [.. lists.Where(l => l.IsPublicOn(today)).DistinctBy(l => (l.Year, l.Kind))];
    }

    public async Task<ListDocument> DocumentAsync(AnnualList list, CancellationToken cancellationToken) =>
        list.FrozenJson is { } json ? ListDocument.Parse(json) : (await ComposeAsync(list, null, cancellationToken)).Document;

    /// <summary>The document of the year before, when it was published.</summary>
    public async Task<ListDocument?> BeforeAsync(AnnualList list, CancellationToken cancellationToken)
    {
        var json = await db.AnnualLists.AsNoTracking()
            .Where(l => l.Kind == list.Kind && l.Year == list.Year - 1 && l.State == AnnualListState.Published)
            .OrderByDescending(l => l.Edition).Select(l => l.FrozenJson).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : ListDocument.Parse(json);
    }

    /// <summary>
    /// The document of a list that is not frozen yet. What its owner has withdrawn is not in it, and positions close up.
    /// </summary>
    /// <param name="publishedAt">The moment of publication when the document is made to be frozen.</param>
    internal async Task<ComposedList> ComposeAsync(AnnualList list, DateTimeOffset? publishedAt, CancellationToken cancellationToken)
    {
        var rows = await (
            from entry in db.AnnualListEntries.AsNoTracking()
            where entry.ListId == list.Id && entry.State == AnnualListEntryState.In
            join revision in db.Revisions.AsNoTracking() on new { entry.ListingId, Number = entry.Revision } equals new { revision.ListingId, revision.Number }
            orderby entry.Position
            select new { entry.ListingId, entry.Revision, RevisionRow = revision }).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.ListingId).ToList();
        var listings = await db.Listings.AsNoTracking().Include(l => l.Organization)
            .Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellationToken);

        var kind = list.Kind == AnnualListKind.KeyTechnologyNeeds ? ListingKind.Need : ListingKind.Achievement;
        var entries = new List<ListDocumentEntry>();
        var inside = new List<ListDocumentEntry>();
        foreach (var row in rows)
        {
            var listing = listings[row.ListingId];
            if (!listing.IsPublic) continue;
            entries.Add(ListDocumentEntry.Of(entries.Count + 1, listing, row.Revision, row.RevisionRow.Content(kind)));
            inside.Add(entries[^1] with { OwnerName = listing.Organization.Name });
        }
        var corrected = list.CorrectsId is { } correctsId ? await db.AnnualLists.Where(l => l.Id == correctsId).Select(l => l.ContentHash).SingleAsync(cancellationToken) : null;
        var document = new ListDocument(list.SerialNumber, list.Kind, list.Year, list.NoticeFrom, list.NoticeUntil, publishedAt, list.Rules, entries)
        {
            Edition = list.IsCorrection ? list.Edition : null, CorrectsHash = corrected, CorrectionReason = list.CorrectionReason,
        };
        return new ComposedList(
            document,
            document with { Entries = inside },
            listings.Values.Where(l => l.IsPublic).ToDictionary(l => l.Number!, l => l.Id, StringComparer.Ordinal),
            listings.Values.Where(l => !l.IsPublic).Select(l => l.Id).ToHashSet());
    }

    /// <summary>The public document once more, from nothing but its frozen inputs and the revisions that they name.</summary>
    /// <exception cref="InvalidOperationException">A revision is no longer there.</exception>
    internal async Task<ListDocument> RebuildAsync(ListInputs inputs, CancellationToken cancellationToken)
    {
        var kind = inputs.Kind == AnnualListKind.KeyTechnologyNeeds ? ListingKind.Need : ListingKind.Achievement;
        var listed = inputs.Entries.Where(e => e.IsListed).OrderBy(e => e.Position).ToList();
        var numbers = listed.Select(e => e.Number).ToList();
        var revisions = await db.Revisions.AsNoTracking().Where(r => numbers.Contains(r.Listing.Number!)).Select(r => new { Key = r.Listing.Number!, r.Number, Row = r }).ToListAsync(cancellationToken);
        var entries = listed.Select(e => ListDocumentEntry.Of(e.Position, e.Number, e.Revision, revisions.Single(r => r.Key == e.Number && r.Number == e.Revision).Row.Content(kind), e.OwnerName)).ToList();
        return new ListDocument(inputs.Serial, inputs.Kind, inputs.Year, inputs.NoticeFrom, inputs.NoticeUntil, inputs.PublishedAt, inputs.Rules, entries)
        {
            Official = inputs.Official, Edition = inputs.Edition > 1 ? inputs.Edition : null, CorrectsHash = inputs.CorrectsHash, CorrectionReason = inputs.CorrectionReason,
        };
    }
}

/// <param name="Ids">Listing ids by number.</param>
/// <param name="Withdrawn">Ids of entries whose listing is public no longer.</param>
/// <param name="Internal">The same with the names of anonymous owners.</param>
internal sealed record ComposedList(ListDocument Document, ListDocument Internal, IReadOnlyDictionary<string, int> Ids, IReadOnlySet<int> Withdrawn);
