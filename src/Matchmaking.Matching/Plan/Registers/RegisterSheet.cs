using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Plan.Registers;

/// <summary>A row of an uploaded table: an entry, or what is wrong in which cell.</summary>
/// <param name="Cells">As they stand in the file, in the order of the register's columns.</param>
public sealed record RegisterRow(int Number, RegisterValues? Values, IReadOnlyList<(string Address, Problem Problem)> Problems, IReadOnlyList<string> Cells);

/// <summary>Tables of a register.</summary>
public static class RegisterSheet
{
    /// <exception cref="FileRefusedException">With the reason; nothing of the file was used.</exception>
    public static IReadOnlyList<RegisterRow> Read(RegisterKind kind, string fileName, Stream content, DateOnly today) =>
        [.. SheetTable.Read(RegisterColumns.Of(kind), fileName, content).Select(r => ReadRow(kind, r, today))];

    private static RegisterRow ReadRow(RegisterKind kind, SheetRow<RegisterField> row, DateOnly today)
    {
        var (values, problems) = RegisterColumns.Read(kind, field => row[field], today);
        return new RegisterRow(row.Number, values, [.. problems.Select(p => (row.AddressOf(Enum.Parse<RegisterField>(p.Field)), p))], [.. RegisterColumns.Of(kind).Select(c => row[c.Field].Text)]);
    }
}
