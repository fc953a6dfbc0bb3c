using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Foresight;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Plan;

/// <summary>A row behind a counted figure: what it is called and where it can be read.</summary>
public sealed record CountedRow(string Name, string Href);

/// <summary>Indicators in the reader's words.</summary>
public sealed class PlanWords(IStringLocalizer<PlanText> text, IStringLocalizer<ListsText> lists, Formatting format, ForesightWords reportWords, MatchmakingDbContext db, LocalTime time)
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string Name(PlanIndicator indicator) => indicator.Name(English);

    public string Unit(PlanIndicator indicator) => Known("Unit." + indicator.Unit, indicator.Unit);

    public string Department(string department) => Known("Department." + department, department);

    /// <summary>省科技厅, 省科技厅等2部门.</summary>
    public string Departments(PlanIndicator indicator) => indicator.Departments.Count == 1
        ? Department(indicator.Departments[0])
        : text["Departments", Department(indicator.Departments[0]), indicator.Departments.Count];

    public string Target(PlanIndicator indicator) => format.NumberWithUnit(indicator.Target, Unit(indicator));

    public string Due(PlanIndicator indicator) => indicator.Kind == IndicatorKind.Yearly ? text["Due.Yearly"] : format.Date(indicator.Due);

    public StatusView Status(IndicatorStatus status) => new(
        status switch
        {
            IndicatorStatus.Met => StatusKind.Good,
            IndicatorStatus.Ahead or IndicatorStatus.OnTheWay => StatusKind.Live,
            IndicatorStatus.Behind => StatusKind.Warn,
            IndicatorStatus.Missed => StatusKind.Bad,
            _ => StatusKind.None,
        },
        text["Status." + status]);

    public StatusView Status(ReturnState state) => new(
        state switch
        {
            ReturnState.Confirmed => StatusKind.Good,
            ReturnState.Checked or ReturnState.Handed => StatusKind.Live,
            _ => StatusKind.Neutral,
        },
        text["Return.State." + state]);

    /// <param name="period">As 2026-3 for a quarter, 2026-09 for a month.</param>
    public string Period(string period) => Periods.IsMonth(period) ? text["Return.Month", period[..4], int.Parse(period[5..], System.Globalization.CultureInfo.InvariantCulture)] : Quarter(text, period);

    public static string CellClass(IndicatorStatus status) => status switch
    {
        IndicatorStatus.Met => "cell cell--met",
        IndicatorStatus.Ahead => "cell cell--ahead",
        IndicatorStatus.OnTheWay => "cell cell--pace",
        IndicatorStatus.Behind => "cell cell--behind",
        IndicatorStatus.Missed => "cell cell--missed",
        _ => "cell",
    };

    public ProgressView? Progress(IndicatorStanding standing)
    {
        if (standing.Value is not { } value || standing.Done is not { } done) return null;
        var kind = standing.Status switch
        {
            IndicatorStatus.Behind => StatusKind.Warn,
            IndicatorStatus.Missed => StatusKind.Bad,
            _ => StatusKind.Neutral,
        };
        return new ProgressView(format.Number(value), Target(standing.Indicator), (double)done / 100, (double)standing.Pace / 100, kind);
    }

    /// <summary>平台统计1, 报送3份, or both; 未报送 when there is nothing.</summary>
    public string Source(IndicatorStanding standing)
    {
        var parts = new List<string>();
        if (standing.Counted is { } counted) parts.Add(text["Source.Counted", format.Number(counted.Value)]);
        if (standing.Reports > 0) parts.Add(text["Source.Reported", standing.Reports]);
        return parts.Count == 0 ? text["Source.None"] : format.List(parts);
    }

    /// <summary>The records behind counted ids, in their order.</summary>
    public async Task<IReadOnlyList<CountedRow>> RowsAsync(CountingRule rule, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        switch (rule.RowKind)
        {
            case CountedRowKind.AnnualList:
                var found = await db.AnnualLists.AsNoTracking().Where(l => ids.Contains(l.Id) && l.State == AnnualListState.Published)
                    .OrderBy(l => l.Year).ToListAsync(cancellationToken);
                return [.. found.Select(l => new CountedRow(lists["ListOfYear", lists["Kind." + l.Kind].Value, l.Year], ListAddress.Of(l.Kind, l.Year)))];
            case CountedRowKind.Report:
                var reports = await db.ForesightReports.AsNoTracking().Where(r => ids.Contains(r.Id) && r.State == ForesightState.Published).OrderBy(r => r.Year).ThenBy(r => r.Scope).ToListAsync(cancellationToken);
                return [.. reports.Select(r => new CountedRow(reportWords.Name(r), ForesightWords.Address(r)))];
            case CountedRowKind.ListRound:
                var today = time.Today;
                var rounds = await db.ListRounds.AsNoTracking().Include(r => r.List).Where(r => ids.Contains(r.Id)).OrderBy(r => r.Year).ToListAsync(cancellationToken);
                // A round is read at its list, and that only from the notice on.
                return [.. rounds.Where(r => r.List!.IsPublicOn(today)).Select(r => new CountedRow(lists["ListOfYear", lists["Kind." + r.Kind].Value, r.Year], ListAddress.Of(r.Kind, r.Year) + "#made"))];
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule.RowKind, "Rows of this kind have no page.");
        }
    }

    /// <summary>The picture of a number's course; null without a course.</summary>
    public PlanChartView? Chart(IndicatorHistory history)
    {
        var indicator = history.Standing.Indicator;
        if (history.Series.Count == 0) return null;
        var (first, last) = (history.Series[0], history.Series[^1]);
        var label = text["Chart.Aria", Name(indicator), format.Date(first.Day), format.Number(first.Value), format.Date(last.Day), format.Number(last.Value), Target(indicator)];
        var until = last.Day > indicator.Due ? last.Day : indicator.Due;
        return new PlanChartView(first.Day < PlanStatus.Start ? first.Day : PlanStatus.Start, until, indicator.Target, history.Standing.Line.Points, history.Series, history.Forecast?.Point, label);
    }

    /// <summary>The public page of a counted row, where it has one.</summary>
    public static string? PublicAddressOf(CountingRule rule, IndicatorLine line) => rule.RowKind == CountedRowKind.Need && line.Number.Length > 0 ? "/needs/" + line.Number : null;

    /// <summary>The page on which staff see a counted row.</summary>
    public static string? StaffAddressOf(CountingRule rule, IndicatorLine line) => rule.RowKind switch
    {
        CountedRowKind.Contract => string.Create(CultureInfo.InvariantCulture, $"/contracts/{line.RowId}"),
        CountedRowKind.Need => string.Create(CultureInfo.InvariantCulture, $"/staff/review/{line.RowId}"),
        CountedRowKind.Broker => string.Create(CultureInfo.InvariantCulture, $"/staff/brokers/{line.RowId}"),
        CountedRowKind.Secondment => "/staff/registers/secondments",
        CountedRowKind.Event => "/staff/registers/events",
        CountedRowKind.Expert => string.Create(CultureInfo.InvariantCulture, $"/staff/experts/{line.RowId}"),
        _ => null,
    };

    /// <summary>The text under the key, or the plan's own word when there is none.</summary>
    private string Known(string key, string otherwise) => text[key] is { ResourceNotFound: false } found ? found.Value : otherwise;

    /// <param name="quarter">As 2026-3.</param>
    public static string Quarter(IStringLocalizer<PlanText> text, string quarter) => text["Bulletin.Quarter", quarter[..4], quarter[5..]];
}
