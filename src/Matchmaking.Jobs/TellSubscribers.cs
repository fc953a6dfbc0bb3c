using System.Globalization;
using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Each minute: tells followers what happened, and runs saved searches on what was newly published. Each listing is told once for each search or follow:
/// a watermark over the time of publication, and for the hour before it, in which a slow writer may still appear, the listings told one by one. Only
/// what everybody may read is told: published listings under their public titles, never an owner.
/// </summary>
[Queue(JobsRegistration.SearchQueue)]
public sealed class TellSubscribers(MatchmakingDbContext db, ISearchEngine engine, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    /// <summary>Marks stop so long before now, because between a publication's time and its commit lies a moment.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    /// <summary>How far behind the mark is looked again, for a writer slower than that.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>More new results than these are told as one number with the way to the list.</summary>
    public const int MostAtOnce = 10;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(TellSubscribers), async (report, cancellationToken) =>
    {
        var silent = await SilentAsync(cancellationToken);
        var told = await FollowedListingsAsync(silent, cancellationToken);
        told += await FollowedPublicationsAsync(silent, cancellationToken);
        // Last: it alone needs the engine, and throws when that is away.
        told += await SavedSearchesAsync(silent, cancellationToken);
        await report(told, told);
    }, cancellationToken);

    /// <summary>Who wants nothing picked out for him, or is gone: his marks move on, so that nothing of more than an hour is piled up for later.</summary>
    private async Task<HashSet<int>> SilentAsync(CancellationToken cancellationToken)
    {
        var off = await db.MailSettings.Where(s => !s.Personalised).Select(s => s.UserId).ToListAsync(cancellationToken);
        var gone = await db.Users.Where(u => u.DeletedAt != null).Select(u => u.Id).ToListAsync(cancellationToken);
        return [.. off, .. gone];
    }

    private async Task<int> FollowedListingsAsync(HashSet<int> silent, CancellationToken cancellationToken)
    {
        var changed = await (from follow in db.Follows
                             join listing in db.Listings on follow.ListingId equals listing.Id
                             where follow.SeenRevision != listing.PublishedRevision || follow.SeenState != listing.State
                             orderby follow.Id
                             select new { follow.Id, ListingId = listing.Id }).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var pair in changed)
        {
            db.ChangeTracker.Clear();
            var follow = await db.Follows.SingleAsync(f => f.Id == pair.Id, cancellationToken);
            var listing = await db.Listings.AsNoTracking().SingleAsync(l => l.Id == pair.ListingId, cancellationToken);
            var was = ListingStates.Public.Contains(follow.SeenState);
            var what = (was, listing.IsPublic) switch
            {
                (true, false) => "@Gone",
                (false, true) => "@Again",
                (false, false) => null,
                _ when listing.State == ListingState.Expired && follow.SeenState != ListingState.Expired => "@Expired",
                _ => "@Changed",
            };
            // Of what is public no more only the number is said, and the way leads to the list of follows.
            if (what is not null && !silent.Contains(follow.UserId))
            {
                var notice = listing.IsPublic
                    ? new Notice(follow.UserId, NoticeKind.Followed, AddressOf(listing), [listing.Title, listing.Number!, what], time.GetUtcNow())
                    : new Notice(follow.UserId, NoticeKind.Followed, "/account/notices", ["", listing.Number!, what], time.GetUtcNow());
                db.Notices.Add(notice.From(follow.Source));
                told++;
            }
            follow.Seen(listing);
            await db.SaveChangesAsync(cancellationToken);
        }
        return told;
    }

    private async Task<int> FollowedPublicationsAsync(HashSet<int> silent, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow();
        if (await NewestAsync(until, cancellationToken) is not { } newest) return 0;
        var ids = await db.Follows.Where(f => f.ListingId == null && f.SeenUntil < newest).OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var id in ids)
        {
            db.ChangeTracker.Clear();
            var follow = await db.Follows.SingleAsync(f => f.Id == id, cancellationToken);
            var since = Since(follow.SeenUntil, follow.CreatedAt);
            if (!silent.Contains(follow.UserId))
            {
                var found = New(since, until, follow.UserId).Where(l => !db.FollowHits.Any(h => h.FollowId == id && h.ListingId == l.Id));
                // What an organisation publishes without its name must not be known as its own by being told here.
                found = follow.OrganizationId is { } owner ? found.Where(l => l.OrganizationId == owner && l.Disclosure == Disclosure.Named) : found.Where(l => l.Field == follow.Field);
                var listings = await found.OrderBy(l => l.PublishedAt).ThenBy(l => l.Id).ToListAsync(cancellationToken);
                foreach (var listing in listings)
                {
                    db.Notices.Add(new Notice(follow.UserId, NoticeKind.Followed, AddressOf(listing), [listing.Title, listing.Number!, "@New"], until).From(follow.Source));
                    db.FollowHits.Add(new FollowHit(id, listing.Id, until));
                }
                told += listings.Count;
            }
            follow.Seen(until - Settle);
            await db.SaveChangesAsync(cancellationToken);
            await db.FollowHits.Where(h => h.FollowId == id && h.At < until - Overlap - Overlap - Settle).ExecuteDeleteAsync(cancellationToken);
        }
        return told;
    }

    private async Task<int> SavedSearchesAsync(HashSet<int> silent, CancellationToken cancellationToken)
    {
        // What is not in the index yet cannot be found: the mark stops before the oldest of it.
        var now = time.GetUtcNow();
        var until = await db.Listings.Where(l => ListingStates.Searchable.Contains(l.State) && l.IndexedVersion < l.SearchVersion).MinAsync(l => l.PublishedAt, cancellationToken) is { } open && open < now ? open.AddTicks(-1) : now;
        if (await NewestAsync(until, cancellationToken) is not { } newest) return 0;
        var ids = await db.SavedSearches.Where(s => s.SeenUntil < newest).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var id in ids)
        {
            db.ChangeTracker.Clear();
            var search = await db.SavedSearches.SingleAsync(s => s.Id == id, cancellationToken);
            if (!silent.Contains(search.UserId))
            {
                var listings = await FindAsync(search, Since(search.SeenUntil, search.CreatedAt), until, cancellationToken);
                Tell(search, listings, now);
                told += listings.Count;
            }
            search.Seen(until - Settle);
            await db.SaveChangesAsync(cancellationToken);
            await db.SavedSearchHits.Where(h => h.SavedSearchId == id && h.At < until - Overlap - Overlap - Settle).ExecuteDeleteAsync(cancellationToken);
        }
        return told;
    }

    private void Tell(SavedSearch search, IReadOnlyList<Listing> listings, DateTimeOffset now)
    {
        foreach (var listing in listings) db.SavedSearchHits.Add(new SavedSearchHit(search.Id, listing.Id, now));
        if (listings.Count > MostAtOnce)
        {
            var number = listings.Count.ToString(CultureInfo.InvariantCulture);
            db.Notices.Add(new Notice(search.UserId, NoticeKind.SavedSearch, $"/account/notices/searches/{search.Id}", [search.Name, "", number], now).From(search.Source));
            return;
        }
        foreach (var listing in listings)
            db.Notices.Add(new Notice(search.UserId, NoticeKind.SavedSearch, AddressOf(listing), [search.Name, listing.Title, listing.Number!], now).From(search.Source));
    }

    /// <summary>What the engine finds, newest first, as far back as is new; then looked up, because a record may have been withdrawn in this minute.</summary>
    private async Task<IReadOnlyList<Listing>> FindAsync(SavedSearch search, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var found = new List<Listing>();
        for (var page = 1; ; page++)
        {
            var request = new SearchRequest(search.Text, search.Kind, search.Filters, SearchSort.Newest, calendar.Today, page, SearchRequest.MaximumSize);
            var hits = (await engine.SearchAsync(request, cancellationToken)).Hits.Select(h => h.Id).ToList();
            var times = await db.Listings.Where(l => hits.Contains(l.Id)).Select(l => l.PublishedAt).ToListAsync(cancellationToken);
            found.AddRange(await New(since, until, search.UserId).Where(l => hits.Contains(l.Id) && !db.SavedSearchHits.Any(h => h.SavedSearchId == search.Id && h.ListingId == l.Id)).ToListAsync(cancellationToken));
            if (hits.Count < SearchRequest.MaximumSize || times.Any(t => t <= since)) return [.. found.OrderBy(l => l.PublishedAt).ThenBy(l => l.Id)];
        }
    }

    /// <summary>First published in the span, public now, and not of the person's own organisation.</summary>
    private IQueryable<Listing> New(DateTimeOffset since, DateTimeOffset until, int userId) => db.Listings.AsNoTracking()
        .Where(l => ListingStates.Searchable.Contains(l.State) && l.PublishedAt > since && l.PublishedAt <= until && !db.Users.Any(u => u.Id == userId && u.OrganizationId == l.OrganizationId));

    private Task<DateTimeOffset?> NewestAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        db.Listings.Where(l => ListingStates.Searchable.Contains(l.State) && l.PublishedAt <= until).MaxAsync(l => l.PublishedAt, cancellationToken);

    private static DateTimeOffset Since(DateTimeOffset seenUntil, DateTimeOffset createdAt) => seenUntil - Overlap > createdAt ? seenUntil - Overlap : createdAt;

    private static string AddressOf(Listing listing) => $"/{(listing is Need ? "needs" : "achievements")}/{listing.Number}";
}
