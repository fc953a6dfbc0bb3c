using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

/// <summary><see cref="Contradicted"/>: the need's text asks for two things that no figure can be at once, so that nothing offered can be judged.</summary>
public enum LedgerVerdict { Met, NotMet, NotStated, Contradicted }

/// <summary>What a need asks for in one figure, and what the achievement says to it in its own words.</summary>
/// <param name="Offered">The achievement's figure; null when it does not state one that compares.</param>
/// <param name="Words">The achievement's own words around the figure; empty for a row of its table.</param>
/// <param name="Near">Where nothing is offered: a figure of the achievement that may be the one asked for under a longer or shorter name, so that somebody asks. It is judged by nobody but him.</param>
public sealed record LedgerRow(Quantity Asked, Quantity? Offered, string Words, LedgerVerdict Verdict, Quantity? Near = null);

/// <summary>Compares figure by figure: same dimension and sufficiently alike names, otherwise “not stated”, never “met”.</summary>
public static class QuantityLedger
{
    /// <summary>Share of the shorter name's characters that both names have, from which two names mean the same.</summary>
    public const double NameLikeness = 0.6;

    /// <summary>Difference of likeness that a word before the name makes.</summary>
    private const double NearlyAlike = 0.06;

    /// <summary>Half-width of "about" as a share of the value.</summary>
    private const decimal About = 0.05m;

    // What one name says and the other does not makes two figures of them: strength along is not strength across.
    private static readonly string[] Conditions =
    [
        "高温", "低温", "常温", "室温", "纵向", "横向", "轴向", "径向", "最低", "最小", "充电", "放电", "进口", "出口", "入口", "正极", "负极", "湿态", "干态", "湿法", "干法", "吸附", "脱附",
        "上限", "下限", "内径", "外径", "长期", "短期", "满载", "空载", "初始", "白天", "夜间",
    ];

    /// <param name="Words">The sentence that says it; empty for a row of the table.</param>
    internal sealed record Offer(Quantity Quantity, string Words, bool IsChange)
    {
        public string Name { get; } = Plain(Quantity.Name);
    }

    /// <summary>Demands of one name that are looked at for contradictions, so that the work stays linear.</summary>
    private const int MostOfOneName = 20;

    private readonly record struct Bounds(decimal Low, decimal High);

    internal sealed record Demand(Quantity Quantity, bool IsChange, bool IsContradicted = false)
    {
        public string Name { get; } = Plain(Quantity.Name);
    }

    public static IReadOnlyList<LedgerRow> Compare(ListingDocument need, ListingDocument achievement) => Asked(need) is { Count: > 0 } asked ? Compare(asked, Offered(achievement)) : [];

    /// <summary>Of sides whose figures were found before: the search for them costs more than all the rest.</summary>
    internal static IReadOnlyList<LedgerRow> Compare(IReadOnlyList<Demand> asked, IReadOnlyList<Offer> offered) =>
        [.. asked.Select(a => Row(a, offered) is var row && a.IsContradicted ? row with { Verdict = LedgerVerdict.Contradicted } : row)];

    /// <summary>The rows of the achievement's table, and what its text states.</summary>
    internal static IReadOnlyList<Offer> Offered(ListingDocument achievement)
    {
        var offered = achievement.Quantities.Select(q => new Offer(q, "", QuantityNames.IsChange(q.Name))).ToList();
        foreach (var sentence in SentenceSplitter.Split(achievement.Summary + "\n" + achievement.Description))
        {
            // The level before a change is what was left behind, no offer.
            offered.AddRange(Quantities.Find(sentence.Text).Where(f => f.Quantity.Name.Length > 0 && f.Role != QuantityRole.Former)
                .Select(f => new Offer(f.Quantity, sentence.Text, f.Role == QuantityRole.Change)));
        }
        return offered;
    }

    /// <summary>The rows of the need's table, and what its text asks for besides: of each name the first, or the first two that exclude each other.</summary>
    internal static IReadOnlyList<Demand> Asked(ListingDocument need)
    {
        var table = need.Quantities.Select(q => new Demand(q, QuantityNames.IsChange(q.Name))).ToList();
        var said = DemandCues.Find(need.Description, q => table.Any(row => row.Quantity.Comparison != Comparison.Eq && SameFigure(q, row.Quantity)), strictly: table.Count > 0)
            .Select(f => new Demand(f.Quantity, f.Role == QuantityRole.Change)).Where(d => !table.Any(row => Repeats(d, row)));
        return [.. table, .. said.GroupBy(d => d.Quantity.Name).SelectMany(Said)];
    }

    /// <summary>Whether the text says what a row of the table says: the same figure, or another of a like name.</summary>
    private static bool Repeats(Demand said, Demand row) =>
        SameFigure(said.Quantity, row.Quantity) || Units.Common(0, said.Quantity.Unit, 0, row.Quantity.Unit) is not null && LikenessOf(said.Name, row.Name) >= NameLikeness;

