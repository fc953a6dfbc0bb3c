using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

public enum LedgerVerdict { Met, NotMet, NotStated }

/// <summary>What a need asks for in one figure, and what the achievement says to it in its own words.</summary>
/// <param name="Offered">The achievement's figure; null when it does not state one that compares.</param>
/// <param name="Words">The achievement's own words around the figure; empty for a row of its table.</param>
public sealed record LedgerRow(Quantity Asked, Quantity? Offered, string Words, LedgerVerdict Verdict);

/// <summary>Compares figure by figure: same dimension and sufficiently alike names, otherwise “not stated”, never “met”.</summary>
public static class QuantityLedger
{
    /// <summary>Share of the shorter name's characters that both names have, from which two names mean the same.</summary>
    public const double NameLikeness = 0.6;

    public static IReadOnlyList<LedgerRow> Compare(ListingDocument need, ListingDocument achievement)
    {
        var asked = Asked(need);
        if (asked.Count == 0) return [];
        var offered = achievement.Quantities.Select(q => (Quantity: q, Words: "")).ToList();
        foreach (var sentence in SentenceSplitter.Split(achievement.Summary + "\n" + achievement.Description))
        {
            offered.AddRange(Quantities.Find(sentence.Text).Where(f => f.Quantity.Name.Length > 0).Select(f => (f.Quantity, sentence.Text)));
        }
        return [.. asked.Select(a => Row(a, offered))];
    }

    /// <summary>The rows of the need's table; requirements found in its text are used only when it has no rows.</summary>
    private static IReadOnlyList<Quantity> Asked(ListingDocument need) => need.Quantities.Count > 0
        ? need.Quantities
        : [.. Quantities.Find(need.Description).Select(f => f.Quantity).Where(q => q.Name.Length > 1 && q.Comparison is Comparison.Ge or Comparison.Le or Comparison.Gt or Comparison.Lt or Comparison.Range).DistinctBy(q => q.Name)];

    private static LedgerRow Row(Quantity asked, List<(Quantity Quantity, string Words)> offered)
    {
        var best = offered
            .Select((o, i) => (o.Quantity, o.Words, Likeness: Likeness(asked.Name, o.Quantity.Name), Order: i))
            .Where(o => o.Likeness >= NameLikeness && Units.Common(asked.Value, asked.Unit, o.Quantity.Value, o.Quantity.Unit) is not null)
            // The most alike name; in running text the last figure is what was reached (由8.6降至2.4).
            .OrderByDescending(o => o.Likeness).ThenBy(o => o.Words.Length > 0).ThenByDescending(o => o.Order).FirstOrDefault();
        return best.Quantity is null
            ? new LedgerRow(asked, null, "", LedgerVerdict.NotStated)
            : new LedgerRow(asked, best.Quantity, best.Words, Verdict(asked, best.Quantity));
    }

    private static LedgerVerdict Verdict(Quantity asked, Quantity offered)
    {
        // The offer's range as what it promises at worst and at best.
        var (low, high) = offered.Comparison switch
        {
            Comparison.Range => (offered.Value, offered.High ?? offered.Value),
            Comparison.Ge or Comparison.Gt => (offered.Value, decimal.MaxValue),
            Comparison.Le or Comparison.Lt => (decimal.MinValue, offered.Value),
            _ => (offered.Value, offered.Value),
        };
        decimal Scaled(decimal value) => value is decimal.MaxValue or decimal.MinValue ? value : Units.Common(asked.Value, asked.Unit, value, offered.Unit)!.Value.Right;
        var own = Units.Common(asked.Value, asked.Unit, offered.Value, offered.Unit)!.Value.Left;
        (low, high) = (Scaled(low), Scaled(high));
        return asked.Comparison switch
        {
            Comparison.Ge => Judge(low >= own, high < own),
            Comparison.Gt => Judge(low > own || (low == own && offered.Comparison == Comparison.Gt), high <= own),
            Comparison.Le => Judge(high <= own, low > own),
            Comparison.Lt => Judge(high < own || (high == own && offered.Comparison == Comparison.Lt), low >= own),
            Comparison.PlusMinus => Judge(Math.Max(Math.Abs(low), Math.Abs(high)) <= own, Math.Abs(low) > own),
            Comparison.Range => Judge(low >= own && high <= ScaledAsked(asked), high < own || low > ScaledAsked(asked)),
            Comparison.Approx => Judge(Math.Abs(low - own) <= Math.Abs(own) * 0.1m, Math.Abs(low - own) > Math.Abs(own) * 0.3m),
            _ => Judge(low <= own && high >= own, high < own || low > own),
        };
    }

    private static decimal ScaledAsked(Quantity asked) => Units.Common(asked.High ?? asked.Value, asked.Unit, asked.Value, asked.Unit)!.Value.Left;

    private static LedgerVerdict Judge(bool met, bool notMet) => met ? LedgerVerdict.Met : notMet ? LedgerVerdict.NotMet : LedgerVerdict.NotStated;

    /// <summary>Likeness of two names, 0–1: one ends with the other, or else the share of bigrams that both have (Dice).</summary>
    public static double Likeness(string a, string b)
    {
        a = Plain(a);
        b = Plain(b);
        if (a.Length == 0 || b.Length == 0) return 0;
        if (a == b) return 1;
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        // One character in common says nothing.
        if (shorter.Length < 2) return 0;
        // 满幅炉内温差 is a kind of 炉内温差; 强度离散系数 is no kind of 强度: what is measured stands last.
        if (longer.EndsWith(shorter, StringComparison.Ordinal) && longer.Length <= shorter.Length + 4) return 0.95;
        var shared = 0;
        for (var i = 0; i + 1 < shorter.Length; i++) if (longer.Contains(shorter.Substring(i, 2), StringComparison.Ordinal)) shared++;
        return 2.0 * shared / (shorter.Length + longer.Length - 2);
    }

    private static string Plain(string name) => ChineseTokenizer.Normalize(name)
        .Replace("平均", "", StringComparison.Ordinal).Replace("最大", "", StringComparison.Ordinal).Replace("最高", "", StringComparison.Ordinal)
        .Replace("整体", "", StringComparison.Ordinal).Replace("指标", "", StringComparison.Ordinal).Replace("的", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
