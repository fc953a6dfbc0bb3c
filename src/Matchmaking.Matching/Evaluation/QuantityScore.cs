using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Evaluation;

/// <summary>What must agree for a found quantity to count as the expected one.</summary>
public enum QuantityMatch { ValueUnit, Comparison, Name }

/// <summary>Precision, recall and F1 (0–1) over all quantities of all texts together (micro-average).</summary>
public sealed record QuantityScore(int Hits, int Found, int Expected)
{
    public double Precision => Found == 0 ? 1 : (double)Hits / Found;

    public double Recall => Expected == 0 ? 1 : (double)Hits / Expected;

    public double F1 => Found + Expected == 0 ? 1 : 2.0 * Hits / (Found + Expected);

    public static QuantityScore operator +(QuantityScore a, QuantityScore b) => new(a.Hits + b.Hits, a.Found + b.Found, a.Expected + b.Expected);

    /// <summary>Values agree within this share of the larger one.</summary>
    public const decimal Tolerance = 1e-9m;

    /// <summary>Pairs found with expected, each used once, as many as possible: value, high and unit as printed; then the comparison; then the name.</summary>
    /// <returns>The pairs' count, and what was left over on both sides.</returns>
    public static (QuantityScore Score, IReadOnlyList<Quantity> False, IReadOnlyList<Quantity> Missed) Of(IReadOnlyList<Quantity> found, IReadOnlyList<Quantity> expected, QuantityMatch match)
    {
        var partner = new int[found.Count];
        Array.Fill(partner, -1);
        var hits = 0;
        for (var e = 0; e < expected.Count; e++) if (Assign(e, new bool[found.Count])) hits++;
        return (new QuantityScore(hits, found.Count, expected.Count),
            [.. found.Where((_, f) => partner[f] < 0)], [.. expected.Where((_, e) => !partner.Contains(e))]);

        // The augmenting path of a bipartite matching: an earlier pair makes room when it has another choice.
        bool Assign(int e, bool[] tried)
        {
            for (var f = 0; f < found.Count; f++)
            {
                if (tried[f] || !Agree(found[f], expected[e], match)) continue;
                tried[f] = true;
                if (partner[f] >= 0 && !Assign(partner[f], tried)) continue;
                partner[f] = e;
                return true;
            }
            return false;
        }
    }

    /// <summary>
    /// Two names agree when they are equal, one contains the other, or at least half of the shorter one's characters stand in both (each counted as often as it occurs);
    /// spaces and case do not count. No name agrees only with no name.
    /// </summary>
    public static bool NamesAgree(string found, string expected)
    {
        var (a, b) = (Plain(found), Plain(expected));
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length;
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        if (longer.Contains(shorter, StringComparison.Ordinal)) return true;
        var left = longer.ToList();
        return 2 * shorter.Count(left.Remove) >= shorter.Length;
    }

    private static bool Agree(Quantity found, Quantity expected, QuantityMatch match) =>
        Near(found.Value, expected.Value) && (found.High is null == expected.High is null) && Near(found.High ?? 0, expected.High ?? 0) && found.Unit == expected.Unit
        && (match < QuantityMatch.Comparison || found.Comparison == expected.Comparison)
        && (match < QuantityMatch.Name || NamesAgree(found.Name, expected.Name));

    private static bool Near(decimal a, decimal b) => a == b || Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * Tolerance;

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
