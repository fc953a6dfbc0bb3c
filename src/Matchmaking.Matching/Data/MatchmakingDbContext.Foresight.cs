using Matchmaking.Matching.Foresight;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<ForesightReport> ForesightReports => Set<ForesightReport>();
    public DbSet<ForesightRevision> ForesightRevisions => Set<ForesightRevision>();
}

internal sealed class ForesightReportConfiguration : IEntityTypeConfiguration<ForesightReport>
{
    public void Configure(EntityTypeBuilder<ForesightReport> builder)
    {
        builder.Property(r => r.Scope).HasMaxLength(30);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.CorrectionReason).HasMaxLength(ForesightReport.MaxReason);
        builder.Property(r => r.Sections).HasJsonList();
        builder.Property(r => r.Signs).HasJsonList();
        builder.Property(r => r.Committee).HasJsonList();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.Field).Ignore(r => r.Serial).Ignore(r => r.Figures).Ignore(r => r.NextSign);
        builder.HasIndex(r => new { r.Year, r.Scope, r.Edition }).IsUnique();
        builder.HasMany(r => r.Revisions).WithOne(v => v.Report).HasForeignKey(v => v.ReportId);
        builder.Navigation(r => r.Revisions).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class ForesightRevisionConfiguration : IEntityTypeConfiguration<ForesightRevision>
{
    public void Configure(EntityTypeBuilder<ForesightRevision> builder)
    {
        builder.Property(v => v.Sections).HasJsonList();
        builder.HasIndex(v => new { v.ReportId, v.Number }).IsUnique();
    }
}
