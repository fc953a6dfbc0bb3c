using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Plan;

public sealed class IndexModel(ReadPlan read, MatchmakingDbContext db, LocalTime time) : PageModel
{
    public IReadOnlyList<IndicatorStanding> All { get; private set; } = [];

    /// <summary>What the tables show: all, late, counted or reported.</summary>
    public string Show { get; private set; } = "all";

    /// <summary>Issued bulletins, the latest edition of each, newest quarter first.</summary>
    public IReadOnlyList<(string Quarter, int Edition, DateTimeOffset IssuedAt, string? CorrectionReason)> Bulletins { get; private set; } = [];

    /// <summary>The last quarter that has ended, when its bulletin is not issued yet.</summary>
    public string? Draft => Quarters.Ended(Today) is [var last, ..] && Bulletins.All(b => b.Quarter != last) ? last : null;

    public DateOnly Today => time.Today;

    /// <summary>Share of the plan's three years that is over.</summary>
    public decimal Elapsed => Math.Clamp(
        (decimal)(Today.DayNumber - PlanStatus.Start.DayNumber) / (PlanStatus.End.DayNumber - PlanStatus.Start.DayNumber), 0m, 1m);

    public async Task OnGetAsync(string? show, CancellationToken cancellationToken)
    {
        if (show is "late" or "counted" or "reported") Show = show;
        All = await read.AllAsync(time.Today, cancellationToken);
        var issued = await db.PlanBulletins.AsNoTracking().Select(b => new { b.Quarter, b.Edition, b.IssuedAt, b.CorrectionReason }).ToListAsync(cancellationToken);
        Bulletins = [.. issued.GroupBy(b => b.Quarter).Select(g => g.MaxBy(b => b.Edition)!).OrderByDescending(b => b.Quarter, StringComparer.Ordinal).Select(b => (b.Quarter, b.Edition, b.IssuedAt, b.CorrectionReason))];
    }

    public int Count(IndicatorStatus status) => All.Count(s => s.Status == status);

    public bool IsShown(IndicatorStanding standing) => Show switch
    {
        "late" => IsLate(standing),
        "counted" => standing.Origin == ValueOrigin.Counted,
        "reported" => standing.Origin == ValueOrigin.Reported,
        _ => true,
    };

    public int CountOf(string show) => show switch
    {
        "late" => All.Count(IsLate),
        "counted" => All.Count(s => s.Origin == ValueOrigin.Counted),
        "reported" => All.Count(s => s.Origin == ValueOrigin.Reported),
        _ => All.Count,
    };

    private static bool IsLate(IndicatorStanding standing) => standing.Status is IndicatorStatus.Behind or IndicatorStatus.Missed;
}
