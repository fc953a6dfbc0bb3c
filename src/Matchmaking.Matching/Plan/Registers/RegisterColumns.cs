using System.Globalization;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Plan.Registers;

/// <summary>Fields of an entry; a form's field and a table's column have the same name.</summary>
public enum RegisterField { Name, Organization, Partner, FirstDay, LastDay, People }

/// <summary>The columns of each register, and how typed text becomes an entry; the form and the table are read by the same rules.</summary>
public static class RegisterColumns
{
    public static IReadOnlyList<SheetColumn<RegisterField>> Of(RegisterKind kind) => kind == RegisterKind.Secondments ? Secondments : Events;

    private static readonly IReadOnlyList<SheetColumn<RegisterField>> Secondments =
    [
        new(RegisterField.Name, true, ["姓名", "科创专员", "专员姓名", "Name"]),
        new(RegisterField.Organization, true, ["选派单位", "派出单位", "所在单位", "Sent by"]),
        new(RegisterField.Partner, true, ["入驻企业", "派驻企业", "企业名称", "Firm"]),
        new(RegisterField.FirstDay, true, ["入驻日期", "开始日期", "派驻日期", "From"]),
        new(RegisterField.LastDay, false, ["期满日期", "结束日期", "Until"]),
    ];

    private static readonly IReadOnlyList<SheetColumn<RegisterField>> Events =
    [
        new(RegisterField.Name, true, ["活动名称", "名称", "活动", "Event"]),
        new(RegisterField.Organization, true, ["主办单位", "组织单位", "Held by"]),
        new(RegisterField.Partner, false, ["举办地点", "地点", "Place"]),
        new(RegisterField.FirstDay, true, ["举办日期", "日期", "活动日期", "开始日期", "Date"]),
        new(RegisterField.LastDay, false, ["结束日期", "Until"]),
        new(RegisterField.People, false, ["参加人数", "人数", "People"]),
    ];

    /// <summary>The entry, or what is wrong at which field.</summary>
    /// <param name="cellOf">What stands in a field; nothing where there is none.</param>
    public static (RegisterValues? Values, IReadOnlyList<Problem> Problems) Read(RegisterKind kind, Func<RegisterField, Cell> cellOf, DateOnly today)
    {
        var problems = new List<Problem>();
        var texts = new Dictionary<RegisterField, string>();
        var days = new Dictionary<RegisterField, DateOnly>();
        int? people = null;
        foreach (var column in Of(kind))
        {
            var cell = cellOf(column.Field);
            var field = column.Field.ToString();
            if (column.Field is RegisterField.FirstDay or RegisterField.LastDay)
            {
                var day = CellValues.Day(cell);
                if (day.Problem is { } wrong) problems.Add(new Problem(field, "Register.NotADate", CellText.Quote(cell.Text)));
                else if (day.Value is { } on) days[column.Field] = on;
                else if (column.Required) problems.Add(new Problem(field, "Register.Missing"));
                continue;
            }
            // Names stay as they are written; of a number the width of its digits says nothing.
            var text = column.Field == RegisterField.People ? CellText.Fold(cell.Text) : ListingRules.CleanLine(cell.Text);
            if (column.Required && text.Length == 0) problems.Add(new Problem(field, "Register.Missing"));
            if (text.Length > RegisterEntry.MaxText) problems.Add(new Problem(field, "Register.TooLong", text.Length, RegisterEntry.MaxText));
            if (column.Field != RegisterField.People) texts[column.Field] = text;
            else if (text.Length > 0 && int.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= RegisterEntry.MostPeople) people = number;
            else if (text.Length > 0) problems.Add(new Problem(field, "Register.NotPeople", CellText.Quote(cell.Text), RegisterEntry.MostPeople));
        }
        if (days.TryGetValue(RegisterField.FirstDay, out var first))
        {
            if (first < PlanStatus.Start || first > today) problems.Add(new Problem(nameof(RegisterField.FirstDay), "Register.DayOutside", first, PlanStatus.Start, today));
            if (days.TryGetValue(RegisterField.LastDay, out var last) && last < first) problems.Add(new Problem(nameof(RegisterField.LastDay), "Register.DaysReversed", last, first));
        }
        if (problems.Count > 0) return (null, problems);
        return (new RegisterValues(texts[RegisterField.Name], texts[RegisterField.Organization], texts.GetValueOrDefault(RegisterField.Partner, ""), first,
            days.TryGetValue(RegisterField.LastDay, out var end) ? end : null, people), []);
    }
}
