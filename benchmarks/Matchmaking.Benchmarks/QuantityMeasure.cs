using System.Globalization;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// Prints precision, recall and F1 of the quantities found in texts against expected ones (a file of <see cref="QuantityGold"/>), micro-averaged:
/// by value and unit, then with the comparison, then with the name (<see cref="QuantityScore.NamesAgree"/> states when names agree).
/// </summary>
internal static class QuantityMeasure
{
    /// <returns>0; 1 when the file cannot be read or is malformed; 2 for wrong arguments.</returns>
    public static int Run(string[] arguments)
    {
        string? file = null;
        var errors = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--file" && i + 1 < arguments.Length) file = arguments[++i];
            else if (arguments[i] == "--errors") errors = true;
            else return Usage();
        }
        if (file is null) return Usage();
        try
        {
            Print(QuantityGold.Read(file), errors);
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("quantities needs --file FILE.jsonl; --errors lists what was found falsely and what was missed.");
        return 2;
    }

    private static void Print(IReadOnlyList<QuantityGoldLine> lines, bool errors)
    {
        var found = lines.Select(l => (Line: l, Found: (IReadOnlyList<Quantity>)[.. Quantities.Find(l.Text).Select(f => f.Quantity)])).ToList();
        if (errors)
        {
            foreach (var (line, quantities) in found)
            {
                var (_, wrong, missed) = QuantityScore.Of(quantities, line.Quantities, QuantityMatch.Name);
                if (wrong.Count + missed.Count == 0) continue;
                Console.WriteLine($"{line.Id}  {line.Text}");
                foreach (var q in wrong) Console.WriteLine($"  false   {Write(q)}");
                foreach (var q in missed) Console.WriteLine($"  missed  {Write(q)}");
            }
        }
        foreach (var (match, label) in (ReadOnlySpan<(QuantityMatch, string)>)[(QuantityMatch.ValueUnit, "value+unit"), (QuantityMatch.Comparison, "+comparison"), (QuantityMatch.Name, "+name")])
        {
            var score = found.Aggregate(new QuantityScore(0, 0, 0), (sum, l) => sum + QuantityScore.Of(l.Found, l.Line.Quantities, match).Score);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label} P {score.Precision:0.00} R {score.Recall:0.00} F1 {score.F1:0.000}"));
        }
    }

    private static string Write(Quantity q) =>
        string.Create(CultureInfo.InvariantCulture, $"{(q.Name.Length == 0 ? "-" : q.Name)} {q.Comparison.ToString().ToLowerInvariant()} {q.Value}{(q.High is { } high ? ".." + high.ToString(CultureInfo.InvariantCulture) : "")} {q.Unit}");
}
