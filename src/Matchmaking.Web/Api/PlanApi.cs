using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Web.Api;

/// <param name="Value">The value that counts: counted where a counting rule exists, otherwise reported.</param>
/// <param name="Rows">Ids behind the counted value.</param>
public sealed record IndicatorSummary(
    string Code, int Item, int Part, string NameZh, string NameEn, string Unit, decimal Target, string Kind, DateOnly Due,
    IReadOnlyList<string> Departments, string Wording, decimal? Value, string Origin, DateOnly? AsOf, decimal? PercentDone, decimal PercentPace,
    string Status, decimal? Reported, decimal? Counted, IReadOnlyList<int> Rows);

/// <summary>The plan's 42 numbers for programs.</summary>
public static class PlanApi
{
    public static RouteGroupBuilder MapPlanApi(this RouteGroupBuilder group)
    {
        group.MapGet("/plan/indicators", AllAsync).WithName("GetIndicators").WithSummary("The plan's 42 numbers with value, target and state.");
        return group.MapPlanHistory();
    }

    internal static async Task<Ok<List<IndicatorSummary>>> AllAsync(ReadPlan read, LocalTime time, CancellationToken cancellationToken)
    {
        var standings = await read.AllAsync(time.Today, cancellationToken);
        return TypedResults.Ok(standings.Select(Summary).ToList());
    }

    internal static IndicatorSummary Summary(IndicatorStanding s) => new(
        s.Indicator.Code, s.Indicator.Item, s.Indicator.Part, s.Indicator.NameZh, s.Indicator.NameEn, s.Indicator.Unit, s.Indicator.Target,
        s.Indicator.Kind.ToString(), s.Indicator.Due, s.Indicator.Departments, s.Indicator.Wording, s.Value, s.Origin.ToString(), s.AsOf, s.Done, s.Pace, s.Status.ToString(),
        s.Reported?.Value, s.Counted?.Value, s.Counted?.Rows ?? []);
}
