using System.Globalization;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Writing;

namespace Matchmaking.Benchmarks;

/// <summary>How often field, industry and keywords are suggested rightly: each listing of the samples is left out once and suggested from the others.</summary>
internal static class SuggestMeasure
{
    public static int Run(string[] arguments)
    {
        if (arguments is not ["--samples", var folder])
        {
            Console.Error.WriteLine("suggest needs --samples DIR.");
            return 2;
        }
        var files = new SampleFiles(folder);
        var contents = files.Needs().Concat(files.Achievements()).Select(row => row.Content).ToList();
        var examples = contents.Select(c => new SuggestionExample(string.Join('\n', c.Title, c.Summary, c.Description), c.Field?.ToString() ?? "", c.Industry, c.Keywords)).ToList();
        var suggester = Suggester.Learn(examples);
        Console.WriteLine($"{examples.Count} listings, each left out once; {Suggester.Neighbours} neighbours, least share {Suggester.LeastShare.ToString(CultureInfo.InvariantCulture)}");
        Console.WriteLine("| suggested | classes | listings with a suggestion | right among these | right among all | most frequent class |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Print("field", examples, suggester, s => s.Field, e => e.Field);
        Print("industry", examples, suggester, s => s.Industry, e => e.Industry);

        var keywords = examples.Select((e, i) => (Own: e.Keywords, Got: suggester.Suggest(e.Text, i).Keywords)).ToList();
        var got = keywords.Sum(k => k.Got.Count);
        var right = keywords.Sum(k => k.Got.Count(k.Own.Contains));
        Console.WriteLine();
        Console.WriteLine($"Keywords: {got} suggested for {keywords.Count(k => k.Got.Count > 0)} listings, {right} of them are the author's own (precision {Share(right, got)}); of {keywords.Sum(k => k.Own.Count)} own keywords {Share(right, keywords.Sum(k => k.Own.Count))} were suggested.");
        return 0;
    }

    private static void Print(string name, List<SuggestionExample> examples, Suggester suggester, Func<Suggestion, string?> suggested, Func<SuggestionExample, string> own)
    {
        var answers = examples.Select((e, i) => (Own: own(e), Got: suggested(suggester.Suggest(e.Text, i)))).ToList();
        var given = answers.Count(a => a.Got is not null);
        var right = answers.Count(a => a.Got == a.Own);
        var classes = answers.GroupBy(a => a.Own).ToList();
        Console.WriteLine($"| {name} | {classes.Count} | {Share(given, answers.Count)} | {Share(right, given)} | {Share(right, answers.Count)} | {Share(classes.Max(c => c.Count()), answers.Count)} |");
    }

    private static string Share(int part, int whole) => (whole == 0 ? 0 : (double)part / whole).ToString("0.000", CultureInfo.InvariantCulture);
}
