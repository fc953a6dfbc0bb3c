using Matchmaking.Matching.Auditing;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.Property(o => o.Name).HasMaxLength(Organization.MaxName);
        builder.Property(o => o.CreditCode).HasMaxLength(CreditCode.Length);
        builder.Property(o => o.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(o => o.Region).HasMaxLength(6);
        builder.Property(o => o.Industry).HasMaxLength(8);
        builder.HasIndex(o => o.CreditCode).IsUnique();
        builder.HasIndex(o => o.State);
        builder.HasOne(o => o.Office).WithMany().HasForeignKey(o => o.OfficeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(u => u.DisplayName).HasMaxLength(User.MaxDisplayName);
        builder.Property(u => u.Membership).HasConversion<string>().HasMaxLength(20);
        builder.Property(u => u.Language).HasMaxLength(10);
        builder.HasOne(u => u.Organization).WithMany().HasForeignKey(u => u.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ListingConfiguration : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> builder)
    {
        builder.ToTable("Listings");
        builder.HasDiscriminator<string>("Side").HasValue<Need>("Need").HasValue<Achievement>("Achievement");
        builder.Property<string>("Side").HasMaxLength(20);
        builder.Property(l => l.Number).HasMaxLength(24);
        // Given on publication. Without the filter it would be a key that others may refer to, and PostgreSQL would lock out whoever writes beside the listing while it is set: two who publish at once would wait for each other.
        builder.HasIndex(l => l.Number).IsUnique().HasFilter("\"Number\" IS NOT NULL");
        builder.HasIndex(l => l.CreationKey).IsUnique();
        builder.HasIndex(l => new { l.State, l.PublishedAt });
        builder.HasIndex(l => new { l.OrganizationId, l.UpdatedAt });
        builder.HasIndex(l => l.BrokerId);
        // The work of the indexing job is found by these two.
        builder.HasIndex(l => new { l.IndexedVersion, l.SearchVersion });
        builder.HasIndex(l => new { l.MatchedVersion, l.SearchVersion });
        builder.Property(l => l.Title).HasMaxLength(ListingContent.MaxTitle);
        builder.Property(l => l.Summary).HasMaxLength(ListingContent.MaxSummary);
        builder.Property(l => l.Description).HasMaxLength(ListingContent.MaxDescription);
        builder.Property(l => l.Field).HasConversion<string>().HasMaxLength(30);
        builder.Property(l => l.Industry).HasMaxLength(8);
        builder.Property(l => l.Region).HasMaxLength(6);
        builder.Property(l => l.Payment).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Disclosure).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Keywords).HasJsonList();
        builder.Property(l => l.Quantities).HasJsonList();
        builder.Property(l => l.Cooperation).HasJsonList();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.ComplexProperty(l => l.Contact, contact =>
        {
            contact.Property(c => c.Name).HasMaxLength(ListingContent.MaxContact);
            contact.Property(c => c.Phone).HasMaxLength(ListingContent.MaxContact);
            contact.Property(c => c.Mail).HasMaxLength(ListingContent.MaxContact);
        });
        builder.HasOne(l => l.Organization).WithMany().HasForeignKey(l => l.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.BrokerId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(l => l.PendingRevision);
        builder.Ignore(l => l.MayBeDeleted);
    }
}

