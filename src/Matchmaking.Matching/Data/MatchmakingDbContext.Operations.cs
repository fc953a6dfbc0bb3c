using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<JobRun> JobRuns => Set<JobRun>();
}

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.HasKey(r => r.Name);
        builder.Property(r => r.Name).HasMaxLength(60);
        builder.Property(r => r.Failure).HasMaxLength(200);
    }
}
