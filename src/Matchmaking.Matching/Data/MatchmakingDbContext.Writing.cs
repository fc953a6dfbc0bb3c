using Matchmaking.Matching.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<CoPoster> CoPosters => Set<CoPoster>();
    public DbSet<DuplicateAnswer> DuplicateAnswers => Set<DuplicateAnswer>();
    public DbSet<ListingMerge> ListingMerges => Set<ListingMerge>();
}

internal sealed class CoPosterConfiguration : IEntityTypeConfiguration<CoPoster>
{
    public void Configure(EntityTypeBuilder<CoPoster> builder)
    {
        // Two presses of one button make one.
        builder.HasIndex(c => new { c.ListingId, c.OrganizationId }).IsUnique();
        builder.HasOne(c => c.Listing).WithMany().HasForeignKey(c => c.ListingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(c => c.Organization).WithMany().HasForeignKey(c => c.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DuplicateAnswerConfiguration : IEntityTypeConfiguration<DuplicateAnswer>
{
    public void Configure(EntityTypeBuilder<DuplicateAnswer> builder)
    {
        builder.Property(a => a.Difference).HasMaxLength(DuplicateAnswer.MaxDifference);
        builder.HasIndex(a => new { a.ListingId, a.OtherId }).IsUnique();
        builder.HasOne(a => a.Listing).WithMany().HasForeignKey(a => a.ListingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(a => a.Other).WithMany().HasForeignKey(a => a.OtherId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ListingMergeConfiguration : IEntityTypeConfiguration<ListingMerge>
{
    public void Configure(EntityTypeBuilder<ListingMerge> builder)
    {
        builder.HasIndex(m => m.ListingId).IsUnique();
        builder.HasOne(m => m.Listing).WithMany().HasForeignKey(m => m.ListingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.Into).WithMany().HasForeignKey(m => m.IntoId).OnDelete(DeleteBehavior.Restrict);
    }
}
