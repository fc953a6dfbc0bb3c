using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Offices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Office;

/// <summary>The office's members' records: what waits for it first, then where everything else stands and for how long.</summary>
public sealed class IndexModel(MatchmakingDbContext db, OfficeRecords records, LocalTime time) : PageModel
{
    private const int Size = 50;

    /// <summary>Tabs by the states they show; all of them under "all".</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ListingState>> Views { get; } = new Dictionary<string, IReadOnlyList<ListingState>>
    {
        ["waiting"] = [ListingState.AwaitingOffice], ["returned"] = [ListingState.Returned], ["review"] = [ListingState.Submitted], ["public"] = ListingStates.Public,
        ["all"] = [.. Enum.GetValues<ListingState>()],
    };

    public Organization? Office { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Member { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();
    public IReadOnlyList<(int Id, string Name)> Members { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public int Forwarded { get; set; }

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        Show = Show is { } show && Views.ContainsKey(show) ? show : "waiting";
        Office = await records.OfficeAsync();
        if (Office is null) return;
        Members = (await db.Organizations.Where(o => o.OfficeId == Office.Id).OrderBy(o => o.Name).Select(o => new { o.Id, o.Name }).ToListAsync(cancellationToken)).ConvertAll(o => (o.Id, o.Name));
        var own = records.Of(Office.Id).AsNoTracking();
        if (int.TryParse(Member, System.Globalization.CultureInfo.InvariantCulture, out var member)) own = own.Where(l => l.OrganizationId == member);
        if (Kind == "need") own = own.Where(l => l is Need);
        if (Kind == "achievement") own = own.Where(l => l is Achievement);
        var byState = await own.GroupBy(l => l.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        Counts = Views.ToDictionary(v => v.Key, v => v.Value.Sum(s => byState.GetValueOrDefault(s)));
        var states = Views[Show];
        var total = Counts[Show];
        var page = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(page, Size, total, Address);
        var shown = own.Include(l => l.Organization).Where(l => states.Contains(l.State));
        // What waits here stands longest waiting first, the rest as it moved last.
        var ordered = Show == "waiting" ? shown.OrderBy(l => l.SubmittedAt).ThenBy(l => l.Id) : shown.OrderByDescending(l => l.UpdatedAt).ThenBy(l => l.Id);
        var listings = await ordered.Skip((page - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        var since = await records.SinceAsync([.. listings.Select(l => l.Id)], cancellationToken);
        Rows = [.. listings.Select(l => (Listing: l, At: since.GetValueOrDefault(l.Id, l.UpdatedAt))).Select(r => new Row(r.Listing, r.At, time.Today.DayNumber - time.Date(r.At).DayNumber))];
    }

    public string Tab(string view) => "/office" + QueryString.Create(Filters(view));

    private string Address(int page) => "/office" + QueryString.Create(Filters(Show!).Append(new("page", $"{page}")));

    private IEnumerable<KeyValuePair<string, string?>> Filters(string view) => [new("show", view), new("member", Member), new("kind", Kind)];

    public sealed record Row(Listing Listing, DateTimeOffset Since, int Days);
}
