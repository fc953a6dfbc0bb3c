using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Microsoft.Extensions.Primitives;

namespace Matchmaking.Web.Listings;

/// <summary>One row of a figure as typed.</summary>
public sealed record QuantityInput(string Name = "", string Comparison = "", string Value = "", string High = "", string Unit = "")
{
    public bool IsBlank => ListingRules.Clean(Name + Value + High + Unit).Length == 0;
}

/// <summary>
/// Everything of the form of a need or an achievement exactly as typed; nothing here can fail. It is read by hand from the posted
/// values, because a kept form is read the same way and because no value may be lost for being of a wrong type.
/// </summary>
public sealed partial class ListingInput
{
    public const string Prefix = "Input";
    private const int MostRows = 200;

    public string Title { get; set; } = "";
    public string Summary { get; set; } = "";
    public string Description { get; set; } = "";
    public string Keywords { get; set; } = "";
    public string Field { get; set; } = "";
    public string Industry { get; set; } = "";
    public string Region { get; set; } = "";
    public List<QuantityInput> Quantities { get; private set; } = [];
    public IReadOnlyList<string> Cooperation { get; set; } = [];
    public string Money { get; set; } = "";
    public string Payment { get; set; } = "";
    public string Disclosure { get; set; } = "";
    public string ValidUntil { get; set; } = "";
    public string ContactName { get; set; } = "";
    public string ContactPhone { get; set; } = "";
    public string ContactMail { get; set; } = "";

    // Of a need
    public string Kind { get; set; } = "";
    public string Horizon { get; set; } = "";
    public string WorkDone { get; set; } = "";
    public string Deadline { get; set; } = "";
    public string MinimumTrl { get; set; } = "";
    public string Openness { get; set; } = "";
    public IReadOnlyList<string> Consents { get; set; } = [];
    public string Reward { get; set; } = "";

    // Of an achievement
    public string Trl { get; set; } = "";
    public string Stage { get; set; } = "";
    public string Ip { get; set; } = "";
    public string IpNumber { get; set; } = "";
    public IReadOnlyList<string> Flags { get; set; } = [];
    public string Evaluation { get; set; } = "";
    public string Inventors { get; set; } = "";
    public string Rights { get; set; } = "";
    public string Level { get; set; } = "";
    public string Attribute { get; set; } = "";
    public string Scale { get; set; } = "";

    // Of the form
    public Guid CreationKey { get; set; } = Guid.NewGuid();
    public int Version { get; set; }

    /// <summary>Who the form was made for, protected; a kept form is given back to no other person.</summary>
    public string Person { get; set; } = "";

    /// <summary>Which kinds of findings the page showed; who has seen them may submit all the same.</summary>
    public string Advised { get; set; } = "";

    /// <summary>In what the need differs from published ones that look the same, by their ids.</summary>
    public IReadOnlyDictionary<int, string> Differs { get; private set; } = new Dictionary<int, string>();

    /// <summary>Names of the fields in the order of the page, for the error summary.</summary>
    public static string FieldOrder(ListingKind kind) => string.Join(',', (kind == ListingKind.Need
        ? new[]
        {
            nameof(Title), nameof(Kind), nameof(Summary), nameof(Description), nameof(WorkDone), nameof(Field), nameof(Industry), nameof(Region), nameof(Keywords),
            nameof(Quantities), nameof(MinimumTrl), nameof(Horizon), nameof(Deadline), nameof(Money), nameof(Payment), nameof(Reward), nameof(ValidUntil), nameof(Cooperation), nameof(Openness), nameof(Consents),
            nameof(ContactName), nameof(ContactPhone), nameof(ContactMail), nameof(Disclosure),
        }
        :
        [
            nameof(Title), nameof(Summary), nameof(Description), nameof(Field), nameof(Industry), nameof(Region), nameof(Keywords),
            nameof(Quantities), nameof(Trl), nameof(Scale), nameof(Stage), nameof(Level), nameof(Attribute), nameof(Evaluation), nameof(Money), nameof(Payment), nameof(ValidUntil), nameof(Ip), nameof(IpNumber), nameof(Rights), nameof(Flags),
            nameof(Inventors), nameof(Cooperation), nameof(ContactName), nameof(ContactPhone), nameof(ContactMail), nameof(Disclosure),
        ]).Select(name => $"{Prefix}.{name}"));