internal sealed class NeedConfiguration : IEntityTypeConfiguration<Need>
{
    public void Configure(EntityTypeBuilder<Need> builder)
    {
        builder.Property(n => n.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(n => n.Horizon).HasConversion<string>().HasMaxLength(20);
        builder.Property(n => n.WorkDone).HasMaxLength(NeedContent.MaxWorkDone);
        builder.Property(n => n.Openness).HasConversion<string>().HasMaxLength(10);
        // Records from before there were consents have none.
        builder.Property(n => n.Consents).HasJsonList().HasDefaultValueSql("'[]'");
    }
}

internal sealed class AchievementConfiguration : IEntityTypeConfiguration<Achievement>
{
    public void Configure(EntityTypeBuilder<Achievement> builder)
    {
        builder.Property(a => a.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Ip).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.IpNumber).HasMaxLength(30);
        builder.Property(a => a.Evaluation).HasMaxLength(AchievementContent.MaxEvaluation);
        builder.Property(a => a.Inventors).HasMaxLength(AchievementContent.MaxInventors);
        builder.Property(a => a.Flags).HasJsonList();
        builder.Property(a => a.Rights).HasJsonList().HasDefaultValueSql("'[]'");
        builder.Property(a => a.Level).HasConversion<string>().HasMaxLength(30);
        builder.Property(a => a.Attribute).HasConversion<string>().HasMaxLength(30);
        builder.Property(a => a.Scale).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Source).HasMaxLength(100);
        builder.HasIndex(a => a.Source).IsUnique();
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(r => new { r.ListingId, r.Number }).IsUnique();
        builder.HasIndex(r => r.State);
        builder.HasOne(r => r.Listing).WithMany(l => l.Revisions).HasForeignKey(r => r.ListingId);
    }
}

internal sealed class ListingStepConfiguration : IEntityTypeConfiguration<ListingStep>
{
    public void Configure(EntityTypeBuilder<ListingStep> builder)
    {
        builder.Property(s => s.From).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.To).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Checks!).HasJsonList();
        // The days at each station are counted by when it was left.
        builder.HasIndex(s => new { s.From, s.At });
        builder.HasOne(s => s.Listing).WithMany(l => l.Steps).HasForeignKey(s => s.ListingId);
    }
}

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.Property(a => a.FileName).HasMaxLength(200);
        builder.Property(a => a.ContentType).HasMaxLength(120);
        builder.Property(a => a.StoredName).HasMaxLength(80);
        builder.Property(a => a.Sha256).HasMaxLength(64);
        builder.HasOne(a => a.Listing).WithMany(l => l.Attachments).HasForeignKey(a => a.ListingId);
    }
}

internal sealed class ListingVectorConfiguration : IEntityTypeConfiguration<ListingVector>
{
    public void Configure(EntityTypeBuilder<ListingVector> builder)
    {
        builder.HasKey(v => v.ListingId);
        builder.Property(v => v.ListingId).ValueGeneratedNever();
        builder.Property(v => v.Model).HasMaxLength(80);
        builder.HasOne<Listing>().WithOne().HasForeignKey<ListingVector>(v => v.ListingId);
    }
}

internal sealed class NumberSerialConfiguration : IEntityTypeConfiguration<NumberSerial>
{
    public void Configure(EntityTypeBuilder<NumberSerial> builder)
    {
        builder.HasKey(s => s.Prefix);
        builder.Property(s => s.Prefix).HasMaxLength(16);
        builder.Property(s => s.Last).IsConcurrencyToken();
    }
}

internal sealed class MatchConfiguration : IEntityTypeConfiguration<Match>
{
    public void Configure(EntityTypeBuilder<Match> builder)
    {
        builder.HasIndex(m => new { m.NeedId, m.AchievementId }).IsUnique();
        builder.HasIndex(m => m.AchievementId);
        builder.HasIndex(m => new { m.CurrentGrade, m.Probability });
        builder.Property(m => m.RankerVersion).HasMaxLength(60);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Ignore(m => m.Confidence);
        builder.HasOne(m => m.Need).WithMany().HasForeignKey(m => m.NeedId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(m => m.Achievement).WithMany().HasForeignKey(m => m.AchievementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GradeConfiguration : IEntityTypeConfiguration<Grade>
{
    public void Configure(EntityTypeBuilder<Grade> builder)
    {
        builder.Property(g => g.Reason).HasMaxLength(Grade.MaxReason);
        builder.Property(g => g.RankerVersion).HasMaxLength(60);
        builder.HasIndex(g => new { g.GraderId, g.At });
        builder.HasOne(g => g.Match).WithMany(m => m.Grades).HasForeignKey(g => g.MatchId);
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.Subject).HasMaxLength(80);
        builder.Property(e => e.Details).HasMaxLength(500);
        builder.Property(e => e.Hash).HasMaxLength(64);
        builder.HasIndex(e => e.Subject);
        builder.HasIndex(e => e.Hash);
    }
}
