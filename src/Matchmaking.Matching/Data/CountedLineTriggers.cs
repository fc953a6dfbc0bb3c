using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Data;

/// <summary>
/// The database itself refuses to change the lines behind a count once a later day of the indicator was counted: none comes or goes on a day before the last one, none is
/// removed, and of a line nothing changes but the day it goes, once. In a migration that rebuilds the table the triggers have to be made again.
/// </summary>
public static class CountedLineTriggers
{
    private const string Message = "A frozen line of the plan never changes.";
    private const string Table = "IndicatorLines";

    private static readonly string[] Fixed = ["Id", "Code", "RowId", "Number", "Title", "Day", "Weight", "Of", "IsPublic", "AlsoIn", "FromDay"];

    private static string LaterDayThan(string day) => $"EXISTS (SELECT 1 FROM \"IndicatorCounts\" c WHERE c.\"Code\" = NEW.\"Code\" AND c.\"Day\" > NEW.\"{day}\")";

    private static IReadOnlyList<(string Act, string? Condition)> Guards { get; } =
    [
        ("INSERT", LaterDayThan("FromDay")),
        ("UPDATE", $"OLD.\"GoneOn\" IS NOT NULL OR NEW.\"GoneOn\" IS NULL OR {string.Join(" OR ", Fixed.Select(c => $"OLD.\"{c}\" IS DISTINCT FROM NEW.\"{c}\""))} OR {LaterDayThan("GoneOn")}"),
        ("DELETE", null),
    ];

    public static void GuardCountedLines(this MigrationBuilder migrationBuilder)
    {
        foreach (var (act, condition) in Guards)
        {
            var name = $"frozen_{Table}_{act}";
            if (IsSqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{Table}\" {(condition is null ? "" : $"WHEN {condition} ")}BEGIN SELECT RAISE(ABORT, '{Message}'); END");
                continue;
            }
            migrationBuilder.Sql($"CREATE OR REPLACE FUNCTION \"{name}\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition ?? "TRUE"} THEN RAISE EXCEPTION '{Message}'; END IF; RETURN {(act == "DELETE" ? "OLD" : "NEW")}; END $$");
            migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{Table}\" FOR EACH ROW EXECUTE FUNCTION \"{name}\"()");
        }
        // INSERT OR REPLACE removes the row that is in its way without asking the trigger for DELETE.
        if (IsSqlite(migrationBuilder))
            migrationBuilder.Sql($"CREATE TRIGGER \"frozen_{Table}_REPLACE\" BEFORE INSERT ON \"{Table}\" WHEN EXISTS (SELECT 1 FROM \"{Table}\" r WHERE r.\"Id\" = NEW.\"Id\") BEGIN SELECT RAISE(ABORT, '{Message}'); END");
    }

    public static void UnguardCountedLines(this MigrationBuilder migrationBuilder)
    {
        foreach (var (act, _) in Guards)
        {
            var name = $"frozen_{Table}_{act}";
            migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{name}\"{(IsSqlite(migrationBuilder) ? "" : $" ON \"{Table}\"")}");
            if (!IsSqlite(migrationBuilder)) migrationBuilder.Sql($"DROP FUNCTION IF EXISTS \"{name}\"()");
        }
        if (IsSqlite(migrationBuilder)) migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"frozen_{Table}_REPLACE\"");
    }

    /// <summary>A definition is never changed: values of its days are understood by it.</summary>
    public static void GuardDefinitions(this MigrationBuilder migrationBuilder)
    {
        const string Told = "A definition of the plan never changes.";
        foreach (var act in new[] { "UPDATE", "DELETE" })
        {
            var name = $"frozen_IndicatorDefinitions_{act}";
            if (IsSqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"IndicatorDefinitions\" BEGIN SELECT RAISE(ABORT, '{Told}'); END");
                continue;
            }
            migrationBuilder.Sql($"CREATE OR REPLACE FUNCTION \"{name}\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{Told}'; END $$");
            migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"IndicatorDefinitions\" FOR EACH ROW EXECUTE FUNCTION \"{name}\"()");
        }
        if (IsSqlite(migrationBuilder))
            migrationBuilder.Sql($"CREATE TRIGGER \"frozen_IndicatorDefinitions_REPLACE\" BEFORE INSERT ON \"IndicatorDefinitions\" WHEN EXISTS (SELECT 1 FROM \"IndicatorDefinitions\" r WHERE r.\"Id\" = NEW.\"Id\" OR (r.\"Code\" = NEW.\"Code\" AND r.\"Version\" = NEW.\"Version\")) BEGIN SELECT RAISE(ABORT, '{Told}'); END");
    }

    public static void UnguardDefinitions(this MigrationBuilder migrationBuilder)
    {
        foreach (var act in new[] { "UPDATE", "DELETE" })
        {
            var name = $"frozen_IndicatorDefinitions_{act}";
            migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{name}\"{(IsSqlite(migrationBuilder) ? "" : " ON \"IndicatorDefinitions\"")}");
            if (!IsSqlite(migrationBuilder)) migrationBuilder.Sql($"DROP FUNCTION IF EXISTS \"{name}\"()");
        }
        if (IsSqlite(migrationBuilder)) migrationBuilder.Sql("DROP TRIGGER IF EXISTS \"frozen_IndicatorDefinitions_REPLACE\"");
    }

    private static bool IsSqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
}