    /// <summary>From posted values; unknown names are left alone, missing ones are empty.</summary>
    public static ListingInput From(IEnumerable<KeyValuePair<string, StringValues>> posted)
    {
        var values = posted.ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase);
        string One(string name) => values.TryGetValue($"{Prefix}.{name}", out var found) ? found[0] ?? "" : "";
        IReadOnlyList<string> Many(string name) => values.TryGetValue($"{Prefix}.{name}", out var found) ? [.. found.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)] : [];
        var rows = values.Keys.Select(key => RowName().Match(key)).Where(m => m.Success)
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order().Take(MostRows);
        return new ListingInput
        {
            Title = One(nameof(Title)), Summary = One(nameof(Summary)), Description = One(nameof(Description)), Keywords = One(nameof(Keywords)),
            Field = One(nameof(Field)), Industry = One(nameof(Industry)), Region = One(nameof(Region)), Cooperation = Many(nameof(Cooperation)),
            Money = One(nameof(Money)), Disclosure = One(nameof(Disclosure)), ValidUntil = One(nameof(ValidUntil)),
            ContactName = One(nameof(ContactName)), ContactPhone = One(nameof(ContactPhone)), ContactMail = One(nameof(ContactMail)),
            Kind = One(nameof(Kind)), Horizon = One(nameof(Horizon)), WorkDone = One(nameof(WorkDone)), Deadline = One(nameof(Deadline)), MinimumTrl = One(nameof(MinimumTrl)),
            Trl = One(nameof(Trl)), Stage = One(nameof(Stage)), Ip = One(nameof(Ip)), IpNumber = One(nameof(IpNumber)), Flags = Many(nameof(Flags)),
            Evaluation = One(nameof(Evaluation)), Inventors = One(nameof(Inventors)),
            Payment = One(nameof(Payment)), Openness = One(nameof(Openness)), Consents = Many(nameof(Consents)), Reward = One(nameof(Reward)),
            Rights = One(nameof(Rights)), Level = One(nameof(Level)), Attribute = One(nameof(Attribute)), Scale = One(nameof(Scale)),
            Quantities = [.. rows.Select(i => new QuantityInput(One($"Quantities[{i}].Name"), One($"Quantities[{i}].Comparison"), One($"Quantities[{i}].Value"), One($"Quantities[{i}].High"), One($"Quantities[{i}].Unit")))],
            CreationKey = Guid.TryParse(One(nameof(CreationKey)), out var key) ? key : Guid.NewGuid(),
            Version = int.TryParse(One(nameof(Version)), CultureInfo.InvariantCulture, out var version) ? version : 0,
            Person = One(nameof(Person)), Advised = One(nameof(Advised)),
            Differs = values.Keys.Select(key => DiffersName().Match(key)).Where(m => m.Success).Take(MostRows)
                .ToDictionary(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m => One($"Differs[{m.Groups[1].Value}]")),
        };
    }

    public static ListingInput From(ListingContent content, Contact contact)
    {
        var input = new ListingInput
        {
            Title = content.Title, Summary = content.Summary, Description = content.Description, Keywords = string.Join('、', content.Keywords),
            Field = content.Field?.ToString() ?? "", Industry = content.Industry, Region = content.Region,
            Quantities = [.. content.Quantities.Select(q => new QuantityInput(q.Name, q.Comparison.ToString(), Print(q.Value), Print(q.High), q.Unit))],
            Cooperation = [.. content.Cooperation.Select(m => m.ToString())], Money = Print(content.Money), Disclosure = content.Disclosure.ToString(),
            ValidUntil = Print(content.ValidUntil), ContactName = contact.Name, ContactPhone = contact.Phone, ContactMail = contact.Mail, Payment = content.Payment?.ToString() ?? "",
        };
        if (content is NeedContent need)
        {
            (input.Kind, input.Horizon, input.WorkDone) = (need.Kind?.ToString() ?? "", need.Horizon?.ToString() ?? "", need.WorkDone);
            (input.Deadline, input.MinimumTrl) = (Print(need.Deadline), Print(need.MinimumTrl));
            (input.Openness, input.Consents, input.Reward) = (need.Openness?.ToString() ?? "", [.. need.Consents.Select(c => c.ToString())], Print(need.Reward));
        }
        if (content is AchievementContent achievement)
        {
            (input.Trl, input.Stage, input.Ip) = (Print(achievement.Trl), achievement.Stage?.ToString() ?? "", achievement.Ip?.ToString() ?? "");
            (input.IpNumber, input.Evaluation, input.Inventors) = (achievement.IpNumber, achievement.Evaluation, achievement.Inventors);
            input.Flags = [.. achievement.Flags.Select(f => f.ToString())];
            (input.Rights, input.Level, input.Attribute, input.Scale) = (string.Join('\n', achievement.Rights), achievement.Level?.ToString() ?? "", achievement.Attribute?.ToString() ?? "", achievement.Scale?.ToString() ?? "");
        }
        return input;
    }

    public void AddRow() => Quantities.Add(new QuantityInput());

    public void RemoveRow(string? index)
    {
        if (int.TryParse(index, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < Quantities.Count) Quantities.RemoveAt(i);
    }

    private static string Print(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Print(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    private static string Print(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex(@"^Input\.Differs\[([1-9]\d{0,8})\]$", RegexOptions.IgnoreCase)]
    private static partial Regex DiffersName();

    [GeneratedRegex(@"^Input\.Quantities\[(\d{1,6})\]\.", RegexOptions.IgnoreCase)]
    private static partial Regex RowName();
}
