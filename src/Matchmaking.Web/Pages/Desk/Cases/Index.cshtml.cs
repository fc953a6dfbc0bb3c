using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Desk.Cases;

public sealed record CaseRow(int Id, string Need, string Achievement, CaseStage Stage, DateOnly? DueOn, CaseSide? AskedBy, int? BrokerId, DateTimeOffset UpdatedAt);

/// <summary>The broker's introductions: as a list with what is due first, or as a board of stages.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CaseAccess access, CurrentUser current, LocalTime time) : PageModel
{
    private const int Size = 20;

    /// <summary>Cards in one column of the board; the rest is in the list.</summary>
    public const int InColumn = 10;

    private const int OnBoard = 400;

    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Field { get; set; }

    /// <summary>Code of the need's region.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    /// <summary>late, week or empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Due { get; set; }

    /// <summary>own, stand-in, waiting or empty for all of them.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Whose { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? View { get; set; }

    [TempData]
    public string? Message { get; set; }

    public bool Board => View == "board";
    public IReadOnlyList<CaseRow> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;
    public IReadOnlyDictionary<CaseStage, int> Counts { get; private set; } = new Dictionary<CaseStage, int>();
    /// <summary>Regions of this broker's cases, by code.</summary>
    public IReadOnlyList<string> Regions { get; private set; } = [];
    public int Late { get; private set; }
    public int Waiting { get; private set; }

    /// <summary>Accepted ones of this broker, which can be pushed together.</summary>
    public int ToPush { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        var mine = access.OfBroker(db.Cases.AsNoTracking());
        var today = time.Today;
        var tallies = await mine.GroupBy(c => c.Stage).Select(g => new { g.Key, Count = g.Count(), Late = g.Count(c => c.DueOn < today), Waiting = g.Count(c => c.BrokerId == null), Own = g.Count(c => c.BrokerId == current.Id) }).ToListAsync(cancellationToken);
        Counts = tallies.ToDictionary(t => t.Key, t => t.Count);
        Late = tallies.Sum(t => t.Late);
        Waiting = tallies.Sum(t => t.Waiting);
        ToPush = tallies.Where(t => t.Key == CaseStage.Accepted).Sum(t => t.Own);
        Regions = await mine.Select(c => c.Region).Where(r => r != "").Distinct().OrderBy(r => r).ToListAsync(cancellationToken);
        var chosen = Filter(mine, today);
        var total = await chosen.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => Address(page: n));
        var ordered = chosen.OrderBy(c => c.Stage == CaseStage.Closed || c.Stage == CaseStage.Ended).ThenBy(c => c.DueOn == null).ThenBy(c => c.DueOn).ThenBy(c => c.Id);
        Rows = await (Board ? ordered.Where(c => c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended).Take(OnBoard) : ordered.Skip((shown - 1) * Size).Take(Size))
            .Select(c => new CaseRow(c.Id, c.Need.Title, c.Achievement.Title, c.Stage, c.DueOn, c.AskedBy, c.BrokerId, c.UpdatedAt)).ToListAsync(cancellationToken);
    }

    public bool IsMine(CaseRow row) => row.BrokerId == current.Id;

    public bool Filtered => !string.IsNullOrEmpty(Stage) || !string.IsNullOrEmpty(Field) || !string.IsNullOrEmpty(Region) || !string.IsNullOrEmpty(Due) || !string.IsNullOrEmpty(Whose);

    public string Address(string? view = null, string? due = null, string? whose = null, int? page = null)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) parts.Add(new(name, value));
        }
        Add("view", view ?? View);
        Add("stage", Stage);
        Add("field", Field);
        Add("region", Region);
        Add("due", due ?? Due);
        Add("whose", whose ?? Whose);
        if (page is { } number) Add("page", $"{number}");
        return "/desk/cases" + QueryString.Create(parts);
    }

    private IQueryable<Case> Filter(IQueryable<Case> cases, DateOnly today)
    {
        if (Enum.TryParse<CaseStage>(Stage, out var stage)) cases = cases.Where(c => c.Stage == stage);
        if (Enum.TryParse<TechnologyField>(Field, out var field)) cases = cases.Where(c => c.Field == field);
        if (!string.IsNullOrEmpty(Region)) cases = cases.Where(c => c.Region == Region);
        var week = today.AddDays(7);
        cases = Due switch { "late" => cases.Where(c => c.DueOn < today), "week" => cases.Where(c => c.DueOn >= today && c.DueOn <= week), _ => cases };
        var me = current.Id;
        return Whose switch { "own" => cases.Where(c => c.BrokerId == me), "stand-in" => cases.Where(c => c.BrokerId != me && c.BrokerId != null), "waiting" => cases.Where(c => c.BrokerId == null), _ => cases };
    }
}
