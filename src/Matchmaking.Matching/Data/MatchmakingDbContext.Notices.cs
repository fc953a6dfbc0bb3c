using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<Notice> Notices => Set<Notice>();

    /// <summary>Tells a person something in the transaction of the act itself; the inbox shows it at once, a job mails it.</summary>
    /// <param name="link">Address within the site.</param>
    /// <param name="arguments">For the places of the kind's text: numbers, days, public titles; never a name or contact.</param>
    public void Tell(int userId, NoticeKind kind, string link, DateTimeOffset at, params IReadOnlyList<string> arguments) =>
        Notices.Add(new Notice(userId, kind, link, arguments, at));
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.Property(n => n.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(n => n.Link).HasMaxLength(Notice.MaxLink);
        builder.Property(n => n.Arguments).HasJsonList();
        builder.Property(n => n.Source).HasMaxLength(30);
        builder.Property(n => n.MailAs).HasConversion<string>().HasMaxLength(10);
        builder.HasIndex(n => new { n.UserId, n.At });
        // The number in the head of every page.
        builder.HasIndex(n => new { n.UserId, n.ReadAt });
        // The work of the sending job.
        builder.HasIndex(n => n.MailedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