    /// <summary>The text often shortens a unit that the table has in full (35 μg, 35 μg C/g): the same number with the same comparison is the same figure unless the units speak of two things.</summary>
    private static bool SameFigure(Quantity a, Quantity b) => Units.Common(a.Value, a.Unit, b.Value, b.Unit) is { } both
        ? both.Left == both.Right
        : a.Value == b.Value && a.Comparison == b.Comparison && !(Units.IsKnown(a.Unit) && Units.IsKnown(b.Unit));

    private static IEnumerable<Demand> Said(IEnumerable<Demand> ofOneName)
    {
        Demand[] demands = [.. ofOneName.Take(MostOfOneName)];
        foreach (var (i, demand) in demands.Index())
        {
            var other = demands.Skip(i + 1).FirstOrDefault(d => d.IsChange == demand.IsChange && Exclude(demand.Quantity, d.Quantity));
            if (other is not null) return [demand with { IsContradicted = true }, other with { IsContradicted = true }];
        }
        return demands.Take(1);
    }

    /// <summary>Whether no figure can fulfil both: ≥5 GPa and ≤3 GPa. Two ranges or two lower bounds may speak of two parts, and do not count.</summary>
    private static bool Exclude(Quantity a, Quantity b)
    {
        if (a.Comparison == Comparison.Range && b.Comparison == Comparison.Range) return false;
        if (BoundsOf(a, b.Unit) is not { } one || BoundsOf(b, a.Unit) is not { } two) return false;
        var strict = a.Comparison is Comparison.Gt or Comparison.Lt || b.Comparison is Comparison.Gt or Comparison.Lt;
        return one.Low > two.High || two.Low > one.High || strict && (one.Low == two.High || two.Low == one.High);
    }

    private static LedgerRow Row(Demand demand, IReadOnlyList<Offer> offered)
    {
        var asked = demand.Quantity;
        var near = offered
            .Where(o => o.IsChange == demand.IsChange || demand.Name == o.Name && o.Words.Length == 0)
            .Select((o, i) => (Offer: o, Order: i, Verdict: Verdict(asked, o.Quantity)))
            .Where(o => o.Verdict is not null)
            .Select(o => (o.Offer, Likeness: LikenessOf(demand.Name, o.Offer.Name), o.Order, o.Verdict))
            .Where(o => o.Likeness >= NameLikeness || SaysMore(demand.Name, o.Offer.Name))
            // The most alike name; the owner's table before running text; the last figure of a text is what was reached in the end.
            .OrderByDescending(o => o.Likeness).ThenBy(o => o.Offer.Words.Length > 0).ThenByDescending(o => o.Order).ToList();
        var alike = near.FindAll(o => o.Likeness >= NameLikeness);
        if (alike.Count == 0) return new LedgerRow(asked, null, "", LedgerVerdict.NotStated, near.FirstOrDefault().Offer?.Quantity);
        var best = alike[0];
        // Figures of about one name that contradict each other leave the question open; a table's rows are told apart by their exact names.
        var inText = best.Offer.Words.Length > 0;
        var rivals = alike.Where(o => o.Likeness >= best.Likeness - (inText ? NearlyAlike : 0) && (o.Offer.Words.Length > 0) == inText);
        var verdict = rivals.All(o => o.Verdict == best.Verdict) ? best.Verdict!.Value : LedgerVerdict.NotStated;
        return new LedgerRow(asked, best.Offer.Quantity, best.Offer.Words, verdict);
    }

    /// <summary>Null when the two do not compare. Met only when the whole of what is offered fulfils the demand, not met only when none of it does.</summary>
    private static LedgerVerdict? Verdict(Quantity asked, Quantity offered)
    {
        if (BoundsOf(asked, offered.Unit) is not { } wanted || BoundsOf(offered, asked.Unit) is not { } given) return null;
        // 0.02 of a demand ±0.02, in the demand's own measure
        var own = asked.Comparison is Comparison.Le or Comparison.Lt or Comparison.PlusMinus ? wanted.High : wanted.Low;
        return asked.Comparison switch
        {
            Comparison.Ge => Judge(given.Low >= own, given.High < own || (given.High == own && offered.Comparison == Comparison.Lt)),
            Comparison.Gt => Judge(given.Low > own || (given.Low == own && offered.Comparison == Comparison.Gt), given.High <= own),
            Comparison.Le => Judge(given.High <= own, given.Low > own || (given.Low == own && offered.Comparison == Comparison.Gt)),
            Comparison.Lt => Judge(given.High < own || (given.High == own && offered.Comparison == Comparison.Lt), given.Low >= own),
            Comparison.PlusMinus => Tolerance(own, offered, given),
            Comparison.Range or Comparison.Approx => Judge(given.Low >= wanted.Low && given.High <= wanted.High, given.High < wanted.Low || given.Low > wanted.High),
            _ => Judge(given.Low == own && given.High == own || offered.Comparison == Comparison.Range && given.Low <= own && given.High >= own, given.High < own || given.Low > own),
        };
    }

