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

    public static void GuardPlanFigures(this MigrationBuilder migrationBuilder)
    {
        foreach (var (table, act, condition) in Guards)
        {
            var name = $"frozen_{table}_{act}";
            if (IsSqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{table}\" {(condition is null ? "" : $"WHEN {condition} ")}BEGIN SELECT RAISE(ABORT, '{Message}'); END");
                continue;
            }
            // A subquery is not allowed in the condition of a trigger there, so it stands in the function.
            migrationBuilder.Sql($"CREATE OR REPLACE FUNCTION \"{name}\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition ?? "TRUE"} THEN RAISE EXCEPTION '{Message}'; END IF; RETURN {(act == "DELETE" ? "OLD" : "NEW")}; END $$");
            migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION \"{name}\"()");
        }
        if (!IsSqlite(migrationBuilder)) return;
        foreach (var (table, inTheWay) in Replacements)
            migrationBuilder.Sql($"CREATE TRIGGER \"frozen_{table}_REPLACE\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" r WHERE {inTheWay}) BEGIN SELECT RAISE(ABORT, '{Message}'); END");
    }

    public static void UnguardPlanFigures(this MigrationBuilder migrationBuilder)
    {
        foreach (var (table, act, _) in Guards)
        {
            var name = $"frozen_{table}_{act}";
            migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{name}\"{(IsSqlite(migrationBuilder) ? "" : $" ON \"{table}\"")}");
            if (!IsSqlite(migrationBuilder)) migrationBuilder.Sql($"DROP FUNCTION IF EXISTS \"{name}\"()");
        }
        if (!IsSqlite(migrationBuilder)) return;
        foreach (var (table, _) in Replacements) migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"frozen_{table}_REPLACE\"");
    }

    private static bool IsSqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
}
