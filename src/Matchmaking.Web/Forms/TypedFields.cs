using System.Globalization;
using System.Text;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Web.Forms;

/// <summary>Reads typed text as numbers, days and codes, in any input method, and says of each that has no meaning why; what was typed is not touched.</summary>
public sealed class TypedFields
{
    private const decimal LargestNumber = 1_000_000_000_000_000m;
    private const string CompactShape = "yyyyMMdd";
    private const int FirstYear = 1990;
    private const int LastYear = 2100;
    private static readonly string[] DateShapes = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public void Add(string field, string code, params object[] arguments) => problems.Add(new Problem(field, code, arguments));

    public decimal? Number(string field, string? text, int decimals)
    {
        var narrow = Narrow(text).Replace(",", "", StringComparison.Ordinal);
        if (narrow.Length == 0) return null;
        if (!decimal.TryParse(narrow, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) Add(field, IsLongNumber(narrow) ? "NumberTooLarge" : "NotANumber", Quote(text));
        else if (Math.Abs(number) > LargestNumber) Add(field, "NumberTooLarge", Quote(text));
        else if (decimal.Round(number, decimals) != number) Add(field, "TooManyDecimals", Quote(text), decimals);
        else return number;
        return null;
    }

    public int? Whole(string field, string? text, int most)
    {
        var narrow = Narrow(text).Replace(",", "", StringComparison.Ordinal);
        if (narrow.Length == 0) return null;
        if (!int.TryParse(narrow, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) Add(field, "NotAWhole", Quote(text));
        else if (number > most) Add(field, "NumberTooLarge", Quote(text));
        else return number;
        return null;
    }

    /// <summary>A day typed as 2027-06-30, also with / . or 年月日, without signs, or full-width.</summary>
    public DateOnly? Date(string field, string? text)
    {
        if (Narrow(text).Length == 0) return null;
        if ((Day(text, FirstYear) ?? CompactDay(text)) is { } day) return day;
        Add(field, "NotADate", Quote(text));
        return null;
    }

    /// <summary>A day typed as 2027-06-30, also with / . or 年月日, also full-width; null when it is none or lies before <paramref name="firstYear"/> or after 2100.</summary>
    public static DateOnly? Day(string? text, int firstYear) =>
        DateOnly.TryParseExact(Narrow(text), DateShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= firstYear && day.Year <= LastYear ? day : null;

    private static DateOnly? CompactDay(string? text) =>
        DateOnly.TryParseExact(Narrow(text), CompactShape, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>Nothing but digits, and more of them than a decimal holds.</summary>
    private static bool IsLongNumber(string narrow) =>
        narrow.Trim('-', '+').All(c => char.IsAsciiDigit(c) || c == '.') && narrow.Any(char.IsAsciiDigit) && narrow.Count(c => c == '.') <= 1;

    /// <summary>A code by its name and nothing else: numbers and lists of names, which Enum.TryParse takes, are no choices.</summary>
    public T? Choice<T>(string field, string? text) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Enum.GetNames<T>().Contains(text)) return Enum.Parse<T>(text);
        Add(field, "UnknownChoice", Quote(text));
        return null;
    }

    public List<T> Choices<T>(string field, IEnumerable<string> texts) where T : struct, Enum =>
        [.. texts.Select(text => Choice<T>(field, text)).OfType<T>().Distinct()];

    /// <summary>Full-width digits and signs made narrow, without blanks.</summary>
    public static string Narrow(string? text) =>
        ListingRules.CleanLine(text).Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal).Replace('−', '-').Replace('。', '.');

    /// <summary>What stands there, for the message; long texts are cut.</summary>
    public static string Quote(string? text)
    {
        var clean = ListingRules.CleanLine(text);
        return clean.Length <= 20 ? clean : ListingRules.Clean(clean[..20]) + "…";
    }
}
