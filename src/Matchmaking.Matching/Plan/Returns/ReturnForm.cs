using Matchmaking.Matching.Importing.Sheets;

namespace Matchmaking.Matching.Plan.Returns;

/// <summary>Columns of a department's form.</summary>
public enum ReturnField { Code, Name, Unit, Target, Last, Value, Numerator, Denominator, Source, Note }

/// <summary>Columns of the contracts on which its numbers rest.</summary>
public enum ClaimField { Code, Number, Amount }

/// <summary>A filled form as it was read; addresses say where each line stands.</summary>
/// <param name="CellOf">Where a problem lies, as B7.</param>
public sealed record FilledForm(IReadOnlyList<TypedLine> Lines, IReadOnlyList<TypedClaim> Claims, Func<ReturnProblem, string> CellOf);

/// <summary>A department's form as a workbook: to download with what stands there, and to read when it is filled.</summary>
public static class ReturnForm
{
    private static readonly IReadOnlyList<SheetColumn<ReturnField>> Columns =
    [
        new(ReturnField.Code, true, ["编号", "指标编号", "Code"]), new(ReturnField.Name, false, ["指标", "Indicator"]), new(ReturnField.Unit, false, ["单位", "Unit"]), new(ReturnField.Target, false, ["目标", "Target"]),
        new(ReturnField.Last, false, ["上次报送", "Last reported"]), new(ReturnField.Value, true, ["期末值", "数值", "Value"]), new(ReturnField.Numerator, false, ["分子", "Numerator"]), new(ReturnField.Denominator, false, ["分母", "Denominator"]),
        new(ReturnField.Source, true, ["来源文件", "依据文件", "Document"]), new(ReturnField.Note, false, ["说明", "备注", "Note"]),
    ];

    private static readonly IReadOnlyList<SheetColumn<ClaimField>> ClaimColumns =
        [new(ClaimField.Code, true, ["指标编号", "编号", "Code"]), new(ClaimField.Number, true, ["合同登记编号", "登记编号", "Contract"]), new(ClaimField.Amount, false, ["金额（万元）", "金额", "Amount"])];

    /// <param name="name">Name of an indicator in the reader's language.</param>
    /// <param name="sheets">Names of the two sheets.</param>
    public static byte[] Write(DepartmentReturn form, IReadOnlyDictionary<string, decimal> last, Func<PlanIndicator, string> name, (string Lines, string Claims) sheets)
    {
        var rows = new List<IReadOnlyList<object?>> { Head(Columns) };
        foreach (var indicator in PlanDepartments.LedBy(form.Department))
        {
            var line = form.Line(indicator.Code);
            var ratio = indicator.Kind == IndicatorKind.Ratio;
            rows.Add([indicator.Code, name(indicator), indicator.Unit, indicator.Target, last.TryGetValue(indicator.Code, out var before) ? before : null, ratio ? null : line?.Value, line?.Numerator, line?.Denominator, line?.Source, line?.Note]);
        }
        var claims = new List<IReadOnlyList<object?>> { Head(ClaimColumns) };
        claims.AddRange(form.Claims.Select(c => (IReadOnlyList<object?>)[c.Code, c.Number, c.Amount]));
        return XlsxWriter.Write(
        [
            new OutSheet(sheets.Lines, [new(8), new(36), new(8), new(12), new(12), new(14), new(12), new(12), new(36), new(30)], rows),
            new OutSheet(sheets.Claims, [new(10), new(26), new(14)], claims),
        ]);
    }

    /// <exception cref="FileRefusedException">With the reason; NoHead where no row names the required columns.</exception>
    public static FilledForm Read(string fileName, Stream content)
    {
        var lines = SheetTable.Read(Columns, fileName, content).ToList();
        content.Position = 0;
        IReadOnlyList<SheetRow<ClaimField>> claims;
        try
        {
            claims = SheetTable.Read(ClaimColumns, fileName, content);
        }
        catch (FileRefusedException refused) when (refused.Code == "NoHead")
        {
            // A table of values alone, as a csv is.
            claims = [];
        }
        var typed = lines.Select(r => new TypedLine(Text(r[ReturnField.Code]), Text(r[ReturnField.Value]), Text(r[ReturnField.Numerator]), Text(r[ReturnField.Denominator]), Text(r[ReturnField.Source]), Text(r[ReturnField.Note]), null)).ToList();
        string CellOf(ReturnProblem problem)
        {
            if (problem.Row is { } row) return claims.First(c => c.Number == row).AddressOf(Enum.Parse<ClaimField>(problem.Field));
            // Of a number that stands twice the second is one too many.
            var place = problem.Field == nameof(TypedLine.Code) ? typed.FindLastIndex(t => t.Code == problem.Code) : typed.FindIndex(t => t.Code == problem.Code);
            return lines[place].AddressOf(problem.Field == nameof(TypedLine.Confirm) ? ReturnField.Value : Enum.Parse<ReturnField>(problem.Field));
        }
        return new FilledForm(typed, [.. claims.Select(c => new TypedClaim(c.Number, Text(c[ClaimField.Code]), Text(c[ClaimField.Number]), Text(c[ClaimField.Amount])))], CellOf);
    }

    private static IReadOnlyList<object?> Head<TField>(IReadOnlyList<SheetColumn<TField>> columns) where TField : struct, Enum => [.. columns.Select(object? (c) => c.Headings[0])];

    private static string Text(Cell cell) => cell.Text.Trim();
}
