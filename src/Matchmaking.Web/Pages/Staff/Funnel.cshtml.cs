using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>From a posted need to a registered contract, for a year, cut as wished; each number opens to its needs.</summary>
public sealed class FunnelModel(MatchmakingDbContext db, Funnel funnel, Formatting format, LocalTime time, IStringLocalizer<DealsText> text) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Station { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true, Name = "page")]
    public int Number { get; set; } = 1;

    public FunnelCut Cut => Enum.TryParse<FunnelCut>(By, out var cut) && Enum.IsDefined(cut) ? cut : FunnelCut.None;
    public int ShownYear => Year is >= 2000 and <= 2100 ? Year.Value : time.Today.Year;
    public IReadOnlyList<FunnelCounts> Rows { get; private set; } = [];
    public IReadOnlyDictionary<string, string> Brokers { get; private set; } = new Dictionary<string, string>();
    public FunnelStation? Opened { get; private set; }
    public IReadOnlyList<NeedRow> Needs { get; private set; } = [];
    public PagerModel? Pages { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var from = ProvinceTime.At(new DateOnly(ShownYear, 1, 1), 0);
        var until = ProvinceTime.At(new DateOnly(ShownYear + 1, 1, 1), 0);
        Rows = await funnel.CountAsync(from, until, Cut, cancellationToken);
        if (Cut == FunnelCut.Broker)
        {
            var ids = Rows.Where(r => r.Key.Length > 0).Select(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Brokers = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), u => u.DisplayName, cancellationToken);
        }
        if (!Enum.TryParse<FunnelStation>(Station, out var station) || !Enum.IsDefined(station)) return;
        Opened = station;
        var behind = funnel.Behind(station, from, until, Cut, Key ?? "");
        // The table above has counted them already.
        var total = Rows.FirstOrDefault(r => r.Key == (Cut == FunnelCut.None ? "" : Key ?? ""))?.Of(station) ?? 0;
        Pages = new PagerModel(Math.Clamp(Number, 1, Math.Max(1, (int)Math.Ceiling(total / (double)Size))), Size, total, number => Address(station, Key ?? "") + $"&page={number}");
        Needs = await behind.OrderBy(n => n.SubmittedAt).ThenBy(n => n.Id).Skip((Pages.Page - 1) * Size).Take(Size).Select(n => new NeedRow(n.Id, n.Title, n.Number, n.State, n.SubmittedAt!.Value)).ToListAsync(cancellationToken);
    }

    public string Address(FunnelStation station, string key) => $"/staff/funnel?year={ShownYear}&by={Cut}&station={station}&key={Uri.EscapeDataString(key)}";

    public string Name(string key) => Cut switch
    {
        FunnelCut.None => text["Funnel.All"],
        FunnelCut.Quarter => text["Funnel.Quarter", key.Split('-')],
        FunnelCut.Broker => key.Length == 0 ? text["Funnel.NoBroker"] : Brokers.GetValueOrDefault(key, key),
        FunnelCut.Field => key.Length == 0 ? format.Unstated : format.Field(key),
        _ => key.Length == 0 ? format.Unstated : format.Region(key),
    };

    public sealed record NeedRow(int Id, string Title, string? Number, ListingState State, DateTimeOffset SubmittedAt);
}
