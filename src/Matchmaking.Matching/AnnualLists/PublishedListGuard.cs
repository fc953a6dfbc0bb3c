using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>A published list never changes, whoever tries and by whatever way: the context asks here before every save.</summary>
internal static class PublishedListGuard
{
    public static void Check(EntityEntry entry)
    {
        var changes = entry.State is EntityState.Modified or EntityState.Deleted;
        var refused = entry.Entity switch
        {
            AnnualList => changes && entry.OriginalValues.GetValue<AnnualListState>(nameof(AnnualList.State)) == AnnualListState.Published,
            AnnualListEntry row => changes
                ? entry.OriginalValues.GetValue<bool>(nameof(AnnualListEntry.IsSealed))
                : entry.State == EntityState.Added && BelongsToPublished(entry, row.List, row.ListId),
            AnnualListStep row => changes || (entry.State == EntityState.Added && BelongsToPublished(entry, row.List, row.ListId)),
            AnnualListSign row => (changes || entry.State == EntityState.Added) && BelongsToPublished(entry, row.List, row.ListId),
            ListSigningKey => entry.State == EntityState.Deleted || (changes && entry.Property(nameof(ListSigningKey.PublicPem)).IsModified),
            _ => false,
        };
        if (refused) throw new InvalidOperationException("A published list never changes; a correction is a list of its own.");
    }

    private static bool BelongsToPublished(EntityEntry entry, AnnualList? list, int listId)
    {
        var tracked = entry.Context.ChangeTracker.Entries<AnnualList>().FirstOrDefault(l => l.Entity == list || (listId != 0 && l.Entity.Id == listId));
        // A row is only ever added through its list; without the list at hand nobody knows whether it is published.
        return tracked is null
            || (tracked.State != EntityState.Added
                && tracked.OriginalValues.GetValue<AnnualListState>(nameof(AnnualList.State)) == AnnualListState.Published);
    }
}
