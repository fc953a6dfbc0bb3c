using Matchmaking.Matching.Data;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>Lists as readers see them: the frozen document once published, before that the same document made from the revisions taken in.</summary>
public sealed class ReadAnnualLists(MatchmakingDbContext db)
{
    /// <summary>The list if readers may see it on that day.</summary>
    public async Task<AnnualList?> FindPublicAsync(int year, AnnualListKind kind, DateOnly today, CancellationToken cancellationToken)
    {
        var list = await db.AnnualLists.AsNoTracking().SingleOrDefaultAsync(l => l.Year == year && l.Kind == kind, cancellationToken);
        return list is not null && list.IsPublicOn(today) ? list : null;
    }

    /// <summary>Every list that readers may see, newest year first; without entries.</summary>
    public async Task<IReadOnlyList<AnnualList>> AllPublicAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var lists = await db.AnnualLists.AsNoTracking().Where(l => l.State != AnnualListState.Open)
            .OrderByDescending(l => l.Year).ThenBy(l => l.Kind).ToListAsync(cancellationToken);
        return [.. lists.Where(l => l.IsPublicOn(today))];
    }

    public async Task<ListDocument> DocumentAsync(AnnualList list, CancellationToken cancellationToken) =>
        list.FrozenJson is { } json ? ListDocument.Parse(json) : (await ComposeAsync(list, null, cancellationToken)).Document;

    /// <summary>The document of the year before, when it was published.</summary>
    public async Task<ListDocument?> BeforeAsync(AnnualList list, CancellationToken cancellationToken)
    {
        var json = await db.AnnualLists.AsNoTracking()
            .Where(l => l.Kind == list.Kind && l.Year == list.Year - 1 && l.State == AnnualListState.Published)
            .Select(l => l.FrozenJson).SingleOrDefaultAsync(cancellationToken);
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
        foreach (var row in rows)
        {
            var listing = listings[row.ListingId];
            if (listing.IsPublic) entries.Add(ListDocumentEntry.Of(entries.Count + 1, listing, row.Revision, row.RevisionRow.Content(kind)));
        }
        var document = new ListDocument(list.SerialNumber, list.Kind, list.Year, list.NoticeFrom, list.NoticeUntil, publishedAt, list.Rules, entries);
        return new ComposedList(
            document,
            listings.Values.Where(l => l.IsPublic).ToDictionary(l => l.Number!, l => l.Id, StringComparer.Ordinal),
            listings.Values.Where(l => !l.IsPublic).Select(l => l.Id).ToHashSet());
    }
}

/// <param name="Ids">Listing ids by number.</param>
/// <param name="Withdrawn">Ids of entries whose listing is public no longer.</param>
internal sealed record ComposedList(ListDocument Document, IReadOnlyDictionary<string, int> Ids, IReadOnlySet<int> Withdrawn);
