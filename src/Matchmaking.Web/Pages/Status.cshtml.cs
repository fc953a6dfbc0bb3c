using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Display;
using Matchmaking.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages;

/// <summary>What runs, what waits and how far the jobs are. Public: whoever misses a record may see why.</summary>
public sealed class StatusModel(Health health, MatchmakingDbContext db, KeptFigures kept, TimeProvider time) : PageModel
{
    public IReadOnlyList<PartHealth> Parts { get; private set; } = [];
    public IReadOnlyList<JobRun> Runs { get; private set; } = [];
    public int Published { get; private set; }
    public int ToIndex { get; private set; }
    public int Encoded { get; private set; }
    public DateTimeOffset EncodedAt { get; private set; }
    public int ToMatch { get; private set; }

    /// <summary>Mails to be sent, those of them that failed before, and those whose address refused for good.</summary>
    public int MailsWaiting { get; private set; }
    public int MailsFailing { get; private set; }
    public int MailsGivenUp { get; private set; }
    /// <summary>Searchable records written here, and those of them that nobody has confirmed for <see cref="Staleness.Days"/> days.</summary>
    public (int All, int Stale) Fresh { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Parts = await health.LookAsync(cancellationToken);
        Runs = await db.JobRuns.AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancellationToken);
        Published = await db.Listings.CountAsync(l => ListingStates.Searchable.Contains(l.State), cancellationToken);
        var written = db.Listings.Written().Where(l => ListingStates.Searchable.Contains(l.State));
        var since = time.GetUtcNow().AddDays(-Staleness.Days);
        Fresh = (await written.CountAsync(cancellationToken), await written.CountAsync(l => (l.ConfirmedAt ?? l.PublishedAt) < since, cancellationToken));
        ToIndex = await db.Listings.CountAsync(l => l.IndexedVersion < l.SearchVersion, cancellationToken);
        // Each record has to be compared with its vector; that is not done for every reader.
        (EncodedAt, Encoded) = await kept.GetAsync("encoded", TimeSpan.FromMinutes(1), () => db.Listings.CountAsync(l => ListingStates.Searchable.Contains(l.State) && db.ListingVectors.Any(v => v.ListingId == l.Id && v.SearchVersion == l.SearchVersion), cancellationToken));
        ToMatch = await db.Listings.CountAsync(l => ListingStates.Searchable.Contains(l.State) && l.MatchedVersion < l.SearchVersion, cancellationToken);
        var mails = await db.OutgoingMails.Where(m => m.State == MailState.Waiting || m.State == MailState.GivenUp)
            .GroupBy(m => new { m.State, Failing = m.Tries > 0 }).Select(g => new { g.Key.State, g.Key.Failing, Count = g.Count() }).ToListAsync(cancellationToken);
        MailsWaiting = mails.Where(m => m.State == MailState.Waiting).Sum(m => m.Count);
        MailsFailing = mails.Where(m => m.State == MailState.Waiting && m.Failing).Sum(m => m.Count);
        MailsGivenUp = mails.Where(m => m.State == MailState.GivenUp).Sum(m => m.Count);
    }
}
