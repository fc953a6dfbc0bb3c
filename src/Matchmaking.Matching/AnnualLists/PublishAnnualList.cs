using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>Publishes one list that is due: everything it writes goes into one save and so into one transaction.</summary>
public sealed class PublishAnnualList(MatchmakingDbContext db, ReadAnnualLists read)
{
    /// <summary>Says whether it published. A list that is not due, published already, left empty by withdrawals or waiting for the answer to an objection stays as it is.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed or published the list meanwhile; nothing was written.</exception>
    public async Task<bool> RunAsync(int listId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var list = await db.AnnualLists.Include(l => l.Entries).SingleAsync(l => l.Id == listId, cancellationToken);
        if (!list.IsDue(at)) return false;
        if (await db.Objections.AnyAsync(o => o.Round.ListId == listId && o.State == Rounds.ObjectionState.Open, cancellationToken)) return false;
        // The frozen text must be what the database gives back: it keeps no fraction below this.
        at = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var composed = await read.ComposeAsync(list, at, cancellationToken);
        if (composed.Document.Entries.Count == 0) return false;
        list.CloseNotice(at);
        list.DropWithdrawn(composed.Withdrawn, at);
        list.Publish(composed.Document.Freeze(composed.Ids), at);
        db.Audit(null, "list.publish", $"list:{list.SerialNumber}", at, $"{composed.Document.Entries.Count} entries {list.ContentHash}");
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
