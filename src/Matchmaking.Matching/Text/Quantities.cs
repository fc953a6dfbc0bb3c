using System.Globalization;
using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>A quantity and where it stands in the text.</summary>
public sealed record FoundQuantity(Quantity Quantity, int Start, int Length);

/// <summary>
/// Finds technical figures in running text: name, comparison, value, unit. Model numbers, standards, dates, ordinals and
/// numbers without a unit are not figures; what is doubtful is left out.
/// </summary>
public static partial class Quantities
{
    private const int NameReach = 24;

    private static readonly Regex Pattern = new(
        $@"(?<![A-Za-z0-9_.\-–/])(?<before>≥|≤|>=|<=|>|<|＞|＜|±|不低于|不少于|不小于|大于等于|至少|不超过|不高于|不大于|不多于|小于等于|最多|最高|最大|最低|大于|高于|超过|小于|低于|不到|约为|约|接近|近|大约|达到|可达|达|为|至|到|在)?\s*" +
        @"(?<number>[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?)(?<magnitude>[万亿千百](?![分克瓦伏米帕元吨次]))?" +
        $@"(?:[\s\u00A0]*(?<leftunit>{UnitPattern()}))?" +
        $@"(?:\s*(?<to>~|～|—|–|-|至|到)\s*(?<high>\d+(?:\.\d+)?)(?<highmagnitude>[万亿千百](?![分克瓦伏米帕元吨次]))?)?" +
        $@"[\s\u00A0]*(?<unit>{UnitPattern()})(?![A-Za-z0-9/])" +
        @"(?<after>以上|以下|以内|之内|左右|内)?", RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(2));

    [GeneratedRegex(@"[。；;，,、（）()：:！？!?\n\r]|其中|以及|并且|同时|分别|[0-9]")]
    private static partial Regex NameBorder();

    [GeneratedRegex(@"(?:控制|稳定|保持|提高|降低|降至|降到|提升|缩短|增加|减少|压缩|需要|要求|希望|应当|应|需|须|可以|可|已经|已|现有|目前|使|将|由|从|在|为|至|到|达到|达|能够|能|仍|只|均|各|其|的|了|是|约|不|每|一次|单次|做|实现)+$")]
    private static partial Regex NameTail();

    [GeneratedRegex(@"^(?:的|在|和|与|及|且|而|使|将|其|该|此|本|现有|目前|要求|需要|希望|应|需|用于|通过|保证|确保|满足|并|则|但|当|对|把|以|因|所|可|能|还|也|都|均|时|后|前|中|下|上|内)+")]
    private static partial Regex NameHead();

    public static IReadOnlyList<FoundQuantity> Find(string text)
    {
        var found = new List<FoundQuantity>();
        MatchCollection matches;
        try
        {
            matches = Pattern.Matches(text);
            foreach (Match match in matches)
            {
                if (Read(text, match) is { } quantity) found.Add(quantity);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // Only a text made to be slow gets here; what was found so far is right.
            return found;
        }
        return found;
    }

    private static FoundQuantity? Read(string text, Match match)
    {
        if (!Number(match.Groups["number"].Value, match.Groups["magnitude"].Value, out var value)) return null;
        var unit = match.Groups["unit"].Value;
        // Years and dates are no figures.
        if (unit is "年" or "月" or "日" && value is >= 1900 and <= 2100) return null;
        if (unit is "月" or "日") return null;
        decimal? high = null;
        if (match.Groups["high"].Success)
        {
            if (!Number(match.Groups["high"].Value, match.Groups["highmagnitude"].Value, out var end)) return null;
            if (match.Groups["magnitude"].Length == 0 && match.Groups["highmagnitude"].Length > 0) value *= Magnitude(match.Groups["highmagnitude"].Value);
            (value, high) = (Math.Min(value, end), Math.Max(value, end));
        }
        var before = match.Groups["before"].Value;
        var comparison = high is not null ? Comparison.Range : ComparisonOf(before, match.Groups["after"].Value);
        var name = NameBefore(text, match.Index);
        return new FoundQuantity(new Quantity(name, comparison, value, high, unit), match.Index, match.Length);
    }

    private static Comparison ComparisonOf(string before, string after) => before switch
    {
        "≥" or ">=" or "不低于" or "不少于" or "不小于" or "大于等于" or "至少" or "最低" => Comparison.Ge,
        "≤" or "<=" or "不超过" or "不高于" or "不大于" or "不多于" or "小于等于" or "最多" or "最高" or "最大" => Comparison.Le,
        ">" or "＞" or "大于" or "高于" or "超过" => Comparison.Gt,
        "<" or "＜" or "小于" or "低于" or "不到" => Comparison.Lt,
        "±" => Comparison.PlusMinus,
        "约" or "约为" or "近" or "接近" or "大约" => Comparison.Approx,
        _ => after switch { "以上" => Comparison.Ge, "以下" or "以内" or "之内" or "内" => Comparison.Le, "左右" => Comparison.Approx, _ => Comparison.Eq },
    };

    /// <summary>The noun phrase before the number: back to the last border, without the verbs that lead to the number.</summary>
    private static string NameBefore(string text, int index)
    {
        var from = Math.Max(0, index - NameReach);
        var piece = text[from..index];
        var border = NameBorder().Matches(piece).LastOrDefault();
        if (border is not null) piece = piece[(border.Index + border.Length)..];
        piece = NameTail().Replace(piece.Trim(), "");
        piece = NameHead().Replace(piece, "").Trim();
        // The last part of "A的B" is what is measured.
        var of = piece.LastIndexOf('的');
        return of >= 0 && of < piece.Length - 1 ? piece[(of + 1)..] : piece;
    }

    private static bool Number(string digits, string magnitude, out decimal value)
    {
        if (!decimal.TryParse(digits.Replace("−", "-", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out value) || Math.Abs(value) > 1e15m) return false;
        value *= Magnitude(magnitude);
        return true;
    }

    private static decimal Magnitude(string text) => text switch { "百" => 100m, "千" => 1_000m, "万" => 10_000m, "亿" => 100_000_000m, _ => 1m };

    private static string UnitPattern() => string.Join('|', Units.All.Where(u => u is not ("C" or "D" or "A" or "K" or "t/年" or "级" or "度")).Select(Regex.Escape))
        + @"|μm|µm|μL|μg|°C|m²|m³|cm²|cm³|g/cm³|kg/m³|kg/m²|m³/h|mA/cm²|W/cm²|％";
}
