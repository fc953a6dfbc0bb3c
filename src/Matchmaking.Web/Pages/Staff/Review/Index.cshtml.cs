using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Review;

/// <summary>The queue: submitted listings and proposed changes, longest waiting first; and lists of what needs an eye.</summary>
public sealed class IndexModel(MatchmakingDbContext db, LocalTime time) : PageModel
{
    private const int Size = 50;

    public static IReadOnlyList<string> Views { get; } = ["waiting", "office", "returned", "expiring", "expired"];

    public string Shown { get; private set; } = Views[0];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerModel Pages { get; private set; } = null!;

    public async Task OnGetAsync(string? show, [FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        Shown = Views.Contains(show) ? show! : Views[0];
        var waiting = await WaitingAsync(cancellationToken);
        var page = Math.Clamp(asked ?? 1, 1, Math.Max(1, (waiting.Count + Size - 1) / Size));
        Pages = new PagerModel(page, Size, waiting.Count, n => $"/staff/review?show={Shown}&page={n}");
        var part = waiting.Skip((page - 1) * Size).Take(Size).ToList();
        var ids = part.Select(w => w.Id).ToList();
        var listings = await db.Listings.AsNoTracking().Include(l => l.Organization).Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellationToken);
        Rows = [.. part.Select(w => new Row(listings[w.Id], w.Since, time.Today.DayNumber - time.Date(w.Since).DayNumber, w.Change))];
    }

    private async Task<List<Waiting>> WaitingAsync(CancellationToken cancellationToken)
    {
        var soon = time.Today.AddDays(ListingPresentation.SoonDays);
        var some = Shown switch
        {
            "office" => db.Listings.Where(l => l.State == ListingState.AwaitingOffice).Select(l => new { l.Id, Since = l.SubmittedAt ?? l.UpdatedAt }),
            "returned" => db.Listings.Where(l => l.State == ListingState.Returned).Select(l => new { l.Id, Since = l.UpdatedAt }),
            "expiring" => db.Listings.Where(l => ListingStates.Fading.Contains(l.State) && l.ValidUntil < soon).Select(l => new { l.Id, Since = l.ConfirmedAt ?? l.UpdatedAt }),
            "expired" => db.Listings.Where(l => l.State == ListingState.Expired).Select(l => new { l.Id, Since = l.UpdatedAt }),
            _ => db.Listings.Where(l => l.State == ListingState.Submitted).Select(l => new { l.Id, Since = l.ForwardedAt ?? l.SubmittedAt ?? l.UpdatedAt }),
        };
        var waiting = (await some.ToListAsync(cancellationToken)).ConvertAll(l => new Waiting(l.Id, l.Since, false));
        if (Shown == Views[0])
        {
            waiting.AddRange((await db.Revisions.Where(r => r.State == RevisionState.Pending).Select(r => new { r.ListingId, r.At }).ToListAsync(cancellationToken))
                .Select(r => new Waiting(r.ListingId, r.At, true)));
        }
        return [.. waiting.OrderBy(w => w.Since).ThenBy(w => w.Id)];
    }

    private sealed record Waiting(int Id, DateTimeOffset Since, bool Change);

    /// <param name="Change">A proposed change of a published record.</param>
    public sealed record Row(Listing Listing, DateTimeOffset Since, int Days, bool Change);
}
