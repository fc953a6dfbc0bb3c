using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Importing;

/// <summary>From the cells of one row to a listing's content, with what is to be said of each cell. Nothing in it can fail.</summary>
internal sealed class RowReader(SheetHead head, ReadingOptions options)
{
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private readonly ILookup<ImportField, SheetColumn> columns = head.Columns.ToLookup(c => c.Field);
    private readonly List<CellRemark> remarks = [];
    private GridRow row = null!;

    public ReadRow Read(GridRow source)
    {
        row = source;
        remarks.Clear();
        foreach (var (column, cell) in row.Cells.Where(c => c.Value.Kind == CellKind.Error))
        {
            if (head.Columns.FirstOrDefault(c => c.Column == column) is { } known && known.Field.IsTaken()) Say(known, CellMark.Wrong, "CellError", cell.Text);
        }
        var content = options.Kind == ListingKind.Need ? (ListingContent)Need() : Achievement();
        var contact = new Contact(Line(ImportField.ContactName), Line(ImportField.ContactPhone), Line(ImportField.ContactMail));
        var code = CellText.Narrow(Text(ImportField.CreditCode)).ToUpperInvariant();
        foreach (var field in (ImportField[])[ImportField.CreditCode, ImportField.ContactPhone])
        {
            // A spreadsheet keeps 15 digits of a number; the rest of a long code is lost.
            if (Column(field) is { } column && row[column.Column] is { Kind: CellKind.Number, Number: >= 1_000_000_000_000_000m }) Say(column, CellMark.Wrong, "DigitsLost");
        }
        return new ReadRow(source, content, contact, code, Line(ImportField.OrganizationName), Line(ImportField.ExternalNumber), CellText.Narrow(Text(ImportField.PlatformNumber)).ToUpperInvariant(), [.. remarks]);
    }

    private NeedContent Need() => new()
    {
        Title = Line(ImportField.Title), Summary = Block(ImportField.Summary), Description = Description(), Keywords = CellValues.Parts(Text(ImportField.Keywords)),
        Field = Code<TechnologyField>(ImportField.Field, "Field"), Industry = ListCode(ImportField.Industry, "Industry"), Region = ListCode(ImportField.Region, "Region"),
        Quantities = Quantities(), Cooperation = Codes<CooperationMode>(ImportField.Cooperation, "Mode"), Money = Money(), Disclosure = Disclosed(), ValidUntil = ValidUntil(),
        Kind = Code<NeedKind>(ImportField.Kind, "NeedKind"), Horizon = Code<Horizon>(ImportField.Horizon, "Horizon"), WorkDone = Block(ImportField.WorkDone),
        Deadline = Deadline(), MinimumTrl = Value(ImportField.MinimumTrl, CellValues.Trl), Payment = Code<PaymentMode>(ImportField.Payment, "Payment"),
        Openness = Code<Openness>(ImportField.Openness, "Openness"), Consents = Ticks(ImportField.Consents, "Consent", field => field.Consent()), Reward = Reward(),
    };

    private AchievementContent Achievement() => new()
    {
        Title = Line(ImportField.Title), Summary = Block(ImportField.Summary), Description = Description(), Keywords = CellValues.Parts(Text(ImportField.Keywords)),
        Field = Code<TechnologyField>(ImportField.Field, "Field"), Industry = ListCode(ImportField.Industry, "Industry"), Region = ListCode(ImportField.Region, "Region"),
        Quantities = Quantities(), Cooperation = Codes<CooperationMode>(ImportField.Cooperation, "Mode"), Money = Money(), Disclosure = Disclosed(), ValidUntil = ValidUntil(),
        Trl = Value(ImportField.Trl, CellValues.Trl), Stage = Code<AchievementStage>(ImportField.Stage, "Stage"), Ip = Code<IpKind>(ImportField.Ip, "Ip"),
        IpNumber = Line(ImportField.IpNumber), Flags = Ticks(ImportField.Flags, "Flag", field => field.Flag()), Evaluation = Block(ImportField.Evaluation), Inventors = Line(ImportField.Inventors),
        Payment = Code<PaymentMode>(ImportField.Payment, "Payment"), Rights = Rights(), Level = Code<EvaluationLevel>(ImportField.Level, "EvaluationLevel"),
        Attribute = Code<AchievementAttribute>(ImportField.Attribute, "AchievementAttribute"), Scale = Code<TrlScale>(ImportField.Scale, "TrlScale"),
    };

    private SheetColumn? Column(ImportField field) => columns[field].FirstOrDefault();

    private string Text(ImportField field) => Column(field) is { } column ? row[column.Column].Text : "";

    private string Line(ImportField field) => ListingRules.CleanLine(Text(field));

    private string Block(ImportField field) => ListingRules.Clean(Text(field));

    private void Say(SheetColumn column, CellMark mark, string code, params object[] arguments) =>
        remarks.Add(new CellRemark(row.Number, column.Column, mark, new Problem(column.Field.ToString(), code, arguments)));

