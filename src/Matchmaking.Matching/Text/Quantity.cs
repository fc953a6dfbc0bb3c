namespace Matchmaking.Matching.Text;

/// <summary>How a stated number relates to what is meant: ≥, ≤, &gt;, &lt;, =, about, a range, a tolerance.</summary>
public enum Comparison { Ge, Le, Gt, Lt, Eq, Approx, Range, PlusMinus }

/// <summary>One technical figure: 拉伸强度 ≥ 5.5 GPa.</summary>
/// <param name="Name">What is measured, e.g. 拉伸强度; empty when the text does not say.</param>
/// <param name="Value">Plain number, magnitudes applied; the lower end of a range.</param>
/// <param name="High">Upper end of a range, otherwise null.</param>
/// <param name="Unit">As printed; empty when there is none.</param>
public sealed record Quantity(string Name, Comparison Comparison, decimal Value, decimal? High, string Unit);
