using System.Text.Json;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

internal sealed class AnnualListConfiguration : IEntityTypeConfiguration<AnnualList>
{
    public void Configure(EntityTypeBuilder<AnnualList> builder)
    {
        builder.Property(l => l.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(l => l.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Rules).HasConversion(
            rules => JsonSerializer.Serialize(rules, Revision.Json),
            text => JsonSerializer.Deserialize<AnnualListRules>(text, Revision.Json)!);
        builder.Property(l => l.ContentHash).HasMaxLength(64);
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.Listed);
        builder.Ignore(l => l.SerialNumber);
        // Whoever changes a signed list takes the signatures away, so they are always at hand.
        builder.Navigation(l => l.Signs).AutoInclude();
        builder.Ignore(l => l.NextSign);
        builder.Ignore(l => l.IsSigned);
        builder.Ignore(l => l.IsCorrection);
        builder.Property(l => l.Edition).HasDefaultValue(1);
        builder.Property(l => l.CorrectionReason).HasMaxLength(AnnualList.MaxReason);
        builder.Property(l => l.OfficialNumber).HasMaxLength(80);
        builder.Property(l => l.InternalHash).HasMaxLength(64);
        builder.Property(l => l.InputsHash).HasMaxLength(64);
        builder.Property(l => l.Signature).HasMaxLength(200);
        builder.HasIndex(l => new { l.Kind, l.Year, l.Edition }).IsUnique();
        builder.HasIndex(l => new { l.State, l.PublishAt });
    }
}

internal sealed class AnnualListEntryConfiguration : IEntityTypeConfiguration<AnnualListEntry>
{
    public void Configure(EntityTypeBuilder<AnnualListEntry> builder)
    {
        builder.Property(e => e.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Reason).HasMaxLength(AnnualList.MaxReason);
        builder.Property(e => e.Reasons).HasJsonList();
        builder.HasIndex(e => new { e.ListId, e.ListingId }).IsUnique();
        builder.HasOne(e => e.List).WithMany(l => l.Entries).HasForeignKey(e => e.ListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Listing).WithMany().HasForeignKey(e => e.ListingId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AnnualListStepConfiguration : IEntityTypeConfiguration<AnnualListStep>
{
    public void Configure(EntityTypeBuilder<AnnualListStep> builder)
    {
        builder.Property(s => s.Act).HasMaxLength(20);
        builder.Property(s => s.Remark).HasMaxLength(AnnualList.MaxReason);
        builder.HasOne(s => s.List).WithMany(l => l.Steps).HasForeignKey(s => s.ListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Entry).WithMany().HasForeignKey(s => s.EntryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AnnualListSignConfiguration : IEntityTypeConfiguration<AnnualListSign>
{
    public void Configure(EntityTypeBuilder<AnnualListSign> builder)
    {
        builder.Property(s => s.Role).HasConversion<string>().HasMaxLength(10);
        builder.HasIndex(s => new { s.ListId, s.Role }).IsUnique();
        builder.HasOne(s => s.List).WithMany(l => l.Signs).HasForeignKey(s => s.ListId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ListSigningKeyConfiguration : IEntityTypeConfiguration<ListSigningKey>
{
    public void Configure(EntityTypeBuilder<ListSigningKey> builder)
    {
        builder.Property(k => k.Reason).HasMaxLength(AnnualList.MaxReason);
        builder.HasIndex(k => k.Until);
    }
}

internal sealed class IndicatorReportConfiguration : IEntityTypeConfiguration<IndicatorReport>
{
    public void Configure(EntityTypeBuilder<IndicatorReport> builder)
    {
        builder.Property(r => r.Code).HasMaxLength(8);
        builder.Property(r => r.Source).HasMaxLength(IndicatorReport.MaxSource);
        builder.HasIndex(r => new { r.Code, r.AsOf });
        builder.HasIndex(r => r.CreationKey).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.EnteredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IndicatorCountConfiguration : IEntityTypeConfiguration<IndicatorCount>
{
    public void Configure(EntityTypeBuilder<IndicatorCount> builder)
    {
        builder.Property(c => c.Code).HasMaxLength(8);
        builder.Property(c => c.Rule).HasMaxLength(60);
        builder.Property(c => c.Rows).HasJsonList();
        builder.Property(c => c.Digest).HasMaxLength(64);
        builder.HasIndex(c => new { c.Code, c.Day }).IsUnique();
    }
}

internal sealed class IndicatorLineConfiguration : IEntityTypeConfiguration<IndicatorLine>
{
    public void Configure(EntityTypeBuilder<IndicatorLine> builder)
    {
        builder.Property(l => l.Code).HasMaxLength(8);
        builder.Property(l => l.Number).HasMaxLength(CountedLine.MaxNumber);
        builder.Property(l => l.Title).HasMaxLength(CountedLine.MaxTitle);
        builder.Property(l => l.AlsoIn).HasMaxLength(40);
        builder.HasIndex(l => new { l.Code, l.GoneOn });
        builder.HasIndex(l => new { l.Code, l.FromDay });
    }
}
