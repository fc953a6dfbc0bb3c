using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Matching.Plan.Returns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

internal sealed class RegisterEntryConfiguration : IEntityTypeConfiguration<RegisterEntry>
{
    public void Configure(EntityTypeBuilder<RegisterEntry> builder)
    {
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Name).HasMaxLength(RegisterEntry.MaxText);
        builder.Property(e => e.Organization).HasMaxLength(RegisterEntry.MaxText);
        builder.Property(e => e.Partner).HasMaxLength(RegisterEntry.MaxText);
        builder.Property(e => e.Reason).HasMaxLength(RegisterEntry.MaxReason);
        builder.HasIndex(e => e.CreationKey).IsUnique();
        builder.HasIndex(e => new { e.Kind, e.FirstDay });
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.AddedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DepartmentReturnConfiguration : IEntityTypeConfiguration<DepartmentReturn>
{
    public void Configure(EntityTypeBuilder<DepartmentReturn> builder)
    {
        builder.Property(r => r.Department).HasMaxLength(PlanDepartments.MaxName);
        builder.Property(r => r.Period).HasMaxLength(Periods.MaxLength);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.CorrectionReason).HasMaxLength(DepartmentReturn.MaxReason);
        builder.Property(r => r.SentBackReason).HasMaxLength(DepartmentReturn.MaxReason);
        builder.Property(r => r.Lines).HasJsonList();
        builder.Property(r => r.Claims).HasJsonList();
        builder.Property(r => r.Documents).HasJsonList();
        builder.Property(r => r.Version).IsConcurrencyToken();
        // Two of a department who begin it at the same time begin it once.
        builder.HasIndex(r => new { r.Department, r.Period, r.Number }).IsUnique();
        builder.HasIndex(r => r.State);
    }
}

internal sealed class DepartmentMemberConfiguration : IEntityTypeConfiguration<DepartmentMember>
{
    public void Configure(EntityTypeBuilder<DepartmentMember> builder)
    {
        builder.HasKey(m => m.UserId);
        builder.Property(m => m.UserId).ValueGeneratedNever();
        builder.Property(m => m.Department).HasMaxLength(PlanDepartments.MaxName);
        builder.HasIndex(m => m.Department);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MonthlyDepartmentConfiguration : IEntityTypeConfiguration<MonthlyDepartment>
{
    public void Configure(EntityTypeBuilder<MonthlyDepartment> builder)
    {
        builder.HasKey(d => d.Name);
        builder.Property(d => d.Name).HasMaxLength(PlanDepartments.MaxName);
    }
}

internal sealed class PlanBulletinConfiguration : IEntityTypeConfiguration<PlanBulletin>
{
    public void Configure(EntityTypeBuilder<PlanBulletin> builder)
    {
        builder.Property(b => b.Quarter).HasMaxLength(6);
        builder.Property(b => b.CorrectionReason).HasMaxLength(PlanBulletin.MaxReason);
        builder.Property(b => b.ContentHash).HasMaxLength(64);
        // Two at once issue it once.
        builder.HasIndex(b => new { b.Quarter, b.Edition }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(b => b.IssuedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IndicatorDefinitionConfiguration : IEntityTypeConfiguration<IndicatorDefinition>
{
    public void Configure(EntityTypeBuilder<IndicatorDefinition> builder)
    {
        builder.Property(d => d.Code).HasMaxLength(8);
        builder.Property(d => d.Text).HasMaxLength(IndicatorDefinition.MaxText);
        builder.Property(d => d.Reason).HasMaxLength(IndicatorDefinition.MaxReason);
        builder.Property(d => d.Milestones).HasJsonList();
        // Two who change it at the same time: the second is told.
        builder.HasIndex(d => new { d.Code, d.Version }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.ById).OnDelete(DeleteBehavior.Restrict);
    }
}
