using System.Text.Json;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<Expert> Experts => Set<Expert>();
    public DbSet<ListRound> ListRounds => Set<ListRound>();
    public DbSet<ListRoundStep> ListRoundSteps => Set<ListRoundStep>();
    public DbSet<RoundInvitation> RoundInvitations => Set<RoundInvitation>();
    public DbSet<ScoreSheet> ScoreSheets => Set<ScoreSheet>();
    public DbSet<Objection> Objections => Set<Objection>();
}

internal sealed class ExpertConfiguration : IEntityTypeConfiguration<Expert>
{
    public void Configure(EntityTypeBuilder<Expert> builder)
    {
        builder.Property(e => e.Fields).HasJsonList();
        builder.Property(e => e.CoAuthors).HasJsonList();
        builder.Property(e => e.Conflicts).HasJsonList();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasIndex(e => e.UserId).IsUnique();
        builder.HasOne(e => e.User).WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ListRoundConfiguration : IEntityTypeConfiguration<ListRound>
{
    public void Configure(EntityTypeBuilder<ListRound> builder)
    {
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(r => r.Phase).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Text).HasMaxLength(ListRound.MaxText);
        builder.Ignore(r => r.SerialNumber);
        builder.Property(r => r.WaitsFor).HasMaxLength(40);
        builder.Property(r => r.Version).IsConcurrencyToken();
        HasJson(builder.Property(r => r.Calendar));
        HasJson(builder.Property(r => r.Rules));
        HasJson(builder.Property(r => r.Results));
        // One round for a year's list, beside cancelled ones: of two people who plan it at once one wins.
        builder.HasIndex(r => new { r.Kind, r.Year }).IsUnique().HasFilter("\"Phase\" <> 'Cancelled'");
        builder.HasIndex(r => r.ListId);
        builder.HasOne(r => r.List).WithMany().HasForeignKey(r => r.ListId).OnDelete(DeleteBehavior.Restrict);
    }

    /// <summary>Read and written whole, and replaced, never changed in place.</summary>
    private static void HasJson<T>(PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, Revision.Json), text => JsonSerializer.Deserialize<T>(text, Revision.Json)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value == null ? 0 : value.GetHashCode(), value => value));
}

internal sealed class ListRoundStepConfiguration : IEntityTypeConfiguration<ListRoundStep>
{
    public void Configure(EntityTypeBuilder<ListRoundStep> builder)
    {
        builder.Property(s => s.Act).HasMaxLength(20);
        builder.Property(s => s.Detail).HasMaxLength(60);
        builder.Property(s => s.Reason).HasMaxLength(ListRound.MaxReason);
        builder.HasOne(s => s.Round).WithMany(r => r.Steps).HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoundInvitationConfiguration : IEntityTypeConfiguration<RoundInvitation>
{
    public void Configure(EntityTypeBuilder<RoundInvitation> builder)
    {
        builder.Property(i => i.Alias).HasMaxLength(8);
        // Who has reminded first wins; the other's notice is rolled back with his mark.
        builder.Property(i => i.RemindedFor).IsConcurrencyToken();
        builder.HasIndex(i => new { i.RoundId, i.ExpertId }).IsUnique();
        builder.HasIndex(i => new { i.RoundId, i.Alias }).IsUnique();
        builder.HasOne(i => i.Round).WithMany(r => r.Invitations).HasForeignKey(i => i.RoundId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(i => i.Expert).WithMany().HasForeignKey(i => i.ExpertId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScoreSheetConfiguration : IEntityTypeConfiguration<ScoreSheet>
{
    public void Configure(EntityTypeBuilder<ScoreSheet> builder)
    {
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Scores).HasJsonList();
        builder.Property(s => s.Remark).HasMaxLength(ScoreSheet.MaxRemark);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Ignore(s => s.IsComplete);
        builder.HasIndex(s => new { s.InvitationId, s.EntryId }).IsUnique();
        builder.HasOne(s => s.Round).WithMany().HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Invitation).WithMany().HasForeignKey(s => s.InvitationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Entry).WithMany().HasForeignKey(s => s.EntryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ObjectionConfiguration : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> builder)
    {
        builder.Property(o => o.Serial).HasMaxLength(30);
        builder.Property(o => o.Name).HasMaxLength(Objection.MaxName);
        builder.Property(o => o.Email).HasMaxLength(Objection.MaxEmail);
        builder.Property(o => o.Grounds).HasMaxLength(Objection.MaxGrounds);
        builder.Property(o => o.Evidence).HasMaxLength(Objection.MaxGrounds);
        builder.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(o => o.KeyHash).HasMaxLength(64);
        builder.Property(o => o.Decision).HasMaxLength(Objection.MaxDecision);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasIndex(o => o.Serial).IsUnique();
        builder.HasIndex(o => o.KeyHash).IsUnique();
        builder.HasOne(o => o.Round).WithMany().HasForeignKey(o => o.RoundId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(o => o.Entry).WithMany().HasForeignKey(o => o.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(o => o.UserId).OnDelete(DeleteBehavior.SetNull);
    }
}
