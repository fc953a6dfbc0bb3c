using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;

namespace Matchmaking.Matching.Plan;

/// <summary>What the ids behind a counted figure are ids of.</summary>
public enum CountedRowKind { AnnualList, Report, ListRound, Contract, Need, Broker, Expert, Secondment, Event }

/// <summary>How one indicator is counted from the platform's own records. A changed rule gets a new version, so that old counts say how they were made.</summary>
/// <param name="Name">Names a text in the resource files as well.</param>
/// <param name="LinesAsync">The rows that count at the end of the day; null when there is nothing that the figure could be of.</param>
public sealed record CountingRule(
    string Code, string Name, int Version, CountedRowKind RowKind,
    Func<MatchmakingDbContext, DateOnly, CancellationToken, Task<IReadOnlyList<CountedLine>?>> LinesAsync)
{
    /// <summary>Contracts are in 万元, the plan is in 亿元.</summary>
    public const decimal TenThousand = 10_000m;

    /// <summary>By what the sum of the lines is divided.</summary>
    public decimal Scale { get; init; } = 1m;

    /// <summary>
    /// Everything there is to count happens on the platform, so the count holds. Otherwise it is the part that the platform sees: a department's report of the whole
    /// holds where there is one, and the count stands beside it.
    /// </summary>
    public bool SeesAll => NamesRows;

    /// <summary>Few rows, whose ids are given to programs with the count.</summary>
    public bool NamesRows => RowKind is CountedRowKind.AnnualList or CountedRowKind.ListRound or CountedRowKind.Report;

    /// <summary>The figure that the lines make: of a share a percentage with one decimal, otherwise their sum.</summary>
    public decimal ValueOf(IReadOnlyCollection<CountedLine> lines) => lines.Any(l => l.Of is not null)
        ? decimal.Round(100m * lines.Sum(l => l.Weight) / lines.Sum(l => l.Of ?? 0m), 1)
        : decimal.Round(lines.Sum(l => l.Weight) / Scale, IndicatorReport.Decimals, MidpointRounding.AwayFromZero);
}

/// <summary>Every rule there is. An indicator without one is reported only.</summary>
public static class CountingRules
{
    public static IReadOnlyList<CountingRule> All { get; } =
    [
        new("5-1", "TransformedInProvince", 1, CountedRowKind.Contract, CountContracts.InProvinceAsync),
        new("5-2", "ContractTurnover", 1, CountedRowKind.Contract, CountContracts.TurnoverAsync) { Scale = CountingRule.TenThousand },
        new("6-1", "NeedsSolvedWithProof", 1, CountedRowKind.Need, CountNeeds.SolvedAsync),
        new("7-1", "ListsPublishedInYear", 1, CountedRowKind.AnnualList, (db, day, token) => CountLists.PublishedAsync(db, AnnualListKind.KeyTechnologyNeeds, "7-1", day, token)),
        new("7-2", "ListsPublishedInYear", 1, CountedRowKind.AnnualList, (db, day, token) => CountLists.PublishedAsync(db, AnnualListKind.QualityAchievements, "7-2", day, token)),
        new("7-3", "ReportsPublishedInYear", 1, CountedRowKind.Report, CountLists.ReportsAsync),
        new("14-2", "CommissionersSeconded", 1, CountedRowKind.Secondment, CountRegisters.SecondedAsync),
        new("15-1", "BrokersTrained", 1, CountedRowKind.Broker, CountPeople.BrokersTrainedAsync),
        new("16-2", "ServiceAchievementsToFirms", 1, CountedRowKind.Contract, CountContracts.ToFirmsAsync),
        new("19-1", "FirmExpertsInRegister", 1, CountedRowKind.Expert, CountPeople.FirmExpertsAsync),
        new("19-2", "FirmExpertsInRounds", 1, CountedRowKind.ListRound, CountLists.FirmExpertsAsync),
        new("20-1", "EventsHeld", 1, CountedRowKind.Event, CountRegisters.EventsAsync),
    ];

    public static CountingRule? Of(string code) => All.SingleOrDefault(r => r.Code == code);
}
