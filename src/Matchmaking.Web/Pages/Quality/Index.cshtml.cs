using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Quality;

/// <summary>One word of the platform and what became of it.</summary>
public sealed record SaidAndSo(Confidence Confidence, int Count, double Share);

/// <summary>How good matching is, measured on brokers' grades; public.</summary>
public sealed class IndexModel(MatchmakingDbContext db, KeptFigures kept) : PageModel
{
    /// <summary>Fewer needs than this of a field say nothing.</summary>
    public const int LeastOfField = 5;

    public RankerMeasure? Latest { get; private set; }
    public DateOnly Day { get; private set; }

    /// <summary>The last measure of every ranker that was in use, latest first.</summary>
    public IReadOnlyList<(DateOnly Day, RankerMeasure Measure)> Versions { get; private set; } = [];
    public IReadOnlyList<SaidAndSo> Words { get; private set; } = [];
    public Agreement Agreement { get; private set; } = new(0, 0, null);

    /// <summary>When the agreement was counted.</summary>
    public DateTimeOffset AgreementAt { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var last = await db.RankerEvaluations.AsNoTracking()
            .Where(e => !db.RankerEvaluations.Any(later => later.Ranker == e.Ranker && later.Day > e.Day)).OrderByDescending(e => e.Day).ThenByDescending(e => e.Id).ToListAsync(cancellationToken);
        Versions = [.. last.Select(e => (e.Day, e.Measure))];
        if (Versions.Count > 0)
        {
            (Day, Latest) = Versions[0];
            Words = [.. Latest.Bins.GroupBy(b => Match.ConfidenceOf(b.From)).OrderByDescending(g => g.Key)
                .Select(g => new SaidAndSo(g.Key, g.Sum(b => b.Count), g.Sum(b => b.Count * b.Was) / g.Sum(b => b.Count)))];
        }
        (AgreementAt, Agreement) = await kept.GetAsync("agreement", TimeSpan.FromMinutes(10), () => AgreementOf(db, cancellationToken));
    }

    /// <summary>Pairs that two brokers graded, each by his last word.</summary>
    private static async Task<Agreement> AgreementOf(MatchmakingDbContext db, CancellationToken cancellationToken)
    {
        var grades = await db.Grades.Where(g => g.UndoneAt == null && db.Grades.Any(o => o.MatchId == g.MatchId && o.GraderId != g.GraderId && o.UndoneAt == null))
            .Select(g => new { g.MatchId, g.GraderId, g.Value, g.Id }).ToListAsync(cancellationToken);
        return Agreement.Of([.. grades.GroupBy(g => g.MatchId).Select(pair => pair.GroupBy(g => g.GraderId).Select(own => own.MaxBy(g => g.Id)!).OrderBy(g => g.Id).Take(2).ToList())
            .Select(two => (two[0].Value, two[1].Value))]);
    }
}
