using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<CaseParty> CaseParties => Set<CaseParty>();
    public DbSet<CaseStep> CaseSteps => Set<CaseStep>();
    public DbSet<CaseConsent> CaseConsents => Set<CaseConsent>();
    public DbSet<ContactReading> ContactReadings => Set<ContactReading>();
    public DbSet<CaseNote> CaseNotes => Set<CaseNote>();
    public DbSet<CaseTask> CaseTasks => Set<CaseTask>();
    public DbSet<CaseFile> CaseFiles => Set<CaseFile>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<BrokerProfile> BrokerProfiles => Set<BrokerProfile>();
    public DbSet<BrokerTraining> BrokerTrainings => Set<BrokerTraining>();
    public DbSet<BrokerConflict> BrokerConflicts => Set<BrokerConflict>();
    public DbSet<Triage> Triages => Set<Triage>();
    public DbSet<ListingQuestion> ListingQuestions => Set<ListingQuestion>();
    public DbSet<DeclineReport> DeclineReports => Set<DeclineReport>();
}

internal sealed class CaseConfiguration : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.Property(c => c.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Field).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.Region).HasMaxLength(6);
        builder.Property(c => c.AskedBy).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.EndedBy).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.EndReason).HasConversion<string>().HasMaxLength(30);
        builder.Property(c => c.NdaText).HasMaxLength(4_000);
        builder.Property(c => c.Version).IsConcurrencyToken();
        // A match has one open case; two brokers who propose it at once: one of them is told.
        builder.HasIndex(c => c.MatchId).IsUnique().HasFilter($"\"Stage\" NOT IN ('{nameof(CaseStage.Closed)}', '{nameof(CaseStage.Ended)}')");
        builder.HasIndex(c => new { c.BrokerId, c.Stage, c.DueOn });
        builder.HasIndex(c => new { c.Stage, c.DueOn });
        builder.HasOne(c => c.Match).WithMany().HasForeignKey(c => c.MatchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(c => c.Need).WithMany().HasForeignKey(c => c.NeedId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(c => c.Achievement).WithMany().HasForeignKey(c => c.AchievementId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.BrokerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CasePartyConfiguration : IEntityTypeConfiguration<CaseParty>
{
    public void Configure(EntityTypeBuilder<CaseParty> builder)
    {
        builder.HasKey(p => new { p.CaseId, p.Side });
        builder.Property(p => p.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.Answer).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.Reason).HasConversion<string>().HasMaxLength(30);
        builder.Property(p => p.Cooperation).HasJsonList();
        builder.Property(p => p.Unclear).HasMaxLength(Interest.MaxText);
        builder.Property(p => p.AboutUs).HasMaxLength(Interest.MaxText);
        builder.HasIndex(p => p.OrganizationId);
        builder.HasIndex(p => p.ListingId);
        builder.HasOne(p => p.Case).WithMany(c => c.Parties).HasForeignKey(p => p.CaseId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CaseStepConfiguration : IEntityTypeConfiguration<CaseStep>
{
    public void Configure(EntityTypeBuilder<CaseStep> builder)
    {
        builder.Property(s => s.From).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.To).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Remark).HasMaxLength(Case.MaxText);
        builder.HasIndex(s => new { s.To, s.At });
        builder.HasOne(s => s.Case).WithMany(c => c.Steps).HasForeignKey(s => s.CaseId);
    }
}

internal sealed class CaseConsentConfiguration : IEntityTypeConfiguration<CaseConsent>
{
    public void Configure(EntityTypeBuilder<CaseConsent> builder)
    {
        builder.Property(c => c.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Layer).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Receiver).HasMaxLength(CaseConsent.MaxReceiver);
        // A side's layer is open once or not at all.
        builder.HasIndex(c => new { c.CaseId, c.Side, c.Layer }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
        builder.HasOne(c => c.Case).WithMany(c => c.Consents).HasForeignKey(c => c.CaseId);
    }
}

internal sealed class ContactReadingConfiguration : IEntityTypeConfiguration<ContactReading>
{
    public void Configure(EntityTypeBuilder<ContactReading> builder)
    {
        builder.Property(r => r.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Layer).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(r => new { r.ListingId, r.At });
        builder.HasOne<Listing>().WithMany().HasForeignKey(r => r.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(r => r.Case).WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(r => r.Consent).WithMany().HasForeignKey(r => r.ConsentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CaseNoteConfiguration : IEntityTypeConfiguration<CaseNote>
{
    public void Configure(EntityTypeBuilder<CaseNote> builder)
    {
        builder.Property(n => n.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(n => n.Text).HasMaxLength(CaseNote.MaxText);
        builder.HasIndex(n => new { n.CaseId, n.At });
        builder.HasOne<Case>().WithMany().HasForeignKey(n => n.CaseId);
    }
}

internal sealed class CaseTaskConfiguration : IEntityTypeConfiguration<CaseTask>
{
    public void Configure(EntityTypeBuilder<CaseTask> builder)
    {
        builder.Property(t => t.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(t => t.Text).HasMaxLength(CaseTask.MaxText);
        builder.HasIndex(t => new { t.CaseId, t.DueOn });
        builder.HasOne<Case>().WithMany().HasForeignKey(t => t.CaseId);
    }
}

internal sealed class CaseFileConfiguration : IEntityTypeConfiguration<CaseFile>
{
    public void Configure(EntityTypeBuilder<CaseFile> builder)
    {
        builder.Property(f => f.Side).HasConversion<string>().HasMaxLength(20);
        builder.Property(f => f.FileName).HasMaxLength(200);
        builder.Property(f => f.ContentType).HasMaxLength(120);
        builder.Property(f => f.StoredName).HasMaxLength(80);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        // The same file twice is a double click.
        builder.HasIndex(f => new { f.CaseId, f.Sha256 }).IsUnique();
        builder.HasOne<Case>().WithMany().HasForeignKey(f => f.CaseId);
    }
}

internal sealed class VisitConfiguration : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.Property(v => v.People).HasMaxLength(Visit.MaxPeople);
        builder.Property(v => v.Findings).HasMaxLength(Visit.MaxFindings);
        builder.HasIndex(v => new { v.BrokerId, v.On });
        builder.HasOne<Organization>().WithMany().HasForeignKey(v => v.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Case>().WithMany().HasForeignKey(v => v.CaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Need>().WithMany().HasForeignKey(v => v.NeedId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class MeetingConfiguration : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.Place).HasMaxLength(Meeting.MaxPlace);
        builder.Property(m => m.Outcome).HasMaxLength(Meeting.MaxOutcome);
        builder.Property(m => m.Sequence).IsConcurrencyToken();
        builder.HasIndex(m => m.Uid).IsUnique();
        builder.HasIndex(m => new { m.State, m.StartsAt });
        builder.HasOne(m => m.Case).WithMany().HasForeignKey(m => m.CaseId);
        builder.HasMany(m => m.Times).WithOne(t => t.Meeting).HasForeignKey(t => t.MeetingId);
        builder.Ignore(m => m.EndsAt);
    }
}

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.HasKey(f => f.UserId);
        builder.Property(f => f.UserId).ValueGeneratedNever();
        builder.Property(f => f.Token).HasMaxLength(64);
        builder.HasIndex(f => f.Token).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BrokerProfileConfiguration : IEntityTypeConfiguration<BrokerProfile>
{
    public void Configure(EntityTypeBuilder<BrokerProfile> builder)
    {
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.UserId).ValueGeneratedNever();
        builder.Property(p => p.Level).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.Fields).HasJsonList();
        builder.Property(p => p.Regions).HasJsonList();
        builder.HasIndex(p => p.StandInId);
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Trainings).WithOne().HasForeignKey(t => t.BrokerId);
        builder.HasMany(p => p.Conflicts).WithOne().HasForeignKey(c => c.BrokerId);
    }
}

internal sealed class BrokerTrainingConfiguration : IEntityTypeConfiguration<BrokerTraining>
{
    public void Configure(EntityTypeBuilder<BrokerTraining> builder) => builder.Property(t => t.Title).HasMaxLength(BrokerTraining.MaxTitle);
}

internal sealed class BrokerConflictConfiguration : IEntityTypeConfiguration<BrokerConflict>
{
    public void Configure(EntityTypeBuilder<BrokerConflict> builder)
    {
        builder.Property(c => c.Reason).HasMaxLength(BrokerConflict.MaxReason);
        builder.HasIndex(c => new { c.BrokerId, c.OrganizationId }).IsUnique();
        builder.HasOne<Organization>().WithMany().HasForeignKey(c => c.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TriageConfiguration : IEntityTypeConfiguration<Triage>
{
    public void Configure(EntityTypeBuilder<Triage> builder)
    {
        builder.Property(t => t.Decision).HasConversion<string>().HasMaxLength(20);
        builder.Property(t => t.Remark).HasMaxLength(Triage.MaxText);
        builder.Property(t => t.Opinion).HasMaxLength(Triage.MaxText);
        builder.Property(t => t.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.Ignore(t => t.Diagnosis);
        // One decision holds; two brokers who decide at once: one of them is told.
        builder.HasIndex(t => t.NeedId).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        builder.HasIndex(t => new { t.ExpertId, t.EndedAt });
        builder.HasOne(t => t.Need).WithMany().HasForeignKey(t => t.NeedId);
    }
}

internal sealed class ListingQuestionConfiguration : IEntityTypeConfiguration<ListingQuestion>
{
    public void Configure(EntityTypeBuilder<ListingQuestion> builder)
    {
        builder.Property(q => q.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(q => q.Text).HasMaxLength(ListingQuestion.MaxText);
        builder.Property(q => q.Answer).HasMaxLength(ListingQuestion.MaxText);
        builder.Property(q => q.Version).IsConcurrencyToken();
        builder.HasIndex(q => new { q.ListingId, q.State });
        builder.HasIndex(q => new { q.State, q.At });
        builder.HasOne(q => q.Listing).WithMany().HasForeignKey(q => q.ListingId);
    }
}

internal sealed class DeclineReportConfiguration : IEntityTypeConfiguration<DeclineReport>
{
    public void Configure(EntityTypeBuilder<DeclineReport> builder)
    {
        builder.HasIndex(r => new { r.OrganizationId, r.Month }).IsUnique();
        builder.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }
}
