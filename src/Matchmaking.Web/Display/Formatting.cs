using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Display;

/// <summary>
/// Numbers, times and code names as readers of the current language see them. Texts contain no hand-made spaces; a number and its unit
/// stand apart by U+00A0, not before % and not before Chinese units.
/// </summary>
public sealed class Formatting(IStringLocalizer<CodesText> codes, IStringLocalizer<SharedText> text, LocalTime time)
{
    private const char Gap = '\u00A0';
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public LocalTime Time => time;

    // Times

    /// <summary>For tables and deadlines: 2026-11-23.</summary>
    public string Date(DateOnly day) => day.ToString("yyyy-MM-dd", Plain);

    /// <summary>For tables: the day in the platform's zone, 2026-11-23.</summary>
    public string Date(DateTimeOffset at) => Date(time.Date(at));

    public string DateAndTime(DateTimeOffset at) => time.Local(at).ToString("yyyy-MM-dd HH:mm", Plain);

    public string TimeOfDay(DateTimeOffset at) => time.Local(at).ToString("HH:mm", Plain);

    /// <summary>For sentences: 11月23日, with the year when it is not this one.</summary>
    public string Day(DateOnly day) =>
        day.ToString(text[day.Year == time.Today.Year ? "Format.Day" : "Format.DayAndYear"], CultureInfo.CurrentCulture);

    public string Day(DateTimeOffset at) => Day(time.Date(at));

    /// <summary>今天, 昨天, 3天前, 4个月前, 2年前.</summary>
    public string Ago(DateTimeOffset at)
    {
        var days = time.Today.DayNumber - time.Date(at).DayNumber;
        return days switch
        {
            <= 0 => text["Ago.Today"],
            1 => text["Ago.Yesterday"],
            < 60 => text["Ago.Days", days],
            < 730 => text["Ago.Months", days / 30],
            _ => text["Ago.Years", days / 365],
        };
    }

    /// <summary>3天前确认有效; 今天发布 when it was never confirmed after publishing.</summary>
    public string Freshness(DateTimeOffset publishedAt, DateTimeOffset? confirmedAt) =>
        confirmedAt is { } confirmed && confirmed > publishedAt ? text["Ago.Confirmed", Ago(confirmed)] : text["Ago.Published", Ago(publishedAt)];

    /// <summary>2027-06-30前.</summary>
    public string Before(DateOnly deadline) => text["Format.Before", Date(deadline)];

    // Numbers

    public string Number(decimal value) => value.ToString("#,##0.######", CultureInfo.CurrentCulture);

    public string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>5.5 GPa, 3%, 12天.</summary>
    public string NumberWithUnit(decimal value, string unit) => Number(value) + WithGap(unit);

    /// <summary>0.785 → 79%.</summary>
    public string Percent(double share) => share.ToString("0%", Plain);

    public string Percent(decimal share) => share.ToString("0%", Plain);

    /// <summary>260万元, 1.2亿元; 面议 for null. The amount is in 万元.</summary>
    public string Money(decimal? amount) => amount switch
    {
        null => text["Money.Open"],
        >= 10_000 => text["Money.Large", Number(Math.Round(amount.Value * text.Factor("Money.LargeFactor"), 4))],
        _ => text["Money.Small", Number(Math.Round(amount.Value * text.Factor("Money.SmallFactor"), 4))],
    };

    /// <summary>≥5.5 GPa, 3–5 mm, 60±2 ℃ style figures; 约 before an approximate one.</summary>
    public string Quantity(Quantity quantity)
    {
        var unit = WithGap(quantity.Unit);
        return quantity.Comparison switch
        {
            Matching.Text.Comparison.Range => $"{Number(quantity.Value)}–{Number(quantity.High ?? quantity.Value)}{unit}",
            Matching.Text.Comparison.PlusMinus when quantity.High is { } tolerance => $"{Number(quantity.Value)}±{Number(tolerance)}{unit}",
            Matching.Text.Comparison.Eq => Number(quantity.Value) + unit,
            var comparison => Comparison(comparison) + Number(quantity.Value) + unit,
        };
    }

