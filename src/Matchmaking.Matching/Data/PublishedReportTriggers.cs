using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Data;

/// <summary>
/// The database itself refuses to change a published report, and ever to change how its sections stood before. In a migration that rebuilds one of these tables the triggers are
/// lost and have to be made again.
/// </summary>
public static class PublishedReportTriggers
{
    private const string Message = "A published report never changes.";

    private const string OfPublished = "EXISTS (SELECT 1 FROM \"ForesightReports\" r WHERE r.\"Id\" = NEW.\"ReportId\" AND r.\"State\" = 'Published')";

    /// <summary>Null: always refused.</summary>
    private static IReadOnlyList<(string Table, string Act, string? Condition)> Guards { get; } =
    [
        ("ForesightReports", "UPDATE", "OLD.\"State\" = 'Published'"), ("ForesightReports", "DELETE", "OLD.\"State\" = 'Published'"),
        ("ForesightRevisions", "UPDATE", null), ("ForesightRevisions", "DELETE", null), ("ForesightRevisions", "INSERT", OfPublished),
    ];

    /// <summary>SQLite's INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE, so a row in the way is refused before.</summary>
    private static IReadOnlyList<(string Table, string InTheWay)> Replacements { get; } =
    [
        ("ForesightReports", "r.\"State\" = 'Published' AND (r.\"Id\" = NEW.\"Id\" OR (r.\"Year\" = NEW.\"Year\" AND r.\"Scope\" = NEW.\"Scope\" AND r.\"Edition\" = NEW.\"Edition\"))"),
        ("ForesightRevisions", "r.\"Id\" = NEW.\"Id\" OR (r.\"ReportId\" = NEW.\"ReportId\" AND r.\"Number\" = NEW.\"Number\")"),
    ];

    public static void GuardPublishedReports(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("published", Message, Guards, Replacements);

    public static void UnguardPublishedReports(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("published", Guards, Replacements);
}
