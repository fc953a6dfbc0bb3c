using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Plan;

/// <summary>A reported number as people type it: with or without commas between thousands, digits of either width.</summary>
public static partial class IndicatorValue
{
    [GeneratedRegex(@"^(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")]
    private static partial Regex Number();

    /// <returns>The value, or the code of what is wrong: Missing, NotOne, TooLarge, TooFine; they name texts.</returns>
    public static (decimal? Value, string? Wrong) Read(string? typed)
    {
        var text = (typed ?? "").Trim().Normalize(NormalizationForm.FormKC);
        if (text.Length == 0) return (null, "Missing");
        if (!Number().IsMatch(text) || !decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return (null, "NotOne");
        if (value > IndicatorReport.MaxValue) return (null, "TooLarge");
        return decimal.Round(value, IndicatorReport.Decimals) != value ? (null, "TooFine") : (value, null);
    }

    /// <summary>As it is typed and asked about: 1234.5, without commas.</summary>
    public static string Plain(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
