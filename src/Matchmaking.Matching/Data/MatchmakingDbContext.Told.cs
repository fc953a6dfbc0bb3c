using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<MailSettings> MailSettings => Set<MailSettings>();
    public DbSet<MailChoice> MailChoices => Set<MailChoice>();
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();
    public DbSet<SavedSearchHit> SavedSearchHits => Set<SavedSearchHit>();
    public DbSet<Follow> Follows => Set<Follow>();
    public DbSet<FollowHit> FollowHits => Set<FollowHit>();
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.Property(m => m.Key).HasMaxLength(OutgoingMail.MaxKey);
        builder.HasIndex(m => m.Key).IsUnique();
        builder.Property(m => m.Frequency).HasConversion<string>().HasMaxLength(10);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(10);
        builder.Property(m => m.Failure).HasMaxLength(OutgoingMail.MaxFailure);
        // The work of the sending job.
        builder.HasIndex(m => new { m.State, m.NextTryAt });
        builder.HasMany(m => m.Notices).WithOne(n => n.Mail).HasForeignKey(n => n.MailId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailSettingsConfiguration : IEntityTypeConfiguration<MailSettings>
{
    public void Configure(EntityTypeBuilder<MailSettings> builder)
    {
        builder.HasKey(s => s.UserId);
        builder.Property(s => s.UserId).ValueGeneratedNever();
        builder.Property(s => s.Key).HasMaxLength(2 * Notices.MailSettings.KeyLength);
        builder.HasOne<User>().WithOne().HasForeignKey<MailSettings>(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailChoiceConfiguration : IEntityTypeConfiguration<MailChoice>
{
    public void Configure(EntityTypeBuilder<MailChoice> builder)
    {
        builder.HasKey(c => new { c.UserId, c.Kind });
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.Frequency).HasConversion<string>().HasMaxLength(10);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SavedSearchConfiguration : IEntityTypeConfiguration<SavedSearch>, IEntityTypeConfiguration<SavedSearchHit>
{
    public void Configure(EntityTypeBuilder<SavedSearch> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(SavedSearch.MaxName);
        builder.Property(s => s.Text).HasMaxLength(SavedSearch.MaxText);
        builder.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Frequency).HasConversion<string>().HasMaxLength(10);
        builder.Property(s => s.Facets).HasJsonList();
        builder.Ignore(s => s.Filters);
        builder.HasIndex(s => s.UserId);
        builder.HasIndex(s => s.SeenUntil);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SavedSearchHit> builder)
    {
        builder.HasKey(h => new { h.SavedSearchId, h.ListingId });
        builder.HasOne<SavedSearch>().WithMany().HasForeignKey(h => h.SavedSearchId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Listing>().WithMany().HasForeignKey(h => h.ListingId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FollowConfiguration : IEntityTypeConfiguration<Follow>, IEntityTypeConfiguration<FollowHit>
{
    public void Configure(EntityTypeBuilder<Follow> builder)
    {
        builder.Property(f => f.Target).HasMaxLength(40);
        builder.Property(f => f.Field).HasConversion<string>().HasMaxLength(30);
        builder.Property(f => f.Frequency).HasConversion<string>().HasMaxLength(10);
        builder.Property(f => f.SeenState).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(f => new { f.UserId, f.Target }).IsUnique();
        builder.HasIndex(f => f.ListingId);
        builder.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Listing>().WithMany().HasForeignKey(f => f.ListingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organization>().WithMany().HasForeignKey(f => f.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<FollowHit> builder)
    {
        builder.HasKey(h => new { h.FollowId, h.ListingId });
        builder.HasOne<Follow>().WithMany().HasForeignKey(h => h.FollowId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Listing>().WithMany().HasForeignKey(h => h.ListingId).OnDelete(DeleteBehavior.Cascade);
    }
}
