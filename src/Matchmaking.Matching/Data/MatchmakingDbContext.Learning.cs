using Matchmaking.Matching.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<RankerModel> RankerModels => Set<RankerModel>();
    public DbSet<RankerEvaluation> RankerEvaluations => Set<RankerEvaluation>();
}

internal sealed class RankerModelConfiguration : IEntityTypeConfiguration<RankerModel>
{
    public void Configure(EntityTypeBuilder<RankerModel> builder)
    {
        builder.HasIndex(m => m.Number).IsUnique();
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.DataHash).HasMaxLength(64);
        builder.Property(m => m.Reason).HasMaxLength(RankerModel.MaxReason);
        builder.Property(m => m.Changes).IsConcurrencyToken();
        // Two people who promote at once: one of them is told.
        builder.HasIndex(m => m.State).IsUnique().HasFilter($"\"State\" = '{nameof(RankerModelState.InUse)}'");
        builder.Ignore(m => m.Comparison);
        builder.Ignore(m => m.MayBePutInUse);
    }
}

internal sealed class RankerEvaluationConfiguration : IEntityTypeConfiguration<RankerEvaluation>
{
    public void Configure(EntityTypeBuilder<RankerEvaluation> builder)
    {
        builder.HasIndex(e => new { e.Day, e.Ranker }).IsUnique();
        builder.Property(e => e.Ranker).HasMaxLength(60);
        builder.Ignore(e => e.Measure);
    }
}
