using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Data;

/// <summary>Triggers by which the database itself refuses acts on rows, in SQLite and PostgreSQL alike.</summary>
internal static class RowGuards
{
    /// <param name="prefix">Of the triggers' names: prefix_Table_ACT.</param>
    /// <param name="guards">Condition on OLD and NEW; null refuses always.</param>
    /// <param name="replacements">SQLite's INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE, so a row r in the way of NEW is refused before.</param>
    public static void Guard(
        this MigrationBuilder migrationBuilder, string prefix, string message, IReadOnlyList<(string Table, string Act, string? Condition)> guards, IReadOnlyList<(string Table, string InTheWay)> replacements)
    {
        foreach (var (table, act, condition) in guards)
        {
            var name = $"{prefix}_{table}_{act}";
            if (IsSqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{table}\" {(condition is null ? "" : $"WHEN {condition} ")}BEGIN SELECT RAISE(ABORT, '{message}'); END");
                continue;
            }
            // A subquery is not allowed in the condition of a trigger there, so it stands in the function.
            migrationBuilder.Sql($"CREATE OR REPLACE FUNCTION \"{name}\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition ?? "TRUE"} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {(act == "DELETE" ? "OLD" : "NEW")}; END $$");
            migrationBuilder.Sql($"CREATE TRIGGER \"{name}\" BEFORE {act} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION \"{name}\"()");
        }
        if (!IsSqlite(migrationBuilder)) return;
        foreach (var (table, inTheWay) in replacements)
            migrationBuilder.Sql($"CREATE TRIGGER \"{prefix}_{table}_REPLACE\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" r WHERE {inTheWay}) BEGIN SELECT RAISE(ABORT, '{message}'); END");
    }

    public static void Unguard(this MigrationBuilder migrationBuilder, string prefix, IReadOnlyList<(string Table, string Act, string? Condition)> guards, IReadOnlyList<(string Table, string InTheWay)> replacements)
    {
        foreach (var (table, act, _) in guards)
        {
            var name = $"{prefix}_{table}_{act}";
            migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{name}\"{(IsSqlite(migrationBuilder) ? "" : $" ON \"{table}\"")}");
            if (!IsSqlite(migrationBuilder)) migrationBuilder.Sql($"DROP FUNCTION IF EXISTS \"{name}\"()");
        }
        if (!IsSqlite(migrationBuilder)) return;
        foreach (var (table, _) in replacements) migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{prefix}_{table}_REPLACE\"");
    }

    private static bool IsSqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
}
