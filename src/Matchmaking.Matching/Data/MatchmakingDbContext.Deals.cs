using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<Contract> Contracts => Set<Contract>();
    public DbSet<ContractPartyRow> ContractParties => Set<ContractPartyRow>();
    public DbSet<ContractAchievement> ContractAchievements => Set<ContractAchievement>();
    public DbSet<ContractStep> ContractSteps => Set<ContractStep>();
    public DbSet<ContractVersion> ContractVersions => Set<ContractVersion>();
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();
    public DbSet<SolutionProof> SolutionProofs => Set<SolutionProof>();
    public DbSet<PriceNotice> PriceNotices => Set<PriceNotice>();
    public DbSet<PriceObjection> PriceObjections => Set<PriceObjection>();
}

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> builder)
    {
        builder.Property(c => c.Title).HasMaxLength(ContractContent.MaxTitle);
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.SubKind).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.Field).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.RegistrationNumber).HasMaxLength(Contract.MaxRegistrationNumber);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.CreationKey).IsUnique();
        // One registration, one contract: the second to enter a number is told.
        // With a filter for the reason that the number of a listing has one.
        builder.HasIndex(c => c.RegistrationNumber).IsUnique().HasFilter("\"RegistrationNumber\" IS NOT NULL");
        builder.HasIndex(c => new { c.State, c.SignedOn });
        builder.HasIndex(c => c.RegisteredOn);
        builder.HasIndex(c => c.BrokerId);
        builder.HasIndex(c => c.CaseId);
        builder.HasOne<Need>().WithMany().HasForeignKey(c => c.NeedId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.BrokerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContractPartyConfiguration : IEntityTypeConfiguration<ContractPartyRow>
{
    public void Configure(EntityTypeBuilder<ContractPartyRow> builder)
    {
        builder.ToTable("ContractParties");
        builder.Property(p => p.Side).HasConversion<string>().HasMaxLength(10);
        builder.Property(p => p.Name).HasMaxLength(ContractContent.MaxName);
        builder.Property(p => p.CreditCode).HasMaxLength(CreditCode.Length);
        builder.Property(p => p.Region).HasMaxLength(6);
        builder.HasIndex(p => p.OrganizationId);
        builder.HasIndex(p => p.CreditCode);
        builder.HasOne(p => p.Contract).WithMany(c => c.Parties).HasForeignKey(p => p.ContractId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContractAchievementConfiguration : IEntityTypeConfiguration<ContractAchievement>
{
    public void Configure(EntityTypeBuilder<ContractAchievement> builder)
    {
        builder.HasKey(a => new { a.ContractId, a.AchievementId });
        builder.HasOne(a => a.Contract).WithMany(c => c.Achievements).HasForeignKey(a => a.ContractId);
        builder.HasOne<Achievement>().WithMany().HasForeignKey(a => a.AchievementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContractStepConfiguration : IEntityTypeConfiguration<ContractStep>
{
    public void Configure(EntityTypeBuilder<ContractStep> builder)
    {
        builder.Property(s => s.From).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.To).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Remark).HasMaxLength(Contract.MaxReason);
        builder.HasOne(s => s.Contract).WithMany(c => c.Steps).HasForeignKey(s => s.ContractId);
    }
}

internal sealed class ContractVersionConfiguration : IEntityTypeConfiguration<ContractVersion>
{
    public void Configure(EntityTypeBuilder<ContractVersion> builder)
    {
        builder.Property(v => v.Why).HasMaxLength(20);
        builder.Property(v => v.RegistrationNumber).HasMaxLength(Contract.MaxRegistrationNumber);
        builder.HasIndex(v => new { v.ContractId, v.Number }).IsUnique();
        builder.HasOne(v => v.Contract).WithMany(c => c.Versions).HasForeignKey(v => v.ContractId);
    }
}

internal sealed class FollowUpConfiguration : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> builder)
    {
        builder.Property(f => f.Remark).HasMaxLength(FollowUp.MaxRemark);
        builder.HasIndex(f => new { f.AskedAt, f.Due });
        builder.HasIndex(f => new { f.ContractId, f.AfterMonths }).IsUnique();
        builder.HasOne(f => f.Contract).WithMany(c => c.FollowUps).HasForeignKey(f => f.ContractId);
    }
}

internal sealed class SolutionProofConfiguration : IEntityTypeConfiguration<SolutionProof>
{
    public void Configure(EntityTypeBuilder<SolutionProof> builder)
    {
        builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.FileName).HasMaxLength(200);
        builder.Property(p => p.StoredName).HasMaxLength(80);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.Property(p => p.Text).HasMaxLength(SolutionProof.MaxText);
        builder.Property(p => p.Remark).HasMaxLength(SolutionProof.MaxText);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => p.State);
        builder.HasOne<Need>().WithMany().HasForeignKey(p => p.NeedId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contract>().WithMany().HasForeignKey(p => p.ContractId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriceNoticeConfiguration : IEntityTypeConfiguration<PriceNotice>
{
    public void Configure(EntityTypeBuilder<PriceNotice> builder)
    {
        builder.Property(n => n.Mode).HasMaxLength(20);
        builder.Property(n => n.Taker).HasMaxLength(ContractContent.MaxName);
        builder.Property(n => n.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(n => n.Outcome).HasMaxLength(PriceNotice.MaxText);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasIndex(n => new { n.State, n.Until });
        builder.HasOne<Achievement>().WithMany().HasForeignKey(n => n.AchievementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriceObjectionConfiguration : IEntityTypeConfiguration<PriceObjection>
{
    public void Configure(EntityTypeBuilder<PriceObjection> builder)
    {
        builder.Property(o => o.Name).HasMaxLength(60);
        builder.Property(o => o.Contact).HasMaxLength(100);
        builder.Property(o => o.Text).HasMaxLength(PriceNotice.MaxText);
        builder.Property(o => o.Answer).HasMaxLength(PriceNotice.MaxText);
        builder.HasOne(o => o.Notice).WithMany(n => n.Objections).HasForeignKey(o => o.NoticeId);
    }
}
