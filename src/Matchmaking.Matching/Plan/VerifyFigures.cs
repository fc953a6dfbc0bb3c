using System.Globalization;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

public enum FigureFault
{
    /// <summary>The kept lines do not make the count: value, number or digest.</summary>
    Lines,

    /// <summary>A reported value is not what the audit log has, or one of the two is missing.</summary>
    Report,

    /// <summary>The frozen text of a bulletin is not what was issued.</summary>
    Bulletin,

    /// <summary>The turnover made again from the audit log rests on other rows than the count.</summary>
    Turnover,
}

/// <param name="What">An indicator and a day, or a quarter.</param>
public sealed record WrongFigure(FigureFault Fault, string What);

/// <summary>Checks the frozen figures of the plan: every count with its lines, every reported value with the audit log, every bulletin, and the turnover of today by replay.</summary>
public sealed class VerifyFigures(MatchmakingDbContext db, ReplayTurnover replay)
{
    public async Task<IReadOnlyList<WrongFigure>> RunAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<WrongFigure>();
        foreach (var rule in CountingRules.All) wrong.AddRange(await CountsAsync(rule, cancellationToken));
        wrong.AddRange(await ReportsAsync(cancellationToken));
        wrong.AddRange((await db.PlanBulletins.AsNoTracking().OrderBy(b => b.Id).ToListAsync(cancellationToken)).Where(b => !b.Holds()).Select(b => new WrongFigure(FigureFault.Bulletin, b.Quarter)));
        if (await TurnoverAsync(cancellationToken) is { } turnover) wrong.Add(turnover);
        return wrong;
    }

    /// <summary>Counts between two days on which a line came or went rest on the same lines, so those are read once and made into a digest once for all of them.</summary>
    private async Task<IReadOnlyList<WrongFigure>> CountsAsync(CountingRule rule, CancellationToken cancellationToken)
    {
        var counts = await db.IndicatorCounts.AsNoTracking().Where(c => c.Code == rule.Code && c.Lines != null).OrderBy(c => c.Day).ToListAsync(cancellationToken);
        var lines = await db.IndicatorLines.AsNoTracking().Where(l => l.Code == rule.Code).ToListAsync(cancellationToken);
        var changes = lines.Select(l => l.FromDay).Concat(lines.Select(l => l.GoneOn).OfType<DateOnly>()).Distinct().Order().ToArray();
        var wrong = new List<WrongFigure>();
        foreach (var same in counts.GroupBy(c => SinceChange(changes, c.Day)))
        {
            var day = same.First().Day;
            var standing = lines.Where(l => l.FromDay <= day && (l.GoneOn is null || l.GoneOn > day)).Select(l => l.Line()).ToList();
            var (digest, value) = (CountedLine.DigestOf(standing), rule.ValueOf(standing));
            // A value counted by an older version of the rule is not made again by this one; its lines still have to be those.
            wrong.AddRange(same.Where(c => c.Digest != digest || c.Lines != standing.Count || (c.RuleVersion == rule.Version && c.Value != value)).Select(c => new WrongFigure(FigureFault.Lines, Named(rule.Code, c.Day))));
        }
        return wrong;
    }

    private static int SinceChange(DateOnly[] changes, DateOnly day)
    {
        var place = Array.BinarySearch(changes, day);
        return place >= 0 ? place : ~place - 1;
    }

    /// <summary>Both ways: a value that is not in the log, and one in the log that is not there, each as often as it is.</summary>
    private async Task<IReadOnlyList<WrongFigure>> ReportsAsync(CancellationToken cancellationToken)
    {
        var logged = (await db.AuditEntries.AsNoTracking().Where(a => a.Action == IndicatorReport.LoggedAs).Select(a => new { a.Subject, a.Details }).ToListAsync(cancellationToken)).CountBy(a => (a.Subject, a.Details)).ToDictionary();
        var kept = (await db.IndicatorReports.AsNoTracking().ToListAsync(cancellationToken)).CountBy(r => (Subject: r.LogSubject, Details: r.LogDetails)).ToDictionary();
        return [.. logged.Keys.Union(kept.Keys).Where(k => logged.GetValueOrDefault(k) != kept.GetValueOrDefault(k)).Select(k => new WrongFigure(FigureFault.Report, $"{k.Subject[IndicatorReport.LogPrefix.Length..]} {k.Details}"))];
    }

    private async Task<WrongFigure?> TurnoverAsync(CancellationToken cancellationToken)
    {
        var last = await db.IndicatorCounts.AsNoTracking().Where(c => c.Code == CountContracts.Turnover && c.Lines != null).OrderByDescending(c => c.Day).FirstOrDefaultAsync(cancellationToken);
        // A day that has not ended may have had another act since it was counted.
        if (last is null || CountedLine.DigestOf(await replay.LinesAsync(last.Day, last.CountedAt, cancellationToken)) == last.Digest) return null;
        return new WrongFigure(FigureFault.Turnover, Named(CountContracts.Turnover, last.Day));
    }

    private static string Named(string code, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{code} {day:yyyy-MM-dd}");
}
