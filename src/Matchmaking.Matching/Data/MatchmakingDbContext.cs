using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Auditing;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Data;

/// <summary>All records. Pages and jobs depend on this class; each database has an empty subclass that owns its migrations.</summary>
public abstract partial class MatchmakingDbContext(DbContextOptions options)
    : IdentityDbContext<User, IdentityRole<int>, int>(options)
{
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<Need> Needs => Set<Need>();
    public DbSet<Achievement> Achievements => Set<Achievement>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<ListingStep> ListingSteps => Set<ListingStep>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<ListingVector> ListingVectors => Set<ListingVector>();
    public DbSet<NumberSerial> NumberSerials => Set<NumberSerial>();
    public DbSet<Match> Matches => Set<Match>();
    public DbSet<Grade> Grades => Set<Grade>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Writes down an act in the transaction of the act itself.</summary>
    public void Audit(int? actorId, string action, string subject, DateTimeOffset at, string details = "") =>
        AuditEntries.Add(new AuditEntry(actorId, action, subject, details, at));

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        CountVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        CountVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(MatchmakingDbContext).Assembly);
        PageIndices.AddTo(builder);
    }

    /// <summary>
    /// Marks that jobs leave (indexed, matched) are written by ExecuteUpdate and so do not count:
    /// a person's form must not be refused because a job was busy with the record.
    /// </summary>
    private void CountVersions()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Deleted && entry.Entity is AuditEntry)
                throw new InvalidOperationException("Audit entries are never deleted.");
            PublishedListGuard.Check(entry);
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            if (entry.Entity is Listing listing) listing.Saved();
            if (entry.Entity is Match match) match.Saved();
            if (entry.Entity is Contract contract) contract.Saved();
            if (entry.Entity is SolutionProof proof) proof.Saved();
            if (entry.Entity is PriceNotice notice) notice.Saved();
        }
    }
}
