using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportedListing> ImportedListings => Set<ImportedListing>();
    public DbSet<ImportColumnChoice> ImportColumnChoices => Set<ImportColumnChoice>();
}

internal sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.Property(i => i.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.Unit).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.FileName).HasMaxLength(Import.MaxFileName);
        builder.Property(i => i.StoredName).HasMaxLength(32);
        builder.Property(i => i.Sha256).HasMaxLength(64);
        builder.Property(i => i.Language).HasMaxLength(10);
        builder.Property(i => i.Failure).HasMaxLength(Import.MaxFailure);
        builder.Property(i => i.Chosen).HasJsonList();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Ignore(i => i.ChosenColumns);
        builder.HasIndex(i => new { i.UserId, i.CreatedAt });
        // The work of the jobs: what waits, and whose files are to go.
        builder.HasIndex(i => new { i.State, i.FilesDeleted });
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportedListingConfiguration : IEntityTypeConfiguration<ImportedListing>
{
    public void Configure(EntityTypeBuilder<ImportedListing> builder)
    {
        builder.HasKey(i => i.ListingId);
        builder.Property(i => i.ExternalNumber).HasMaxLength(ImportedListing.MaxExternalNumber);
        builder.HasIndex(i => i.ImportId);
        builder.HasOne(i => i.Listing).WithOne().HasForeignKey<ImportedListing>(i => i.ListingId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportColumnChoiceConfiguration : IEntityTypeConfiguration<ImportColumnChoice>
{
    public void Configure(EntityTypeBuilder<ImportColumnChoice> builder)
    {
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Field).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.Heading).HasMaxLength(SheetColumn.MaxKey);
        builder.HasIndex(c => new { c.OrganizationId, c.Kind, c.Heading }).IsUnique();
        builder.HasOne<Organization>().WithMany().HasForeignKey(c => c.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }
}
