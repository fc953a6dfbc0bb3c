using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>What is counted from the yearly lists and the rounds in which they are scored.</summary>
public static class CountLists
{
    /// <summary>Lists of the kind (a correction is no other list) published from 1 January of the day's year until the end of the day.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> PublishedAsync(MatchmakingDbContext db, AnnualListKind kind, string code, DateOnly day, CancellationToken cancellationToken)
    {
        var (from, until) = YearUntil(day);
        var lists = await db.AnnualLists.AsNoTracking()
            .Where(l => l.Kind == kind && l.Edition == 1 && l.State == AnnualListState.Published && l.PublishedAt >= from && l.PublishedAt < until)
            .OrderBy(l => l.Id).Select(l => new { l.Id, l.Year, l.PublishedAt }).ToListAsync(cancellationToken);
        var title = PlanIndicators.Find(code)!.NameZh;
        return lists.ConvertAll(l => new CountedLine(l.Id, l.Year.ToString(CultureInfo.InvariantCulture), title, ProvinceTime.DayOf(l.PublishedAt!.Value), 1m, null, IsPublic: true));
    }

    /// <summary>Foresight reports, of all fields or of one (a correction is no other report), published from 1 January of the day's year until the end of the day.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> ReportsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var (from, until) = YearUntil(day);
        var reports = await db.ForesightReports.AsNoTracking().Where(r => r.Edition == 1 && r.State == ForesightState.Published && r.PublishedAt >= from && r.PublishedAt < until)
            .OrderBy(r => r.Id).Select(r => new { r.Id, r.Year, r.OfficialNumber, r.PublishedAt }).ToListAsync(cancellationToken);
        var title = PlanIndicators.Find("7-3")!.NameZh;
        return reports.ConvertAll(r => new CountedLine(r.Id, r.Year.ToString(CultureInfo.InvariantCulture), $"{title} {r.OfficialNumber}", ProvinceTime.DayOf(r.PublishedAt!.Value), 1m, null, IsPublic: true));
    }

    /// <summary>
    /// Firm experts among all who scored in rounds of achievements that were counted from 1 January of the day's year until the end of the day; an expert counts once a
    /// round. A share of nobody is not counted.
    /// </summary>
    public static async Task<IReadOnlyList<CountedLine>?> FirmExpertsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var (from, until) = YearUntil(day);
        var rounds = await db.ListRounds.AsNoTracking().Where(r => r.Kind == AnnualListKind.QualityAchievements && r.Phase != ListRoundPhase.Cancelled && r.ComputedAt >= from && r.ComputedAt < until)
            .OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var title = PlanIndicators.Find("7-2")!.NameZh;
        var lines = rounds.ConvertAll(r => new CountedLine(
            r.Id, r.Year.ToString(CultureInfo.InvariantCulture), title, ProvinceTime.DayOf(r.ComputedAt!.Value), r.Results!.Experts.Count(e => e.IsFromFirm), r.Results.Experts.Count, IsPublic: false));
        return lines.Sum(l => l.Of) > 0 ? lines : null;
    }

    private static (DateTimeOffset From, DateTimeOffset Until) YearUntil(DateOnly day) => (ProvinceTime.At(new DateOnly(day.Year, 1, 1), 0), ProvinceTime.At(day.AddDays(1), 0));
}
