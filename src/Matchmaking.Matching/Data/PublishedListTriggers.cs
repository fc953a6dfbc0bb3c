using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Data;

/// <summary>
/// The database itself refuses to change what was published, whoever asks: a list, its entries, its steps and who signed it, and the public half of a signing key. In a
/// migration that rebuilds one of these tables (SQLite does that for a changed column) the triggers are lost and have to be made again.
/// </summary>
public static class PublishedListTriggers
{
    private const string Message = "A published list never changes.";

    private static readonly string[] OfList = ["AnnualListEntries", "AnnualListSteps", "AnnualListSigns"];

    public static void GuardPublishedLists(this MigrationBuilder migrationBuilder)
    {
        foreach (var statement in migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal) ? Sqlite() : Postgres()) migrationBuilder.Sql(statement);
    }

    public static void UnguardPublishedLists(this MigrationBuilder migrationBuilder)
    {
        var sqlite = migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
        foreach (var (table, act) in Guards())
            migrationBuilder.Sql(sqlite ? $"DROP TRIGGER IF EXISTS \"published_{table}_{act}\"" : $"DROP TRIGGER IF EXISTS \"published_{table}_{act}\" ON \"{table}\"");
        if (sqlite) foreach (var (table, _) in Replacements) migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"published_{table}_REPLACE\"");
    }

    private static IEnumerable<(string Table, string Act)> Guards() =>
    [
        ("AnnualLists", "UPDATE"), ("AnnualLists", "DELETE"), .. from table in OfList from act in new[] { "INSERT", "UPDATE", "DELETE" } select (table, act),
        ("ListSigningKeys", "UPDATE"), ("ListSigningKeys", "DELETE"),
    ];

    /// <summary>SQLite's INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE, so a row in the way is refused before.</summary>
    private static readonly (string Table, string InTheWay)[] Replacements =
    [
        ("AnnualLists", "r.\"State\" = 'Published' AND (r.\"Id\" = NEW.\"Id\" OR (r.\"Kind\" = NEW.\"Kind\" AND r.\"Year\" = NEW.\"Year\" AND r.\"Edition\" = NEW.\"Edition\"))"),
        ("ListSigningKeys", "r.\"Id\" = NEW.\"Id\""),
    ];

    private static IEnumerable<string> Sqlite() => Replacements.Select(way =>
        $"CREATE TRIGGER \"published_{way.Table}_REPLACE\" BEFORE INSERT ON \"{way.Table}\" WHEN EXISTS (SELECT 1 FROM \"{way.Table}\" r WHERE {way.InTheWay}) BEGIN SELECT RAISE(ABORT, '{Message}'); END").Concat(Guards().Select(guard =>
        $"CREATE TRIGGER \"published_{guard.Table}_{guard.Act}\" BEFORE {guard.Act} ON \"{guard.Table}\" WHEN {Condition(guard.Table, guard.Act)} BEGIN SELECT RAISE(ABORT, '{Message}'); END"));

    private static IEnumerable<string> Postgres()
    {
        yield return $"CREATE OR REPLACE FUNCTION published_list_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{Message}'; END $$";
        foreach (var (table, act) in Guards())
        {
            // A subquery is not allowed in the condition of a trigger there, so rows of a list ask in a function of their own.
            if (OfList.Contains(table))
            {
                yield return $"CREATE OR REPLACE FUNCTION published_{table}_{act}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {Condition(table, act)} THEN RAISE EXCEPTION '{Message}'; END IF; RETURN {(act == "DELETE" ? "OLD" : "NEW")}; END $$";
                yield return $"CREATE TRIGGER \"published_{table}_{act}\" BEFORE {act} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION published_{table}_{act}()";
            }
            else
            {
                yield return $"CREATE TRIGGER \"published_{table}_{act}\" BEFORE {act} ON \"{table}\" FOR EACH ROW WHEN ({Condition(table, act)}) EXECUTE FUNCTION published_list_never_changes()";
            }
        }
    }

    private static string Condition(string table, string act) => table switch
    {
        "AnnualLists" => "OLD.\"State\" = 'Published'",
        "ListSigningKeys" => act == "DELETE" ? "OLD.\"Id\" IS NOT NULL" : "OLD.\"PublicPem\" <> NEW.\"PublicPem\" OR OLD.\"From\" <> NEW.\"From\" OR OLD.\"Reason\" <> NEW.\"Reason\"",
        // A step or entry moved into a published list is refused as one that is changed in it.
        _ => act == "INSERT" ? Published("NEW") : act == "DELETE" ? Published("OLD") : $"{Published("OLD")} OR {Published("NEW")}",
    };

    private static string Published(string row) => $"EXISTS (SELECT 1 FROM \"AnnualLists\" l WHERE l.\"Id\" = {row}.\"ListId\" AND l.\"State\" = 'Published')";
}
