using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Data;

/// <summary>
/// The database itself refuses to change what a department reported, ever, and what was counted on a day once a later day of the same indicator was counted. Until then
/// the day's count may still be brought up to date. In a migration that rebuilds one of these tables (SQLite does that for a changed column) the triggers are lost and
/// have to be made again.
/// </summary>
public static class PlanFigureTriggers
{
    private const string Message = "A frozen figure of the plan never changes.";

    private const string LaterDayCounted =
        "EXISTS (SELECT 1 FROM \"IndicatorCounts\" c WHERE c.\"Code\" = OLD.\"Code\" AND c.\"Day\" > OLD.\"Day\") OR OLD.\"Code\" <> NEW.\"Code\" OR OLD.\"Day\" <> NEW.\"Day\"";

    /// <summary>Null: always refused.</summary>
    private static IReadOnlyList<(string Table, string Act, string? Condition)> Guards { get; } =
    [
        ("IndicatorReports", "UPDATE", null), ("IndicatorReports", "DELETE", null),
        ("IndicatorCounts", "UPDATE", LaterDayCounted), ("IndicatorCounts", "DELETE", null),
    ];

    /// <summary>SQLite's INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE, so a row in the way is refused before.</summary>
    private static IReadOnlyList<(string Table, string InTheWay)> Replacements { get; } =
    [
        ("IndicatorReports", "r.\"Id\" = NEW.\"Id\" OR r.\"CreationKey\" = NEW.\"CreationKey\""),
        ("IndicatorCounts", "r.\"Id\" = NEW.\"Id\" OR (r.\"Code\" = NEW.\"Code\" AND r.\"Day\" = NEW.\"Day\")"),
    ];

    public static void GuardPlanFigures(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("frozen", Message, Guards, Replacements);

    public static void UnguardPlanFigures(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("frozen", Guards, Replacements);
}