    /// <summary>Several columns of description one below the other, each under its heading.</summary>
    private string Description()
    {
        var parts = columns[ImportField.Description].Select(c => (c.Heading, Text: ListingRules.Clean(row[c.Column].Text))).Where(p => p.Text.Length > 0).ToList();
        return columns[ImportField.Description].Skip(1).Any() ? string.Join('\n', parts.Select(p => $"{p.Heading}：{p.Text}")) : parts.Count == 0 ? "" : parts[0].Text;
    }

    private T? Value<T>(ImportField field, Func<Cell, ReadValue<T?>> read) where T : struct
    {
        if (Column(field) is not { } column || row[column.Column] is not { Kind: not CellKind.Error } cell) return null;
        var value = read(cell);
        if (value.Problem is not null) Say(column, CellMark.Wrong, value.Problem, value.Argument is null ? [] : value.Problem == "TooManyDecimals" ? [value.Argument, 4] : [value.Argument]);
        return value.Value;
    }

    private T? Code<T>(ImportField field, string list) where T : struct, Enum
    {
        if (Column(field) is not { } column || row[column.Column] is not { Kind: not CellKind.Error } cell || cell.IsBlank) return null;
        if (CodeNames.Find<T>(list, cell.Text) is { } code) return code;
        if (!CellText.SaysNothing(CellText.Narrow(cell.Text))) Say(column, CellMark.Wrong, "UnknownName", CellText.Quote(cell.Text));
        return null;
    }

    private string ListCode(ImportField field, string list)
    {
        if (Column(field) is not { } column || row[column.Column] is not { Kind: not CellKind.Error } cell || CellText.SaysNothing(CellText.Narrow(cell.Text))) return "";
        // C28 化学纤维制造业: the code first, then its name.
        var folded = CellText.Fold(cell.Text);
        var word = new string([.. folded.TakeWhile(char.IsAsciiLetterOrDigit)]);
        if ((CodeNames.Find(list, folded) ?? CodeNames.Find(list, word) ?? Shorter(list, word)) is { } code) return code;
        Say(column, CellMark.Wrong, "UnknownName", CellText.Quote(cell.Text));
        return "";
    }

    /// <summary>Finer industry codes (C2822) stand for their division (C28), counties (220182) for nothing that we may guess.</summary>
    private static string? Shorter(string list, string code) => list == "Industry" && code.Length is 4 or 5 ? CodeNames.Find(list, code[..3]) : null;

    private List<T> Codes<T>(ImportField field, string list) where T : struct, Enum
    {
        if (Column(field) is not { } column || row[column.Column] is not { Kind: not CellKind.Error } cell || CellText.SaysNothing(CellText.Narrow(cell.Text))) return [];
        // 委托团队、专家长期技术服务 is one name although it holds a separator.
        if (CodeNames.Find<T>(list, cell.Text) is { } whole) return [whole];
        var found = new List<T>();
        // The stronger separators first: names themselves may hold commas and blanks (Use first, transfer later).
        foreach (var part in ListingRules.Clean(cell.Text).Split(['；', ';', '、', '\n', '\t'], Trimmed).SelectMany(p => CodeNames.Find(list, p) is null ? p.Split(['，', ',', '/', '|', '+', ' '], Trimmed) : [p]))
        {
            if (CodeNames.Find<T>(list, part) is { } code) found.Add(code);
            else Say(column, CellMark.Wrong, "UnknownName", CellText.Quote(part));
        }
        return [.. found.Distinct()];
    }

    /// <summary>The names in one cell, and those whose own column of yes and no says yes.</summary>
    private List<T> Ticks<T>(ImportField field, string list, Func<ImportField, T?> own) where T : struct, Enum
    {
        var ticks = Codes<T>(field, list);
        foreach (var column in head.Columns)
        {
            if (own(column.Field) is { } tick && Value(column.Field, CellValues.YesNo) == true && !ticks.Contains(tick)) ticks.Add(tick);
        }
        return ticks;
    }

    /// <summary>Numbers of rights in their usual shape; what is none stays as written for the rules to name.</summary>
    private List<string> Rights() => CellText.SaysNothing(CellText.Narrow(Text(ImportField.Rights))) ? []
        : [.. CellValues.Parts(Text(ImportField.Rights)).Select(right => RightNumber.Read(right)?.Number ?? right).Distinct()];

    private Disclosure Disclosed() =>
        Value(ImportField.Anonymous, CellValues.YesNo) is { } anonymous ? anonymous ? Disclosure.Anonymous : Disclosure.Named
        : Code<Disclosure>(ImportField.Disclosure, "Disclosure") ?? Disclosure.Named;

    private DateOnly? ValidUntil()
    {
        if (Column(ImportField.ValidUntil) is not { } column) return null;
        if (!CellValues.IsOpenEnded(CellText.Narrow(row[column.Column].Text).ToLowerInvariant())) return Value(ImportField.ValidUntil, CellValues.Day);
        var last = options.Today.AddDays(ListingRules.LongestValidityDays);
        Say(column, CellMark.Note, "ReadAsDay", CellText.Quote(row[column.Column].Text), last);
        return last;
    }

