using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    private const int MostTold = 20;

    public DbSet<ChecklistItem> ChecklistItems => Set<ChecklistItem>();
    public DbSet<CollectionRound> CollectionRounds => Set<CollectionRound>();
    public DbSet<RoundEntry> RoundEntries => Set<RoundEntry>();
    public DbSet<RoundCall> RoundCalls => Set<RoundCall>();
    public DbSet<ExpiryReminder> ExpiryReminders => Set<ExpiryReminder>();

    /// <summary>Tells whoever looks after a record: its author while he is a member, else the members of its organisation. The link leads to the owner's page.</summary>
    public async Task TellOwnersAsync(Listing listing, NoticeKind kind, DateTimeOffset at, CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        foreach (var id in await OwnersOfAsync(listing, cancellationToken)) Tell(id, kind, OwnersPage(listing), at, arguments);
    }

    /// <summary>Ids of those who are told of a record; at most 20.</summary>
    public async Task<IReadOnlyList<int>> OwnersOfAsync(Listing listing, CancellationToken cancellationToken)
    {
        var members = await Users.Where(u => u.OrganizationId == listing.OrganizationId && u.Membership == Membership.Member)
            .OrderBy(u => u.Id == listing.AuthorId ? 0 : 1).ThenBy(u => u.Id).Select(u => u.Id).Take(MostTold).ToListAsync(cancellationToken);
        return members.Contains(listing.AuthorId) ? [listing.AuthorId] : members;
    }

    /// <summary>People who belong to any of these organisations; who only asked to join is none of them.</summary>
    public IQueryable<User> MembersOf(IReadOnlyCollection<int> organizationIds) =>
        Users.Where(u => u.OrganizationId != null && organizationIds.Contains(u.OrganizationId.Value) && u.Membership == Membership.Member);

    private static string OwnersPage(Listing listing) => $"/my/{(listing is Need ? "needs" : "achievements")}/{listing.Id}/view";
}

internal sealed class ChecklistItemConfiguration : IEntityTypeConfiguration<ChecklistItem>
{
    public void Configure(EntityTypeBuilder<ChecklistItem> builder)
    {
        builder.Property(i => i.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.Code).HasMaxLength(30);
        builder.Property(i => i.Text).HasMaxLength(ChecklistItem.MaxText);
        builder.HasIndex(i => new { i.Stage, i.Position });
    }
}

internal sealed class CollectionRoundConfiguration : IEntityTypeConfiguration<CollectionRound>
{
    public void Configure(EntityTypeBuilder<CollectionRound> builder)
    {
        builder.Property(r => r.Title).HasMaxLength(CollectionRound.MaxTitle);
        builder.Property(r => r.Text).HasMaxLength(CollectionRound.MaxText);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Kinds).HasJsonList();
        builder.Property(r => r.OrganizationKinds).HasJsonList();
        builder.Property(r => r.Regions).HasJsonList();
        builder.Property(r => r.Offices).HasJsonList();
        builder.Property(r => r.Fields).HasJsonList();
        builder.Property(r => r.Intensity).HasJsonList();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => new { r.State, r.ClosesOn });
    }
}

internal sealed class RoundEntryConfiguration : IEntityTypeConfiguration<RoundEntry>
{
    public void Configure(EntityTypeBuilder<RoundEntry> builder)
    {
        builder.Property(e => e.Turnover).HasPrecision(18, 4);
        builder.Property(e => e.Research).HasPrecision(18, 4);
        builder.HasIndex(e => e.NeedId).IsUnique();
        builder.HasIndex(e => new { e.RoundId, e.OrganizationId });
        builder.HasOne(e => e.Round).WithMany(r => r.Entries).HasForeignKey(e => e.RoundId);
        builder.HasOne(e => e.Need).WithMany().HasForeignKey(e => e.NeedId);
    }
}

internal sealed class RoundCallConfiguration : IEntityTypeConfiguration<RoundCall>
{
    public void Configure(EntityTypeBuilder<RoundCall> builder)
    {
        builder.HasKey(c => new { c.RoundId, c.OrganizationId });
        // Who has told of it first wins; the other's notices are rolled back with his mark.
        builder.Property(c => c.RemindedFor).IsConcurrencyToken();
        builder.HasOne(c => c.Round).WithMany().HasForeignKey(c => c.RoundId);
        builder.HasOne(c => c.Organization).WithMany().HasForeignKey(c => c.OrganizationId);
    }
}

internal sealed class ExpiryReminderConfiguration : IEntityTypeConfiguration<ExpiryReminder>
{
    public void Configure(EntityTypeBuilder<ExpiryReminder> builder)
    {
        builder.HasKey(r => new { r.ListingId, r.ValidUntil, r.DaysBefore });
        builder.HasOne<Listing>().WithMany().HasForeignKey(r => r.ListingId).OnDelete(DeleteBehavior.Cascade);
    }
}
