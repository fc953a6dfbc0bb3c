using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>Publishes one list that is due and signed by three: everything it writes goes into one transaction.</summary>
public sealed class PublishAnnualList(MatchmakingDbContext db, ReadAnnualLists read, IRoundInputs rounds, IListSigner signer, AnnualListOptions options)
{
    /// <summary>Says whether it published. A list that is not due, not signed, published already, left empty by withdrawals or waiting for the answer to an objection stays as it is.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed or published the list meanwhile; nothing was written.</exception>
    public async Task<bool> RunAsync(int listId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var list = await db.AnnualLists.Include(l => l.Entries).Include(l => l.Signs).AsSplitQuery().SingleAsync(l => l.Id == listId, cancellationToken);
        if (!list.IsDue(at) || !list.IsSigned) return false;
        if (await db.Objections.AnyAsync(o => o.Round.ListId == listId && o.State == Rounds.ObjectionState.Open, cancellationToken)) return false;
        // The frozen text must be what the database gives back: it keeps no fraction below this.
        at = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var composed = await read.ComposeAsync(list, at, cancellationToken);
        if (composed.Document.Entries.Count == 0) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        list.CloseNotice(at);
        list.DropWithdrawn(composed.Withdrawn, at);
        var document = composed.Document with { Official = options.OfficialNumber(list.Kind, list.Year, list.Edition) };
        var json = document.ToCanonicalJson();
        var inside = (composed.Internal with { Official = document.Official }).ToCanonicalJson();
        var inputs = (await InputsAsync(list, document, composed.Ids, at, cancellationToken)).ToJson();
        var (key, signature) = await signer.SignAsync(json, at, cancellationToken);
        // A first key gets its number here.
        if (key.Id == 0) await db.SaveChangesAsync(cancellationToken);
        list.Publish(new FrozenList(
            json, ListDocument.HashOf(json), document.Entries.ToDictionary(e => composed.Ids[e.Number], e => System.Text.Json.JsonSerializer.Serialize(e, ListDocument.Canonical)), document.Official,
            inside, ListDocument.HashOf(inside), inputs, ListDocument.HashOf(inputs), key.Id, signature), at);
        db.Audit(null, "list.publish", $"list:{list.SerialNumber}", at, $"{document.Entries.Count} entries {list.ContentHash}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<ListInputs> InputsAsync(AnnualList list, ListDocument document, IReadOnlyDictionary<string, int> ids, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var listings = list.Entries.Select(e => e.ListingId).ToList();
        var numbers = await db.Listings.Where(l => listings.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Number ?? "", cancellationToken);
        var needs = list.Kind == AnnualListKind.KeyTechnologyNeeds;
        var rankers = await db.Matches.Where(m => listings.Contains(needs ? m.NeedId : m.AchievementId)).Select(m => m.RankerVersion).Distinct().OrderBy(v => v).ToListAsync(cancellationToken);
        var printed = document.Entries.ToDictionary(e => ids[e.Number]);
        var entries = list.Entries.OrderBy(e => e.State).ThenBy(e => e.Position).ThenBy(e => e.ListingId).Select(e => new ListInputEntry(
            printed.TryGetValue(e.ListingId, out var line) ? line.Position : e.Position, numbers[e.ListingId], e.Revision, line?.OwnerName, [.. e.Reasons.Select(r => r.Code)], e.Reason, line is not null));
        return new ListInputs(
            document.Serial, document.Official!, document.Kind, document.Year, list.Edition, document.CorrectsHash, document.CorrectionReason, document.NoticeFrom, document.NoticeUntil, at,
            document.Rules, [.. entries], rankers, await rounds.ReadAsync(list.CorrectsId ?? list.Id, cancellationToken));
    }
}