    private static LedgerVerdict Tolerance(decimal own, Quantity offered, Bounds given) => offered.Comparison is Comparison.Le or Comparison.Lt
        ? Judge(given.High <= own, false)
        : offered.Comparison is Comparison.Ge or Comparison.Gt ? Judge(false, given.Low > own)
        : Judge(Math.Max(Math.Abs(given.Low), Math.Abs(given.High)) <= own, given.Low > own || given.High < -own);

    /// <summary>From least to most of what a figure says, in the measure it shares with the other's unit; null when they share none.</summary>
    /// <param name="other">The unit of the figure it is compared with.</param>
    private static Bounds? BoundsOf(Quantity q, string other)
    {
        if (Units.Common(0, other, q.Value, q.Unit) is not { Right: var value }) return null;
        // So far above any real figure there is no room left to compute.
        if (Math.Abs(value) > 1e27m || Math.Abs(q.High ?? 0) > 1e27m) return null;
        switch (q.Comparison)
        {
            case Comparison.Range:
                if (Units.Common(0, other, q.High ?? q.Value, q.Unit) is not { Right: var high }) return null;
                return new Bounds(Math.Min(value, high), Math.Max(value, high));
            case Comparison.Ge or Comparison.Gt:
                return new Bounds(value, decimal.MaxValue);
            case Comparison.Le or Comparison.Lt:
                return new Bounds(decimal.MinValue, value);
            case Comparison.Approx:
                return new Bounds(value - (Math.Abs(value) * About), value + (Math.Abs(value) * About));
            case Comparison.PlusMinus:
                return new Bounds(Math.Abs(value), Math.Abs(value));
            default:
                return new Bounds(value, value);
        }
    }

    private static LedgerVerdict Judge(bool met, bool notMet) => met ? LedgerVerdict.Met : notMet ? LedgerVerdict.NotMet : LedgerVerdict.NotStated;

    /// <summary>Likeness of two names, 0–1: one ends with the other, or else the share of bigrams that both have (Dice); 0 where each has a part that stands in place of the other's.</summary>
    public static double Likeness(string a, string b) => LikenessOf(Plain(a), Plain(b));

    private static double LikenessOf(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        if (a == b) return 1;
        if (SpeakOfTwoThings(a, b)) return 0;
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        // One character in common says nothing.
        if (shorter.Length < 2) return 0;
        // 满幅炉内温差 is a kind of 炉内温差; 强度离散系数 is no kind of 强度: what is measured stands last.
        if (longer.EndsWith(shorter, StringComparison.Ordinal) && longer.Length <= shorter.Length + 4) return 0.95;
        // 炉内温差 and 室内温差, 锌含量 and 镁含量: where each says something in the place of the other, they speak of two things.
        if (EachHasItsOwn(shorter, longer)) return 0;
        var shared = 0;
        for (var i = 0; i + 1 < shorter.Length; i++) if (longer.Contains(shorter.Substring(i, 2), StringComparison.Ordinal)) shared++;
        return 2.0 * shared / (shorter.Length + longer.Length - 2);
    }

    /// <summary>Whether one name says all that the other says and ends with the same measure: 整套成本, 整套硬件成本. It may be the same figure or a part of it.</summary>
    private static bool SaysMore(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        // A bare measure (含量, 温度) may be of anything.
        return shorter.Length > 2 && shorter[^2..] == longer[^2..] && !SpeakOfTwoThings(a, b) && !EachHasItsOwn(shorter, longer);
    }

    private static bool SpeakOfTwoThings(string a, string b) => Conditions.Any(c => a.Contains(c, StringComparison.Ordinal) != b.Contains(c, StringComparison.Ordinal));

    private static bool EachHasItsOwn(string shorter, string longer)
    {
        var begin = 0;
        while (begin < shorter.Length && shorter[begin] == longer[begin]) begin++;
        var end = 0;
        while (end < shorter.Length - begin && shorter[^(end + 1)] == longer[^(end + 1)]) end++;
        return begin + end < shorter.Length;
    }

    private static string Plain(string name) => ChineseTokenizer.Normalize(name)
        .Replace("平均", "", StringComparison.Ordinal).Replace("最大", "", StringComparison.Ordinal).Replace("最高", "", StringComparison.Ordinal)
        .Replace("整体", "", StringComparison.Ordinal).Replace("指标", "", StringComparison.Ordinal).Replace("的", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
