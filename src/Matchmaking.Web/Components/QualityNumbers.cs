using System.Globalization;

namespace Matchmaking.Web.Components;

/// <summary>Measures as the literature prints them, alike in every language: three decimals.</summary>
public static class QualityNumbers
{
    public static string Of(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Signed(double value) => value.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);

    public static string Range(double low, double high) => $"{low.ToString("0.000;−0.000", CultureInfo.InvariantCulture)}–{high.ToString("0.000;−0.000", CultureInfo.InvariantCulture)}";
}

/// <param name="Said">Mean probability that was shown, 0–1.</param>
/// <param name="Was">Share that brokers graded 3 or 4.</param>
public sealed record ReliabilityPoint(double Said, double Was, int Count);
