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

    private static IReadOnlyList<(string Table, string Act, string? Condition)> Guards { get; } =
    [
        (Table, "INSERT", LaterDayThan("FromDay")),
        (Table, "UPDATE", $"OLD.\"GoneOn\" IS NOT NULL OR NEW.\"GoneOn\" IS NULL OR {string.Join(" OR ", Fixed.Select(c => $"OLD.\"{c}\" IS DISTINCT FROM NEW.\"{c}\""))} OR {LaterDayThan("GoneOn")}"),
        (Table, "DELETE", null),
    ];

    private static IReadOnlyList<(string Table, string InTheWay)> Replacements { get; } = [(Table, "r.\"Id\" = NEW.\"Id\"")];

    public static void GuardCountedLines(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("frozen", Message, Guards, Replacements);

    public static void UnguardCountedLines(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("frozen", Guards, Replacements);

    private const string DefinitionMessage = "A definition of the plan never changes.";
    private const string Definitions = "IndicatorDefinitions";

    private static IReadOnlyList<(string Table, string Act, string? Condition)> DefinitionGuards { get; } = [(Definitions, "UPDATE", null), (Definitions, "DELETE", null)];

    private static IReadOnlyList<(string Table, string InTheWay)> DefinitionReplacements { get; } =
        [(Definitions, "r.\"Id\" = NEW.\"Id\" OR (r.\"Code\" = NEW.\"Code\" AND r.\"Version\" = NEW.\"Version\")")];

    private const string BulletinMessage = "A bulletin of the plan never changes.";
    private const string Bulletins = "PlanBulletins";

    private static IReadOnlyList<(string Table, string Act, string? Condition)> BulletinGuards { get; } = [(Bulletins, "UPDATE", null), (Bulletins, "DELETE", null)];

    private static IReadOnlyList<(string Table, string InTheWay)> BulletinReplacements { get; } =
        [(Bulletins, "r.\"Id\" = NEW.\"Id\" OR (r.\"Quarter\" = NEW.\"Quarter\" AND r.\"Edition\" = NEW.\"Edition\")")];

    /// <summary>What was issued never changes; a correction is another edition.</summary>
    public static void GuardBulletins(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("frozen", BulletinMessage, BulletinGuards, BulletinReplacements);

    public static void UnguardBulletins(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("frozen", BulletinGuards, BulletinReplacements);

    private const string ReturnMessage = "A confirmed return never changes.";
    private const string Returns = "DepartmentReturns";
    private const string Confirmed = "OLD.\"State\" = 'Confirmed'";

    private static IReadOnlyList<(string Table, string Act, string? Condition)> ReturnGuards { get; } = [(Returns, "UPDATE", Confirmed), (Returns, "DELETE", Confirmed)];

    private static IReadOnlyList<(string Table, string InTheWay)> ReturnReplacements { get; } =
        [(Returns, "r.\"State\" = 'Confirmed' AND (r.\"Id\" = NEW.\"Id\" OR (r.\"Department\" = NEW.\"Department\" AND r.\"Period\" = NEW.\"Period\" AND r.\"Number\" = NEW.\"Number\"))")];

    /// <summary>What staff confirmed stands among the reported values; a correction is the next number.</summary>
    public static void GuardReturns(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("frozen", ReturnMessage, ReturnGuards, ReturnReplacements);

    public static void UnguardReturns(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("frozen", ReturnGuards, ReturnReplacements);

    /// <summary>A definition is never changed: values of its days are understood by it.</summary>
    public static void GuardDefinitions(this MigrationBuilder migrationBuilder) => migrationBuilder.Guard("frozen", DefinitionMessage, DefinitionGuards, DefinitionReplacements);

    public static void UnguardDefinitions(this MigrationBuilder migrationBuilder) => migrationBuilder.Unguard("frozen", DefinitionGuards, DefinitionReplacements);
}