    /// <summary>812 B, 2.1 MB.</summary>
    public string FileSize(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes}{Gap}B",
        < 1_000_000 => $"{(bytes / 1e3).ToString("0.#", Plain)}{Gap}kB",
        _ => $"{(bytes / 1e6).ToString("0.#", Plain)}{Gap}MB",
    };

    // Names of codes

    public string Field(TechnologyField? field) => field is { } f ? Name("Field", f.ToString()) : Unstated;

    public string Field(string field) => Name("Field", field);

    public string Region(string code) => Name("Region", code);

    /// <summary>C28 化学纤维制造业.</summary>
    public string Industry(string code) => Named("Industry", code) is { } name ? $"{code}{Gap}{name}" : Or(code);

    public string IndustryName(string code) => Name("Industry", code);

    public string Mode(CooperationMode mode) => Name("Mode", mode.ToString());

    /// <summary>联合开发、委托研发.</summary>
    public string Modes(IEnumerable<CooperationMode> modes) => List(modes.Select(Mode));

    public string Horizon(Horizon? horizon) => horizon is { } h ? Name("Horizon", h.ToString()) : Unstated;

    /// <summary>近期（1年内）.</summary>
    public string HorizonWithSpan(Horizon horizon) => Name("HorizonSpan", horizon.ToString());

    public string Stage(AchievementStage? stage) => stage is { } s ? Name("Stage", s.ToString()) : Unstated;

    /// <summary>TRL 6 正样级.</summary>
    public string Trl(int? level) => level is >= 1 and <= 9 ? $"TRL{Gap}{level} {codes[$"Trl.{level}"]}" : Unstated;

    /// <summary>相关环境中的系统样机演示.</summary>
    public string TrlMeaning(int level) => Name("TrlMeaning", level.ToString(Plain));

    public string NeedKind(NeedKind? kind) => kind is { } k ? Name("NeedKind", k.ToString()) : Unstated;

    public string Ip(IpKind? kind) => kind is { } k ? Name("Ip", k.ToString()) : Unstated;

    public string Flag(AchievementFlag flag) => Name("Flag", flag.ToString());

    /// <summary>The sign: ≥ ≤ &gt; &lt; = 约.</summary>
    public string Comparison(Comparison comparison) => Name("Comparison", comparison.ToString());

    /// <summary>The word for forms: 不低于.</summary>
    public string ComparisonWord(Comparison comparison) => Name("ComparisonWord", comparison.ToString());

    public string State(ListingState state) => Name("State", state.ToString());

    /// <summary>An achievement's talks and end have names of their own: 洽谈中, 已下架.</summary>
    public string State(ListingState state, Matching.Search.ListingKind kind) => Named("State", $"{state}.{kind}") ?? State(state);

    public string Unstated => text["Unstated"];

    /// <summary>Any name: <c>Code("Grade", "3")</c>; the code itself when it has no name.</summary>
    public string Name(string list, string code) => Named(list, code) ?? Or(code);

    /// <summary>A、B、C.</summary>
    public string List(IEnumerable<string> items) => string.Join(text["Format.ListSeparator"], items);

    private string? Named(string list, string code) => codes[$"{list}.{code}"] is { ResourceNotFound: false } found ? found.Value : null;

    private string Or(string code) => code.Length == 0 ? Unstated : code;

    private static string WithGap(string unit) => unit.Length == 0 || unit[0] is '%' or '‰' or '°' or '′' or '″' or >= '\u3400' and <= '\u9fff' ? unit : Gap + unit;
}

internal static class FactorText
{
    /// <summary>How many of the language's money unit one 万元 is: Chinese counts in 万 and 亿, English in thousands and millions.</summary>
    public static decimal Factor(this IStringLocalizer text, string key) => decimal.Parse(text[key], CultureInfo.InvariantCulture);
}
