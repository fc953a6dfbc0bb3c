using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<OpenLicence> OpenLicences => Set<OpenLicence>();
    public DbSet<OpenLicenceAcceptance> OpenLicenceAcceptances => Set<OpenLicenceAcceptance>();
}

internal sealed class OpenLicenceConfiguration : IEntityTypeConfiguration<OpenLicence>
{
    public void Configure(EntityTypeBuilder<OpenLicence> builder)
    {
        builder.Property(l => l.Patent).HasMaxLength(30);
        builder.Property(l => l.Fee).HasConversion<string>().HasMaxLength(10);
        builder.Property(l => l.State).HasConversion<string>().HasMaxLength(10);
        builder.Property(l => l.Conditions).HasMaxLength(OpenLicenceTerms.MaxConditions);
        builder.Property(l => l.WithdrawnBecause).HasMaxLength(OpenLicenceTerms.MaxConditions);
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.HasIndex(l => new { l.State, l.Until });
        // One statement stands for an achievement, however many click at once.
        builder.HasIndex(l => l.AchievementId).IsUnique().HasFilter("\"State\" = 'Posted'");
        builder.HasOne(l => l.Achievement).WithMany().HasForeignKey(l => l.AchievementId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organization>().WithMany().HasForeignKey(l => l.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OpenLicenceAcceptanceConfiguration : IEntityTypeConfiguration<OpenLicenceAcceptance>
{
    public void Configure(EntityTypeBuilder<OpenLicenceAcceptance> builder)
    {
        builder.HasIndex(a => new { a.LicenceId, a.OrganizationId }).IsUnique();
        builder.HasOne(a => a.Licence).WithMany(l => l.Acceptances).HasForeignKey(a => a.LicenceId);
        builder.HasOne(a => a.Contract).WithMany().HasForeignKey(a => a.ContractId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}