    private DateOnly? Deadline()
    {
        if (Column(ImportField.Deadline) is not { } column) return null;
        if (!CellValues.IsOpenEnded(CellText.Narrow(row[column.Column].Text).ToLowerInvariant())) return Value(ImportField.Deadline, CellValues.Day);
        Say(column, CellMark.Note, "NoDay", CellText.Quote(row[column.Column].Text));
        return null;
    }

    private decimal? Amount(SheetColumn column) => Value(column.Field, cell => CellValues.Money(cell, options.Unit == MoneyUnit.Auto ? column.Unit : options.Unit));

    /// <summary>Forms ask for it with yes and no as well as with an amount; only an amount can be kept.</summary>
    private decimal? Reward()
    {
        if (Column(ImportField.Reward) is not { } column) return null;
        var cell = row[column.Column];
        if (!cell.Text.Any(char.IsDigit) && CellValues.YesNo(cell).Value is { } offered)
        {
            if (offered) Say(column, CellMark.Note, "NoAmount", CellText.Quote(cell.Text));
            return null;
        }
        var reward = Amount(column);
        // Small rewards are usual, so that only those are asked about that look like yuan.
        if (reward is > CellValues.MostUsual and var amount && !options.MoneyIsRight && CellValues.LooksMistaken(amount)) Say(column, CellMark.Asked, "MoneyUnusual", amount, amount / CellValues.TenThousand);
        return reward;
    }

    private decimal? Money()
    {
        if (Column(ImportField.Money) is not { } column) return null;
        var money = Amount(column);
        if (money is { } amount && !options.MoneyIsRight && CellValues.LooksMistaken(amount)) Say(column, CellMark.Asked, "MoneyUnusual", amount, amount > CellValues.MostUsual ? amount / CellValues.TenThousand : amount * CellValues.TenThousand);
        return money;
    }

    /// <summary>From the cell of running text, then from columns of their own; the nth name, sign, value and unit are one figure.</summary>
    private List<Quantity> Quantities()
    {
        var found = new List<Quantity>();
        if (Column(ImportField.Quantities) is { } whole)
        {
            var text = row[whole.Column].Text;
            found.AddRange(QuantityCells.Read(text));
            if (found.Count == 0 && text.Any(char.IsAsciiDigit)) Say(whole, CellMark.Note, "NoFigures");
            else if (found.Exists(q => q.Name.Length == 0)) Say(whole, CellMark.Note, "FigureWithoutName");
            found.RemoveAll(q => q.Name.Length == 0);
        }
        var names = columns[ImportField.QuantityName].ToList();
        var values = columns[ImportField.QuantityValue].ToList();
        for (var i = 0; i < values.Count; i++)
        {
            string Part(ImportField field) => columns[field].ElementAtOrDefault(i) is { } column ? ListingRules.CleanLine(row[column.Column].Text) : "";
            var name = i < names.Count ? ListingRules.CleanLine(row[names[i].Column].Text) : "";
            if (row[values[i].Column].IsBlank)
            {
                if (name.Length > 0) Say(values[i], CellMark.Wrong, "FigureWithoutValue", name);
                continue;
            }
            if (Figure(name, Part(ImportField.QuantityComparison), values[i], columns[ImportField.QuantityHigh].ElementAtOrDefault(i), Part(ImportField.QuantityUnit), columns[ImportField.QuantityComparison].ElementAtOrDefault(i)) is { } figure) found.Add(figure);
        }
        return found;
    }

    private Quantity? Figure(string name, string sign, SheetColumn value, SheetColumn? high, string unit, SheetColumn? signColumn)
    {
        var number = CellValues.Number(row[value.Column], 6);
        var end = high is null ? default : CellValues.Number(row[high.Column], 6);
        // ≥5.5 GPa in the column of values: the cell is a small text of its own.
        if (number.Problem is not null && name.Length > 0 && QuantityCells.Read(sign + CellText.Fold(row[value.Column].Text) is var said && said.Length > 0 && char.IsDigit(said[0]) ? $"{name}={said}{unit}" : $"{name}{said}{unit}") is [var only]) return only with { Name = name };
        if (number.Problem is not null)
        {
            Say(value, CellMark.Wrong, number.Problem, number.Argument!, 6);
            return null;
        }
        if (end.Problem is not null) Say(high!, CellMark.Wrong, end.Problem, end.Argument!, 6);
        var comparison = sign.Length == 0 ? end.Value is null ? Comparison.Ge : Comparison.Range : QuantityCells.Sign(sign);
        if (comparison is null)
        {
            Say(signColumn!, CellMark.Wrong, "UnknownName", CellText.Quote(sign));
            return null;
        }
        return new Quantity(name, comparison.Value, number.Value!.Value, comparison == Comparison.Range ? end.Value : null, unit);
    }
}
