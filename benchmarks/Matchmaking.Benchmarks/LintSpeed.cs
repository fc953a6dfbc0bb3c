using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// Time of the checker by length of the text, without a blank in it: pieces that its rules begin to read again and again, and an ordinary sentence.
/// Linear means that twice the text takes twice the time.
/// </summary>
internal static class LintSpeed
{
    private static readonly string[] Pieces = ["炉温偏差9℃，希望不超过3℃。", "希望达到", "要求载重1", "a@", "采购一二三", "王经", "有限", "139 1234 ", "“", "需求二"];
    private static readonly int[] Lengths = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

    public static int Run(string[] arguments)
    {
        if (arguments is not ["--lists", var folder])
        {
            Console.Error.WriteLine("lint needs --lists DIR, the folder of forbidden-words.txt and brands.txt.");
            return 2;
        }
        var linter = new NeedLinter(new WordList(Path.GetFullPath(Path.Combine(folder, "forbidden-words.txt"))), new WordList(Path.GetFullPath(Path.Combine(folder, "brands.txt"))));
        Console.WriteLine("Milliseconds for one check, the best of 7");
        Console.WriteLine($"| piece, repeated | {string.Join(" | ", Lengths.Select(l => l.ToString("N0", CultureInfo.InvariantCulture)))} |");
        Console.WriteLine($"|---|{string.Concat(Lengths.Select(_ => "---|"))}");
        foreach (var piece in Pieces)
        {
            var times = Lengths.Select(length => Best(linter, string.Concat(Enumerable.Repeat(piece, length / piece.Length))));
            Console.WriteLine($"| {piece} | {string.Join(" | ", times.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture)))} |");
        }
        return 0;
    }

    private static double Best(NeedLinter linter, string text)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 7; i++)
        {
            var start = Stopwatch.GetTimestamp();
            linter.Check(new LintDraft { Description = text, Anonymous = true }, VaguenessScale.Shipped);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return best;
    }
}
