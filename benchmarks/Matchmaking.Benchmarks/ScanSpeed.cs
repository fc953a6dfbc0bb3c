using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// How long the search for the nearest of so many vectors takes, against the time to read the same bytes once, and what the first pass over signs loses.
/// The vectors are those of <see cref="ListingMaker"/>: means of really encoded texts, turned at random. They lie in clusters, which is easy for a first pass; so what it
/// loses is told for really encoded sentences, too, with titles as queries.
/// </summary>
internal static class ScanSpeed
{
    private const int Segments = 8;
    private const int Queries = 60;
    private const int TitleEvery = 10;
    private const int Take = 100;

    // Times as many as are wanted.
    private static readonly int[] Kept = [2, 5, 10, 20, 50];

    public static int Run(string[] arguments)
    {
        var options = new Options(arguments, "--vectors", "--papers", "--seed");
        var count = options.Number("--vectors", 100_000, 1_000, 5_000_000);
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason) ?? throw new OptionException($"There are no vectors without the model: {reason}");
        var maker = new ListingMaker(Papers.Read(options.Text("--papers"), new ListingEncoder(encoder)), options.Number("--seed", 7, 0, int.MaxValue));
        Report.Machine();
        var segments = Fill(maker, count);
        var queries = Enumerable.Range(0, Queries).Select(i => new QueryVector(maker.Make(count + i + 1, sentences: false).Vectors!.Text)).ToList();

        // Of the two vectors of a listing only the text's is looked at.
        var bytes = (long)count * QueryVector.Padded(SentenceEncoder.Dimensions);
        Report.Header($"nearest {Take} of {count:N0} listings, one thread", "calls", "p50 ms", "p95 ms", "p99 ms");
        var reading = Time(queries, _ => Read(bytes));
        Report.Percentiles($"reading {Report.Mib(bytes)}", reading);
        var scanning = Time(queries, query => Nearest(segments, query));
        Report.Percentiles("exact scan", scanning);
        Lost(segments, queries);
        var sentences = Sentences(maker.Papers);
        Report.Header($"nearest {Take} of {sentences[0].Vectors.Count:N0} really encoded sentences, titles as queries", "calls", "p50 ms", "p95 ms", "p99 ms");
        Lost(sentences, [.. maker.Papers.Where((_, i) => i % TitleEvery == 0).Select(paper => new QueryVector(paper.Vectors!.Title))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nExact scan / reading the same bytes: {scanning.Percentile(50) / reading.Percentile(50):0.0} (goal at most 2)."));
        return 0;
    }

    /// <summary>What the product's first pass over signs, and the exact one over the listings it finds near, take and lose; so many are left in all segments together.</summary>
    private static void Lost(List<VectorSegment> segments, List<QueryVector> queries)
    {
        var exact = queries.ConvertAll(query => Nearest(segments, query));
        var start = Stopwatch.GetTimestamp();
        foreach (var segment in segments) segment.Vectors.Complete();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"(reading the signs of titles and texts: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s)"));
        foreach (var times in Kept)
        {
            var timing = Time(queries, query => Nearest(segments, query, times * Take));
            var recall = queries.Select((query, i) => Nearest(segments, query, times * Take).Count(exact[i].Contains) / (double)Take).Average();
            Report.Percentiles(string.Create(CultureInfo.InvariantCulture, $"signs, then exact on {times * Take:N0}: recall@{Take} {recall:0.0000}"), timing);
        }
    }

    private static List<VectorSegment> Fill(ListingMaker maker, int count)
    {
        var table = new FacetTable();
        return [.. Enumerable.Range(0, Segments).Select(segment =>
        {
            var first = (int)((long)count * segment / Segments);
            var size = (int)((long)count * (segment + 1) / Segments) - first;
            var entries = new (ListingDocument, byte[])[size];
            Parallel.For(0, size, i =>
            {
                var entry = maker.Make(first + i + 1, sentences: false);
                entries[i] = (entry.Document, PackedVectors.Pack([entry.Vectors!.Title, entry.Vectors.Text]));
            });
            return Segment(entries, table);
        })];
    }

    /// <summary>The sentences of the papers, each as a listing of its own.</summary>
    private static List<VectorSegment> Sentences(IReadOnlyList<Paper> papers) =>
        [Segment([.. papers.SelectMany(paper => paper.Vectors!.Sentences).Select((vector, i) => (papers[0].Document(i + 1), PackedVectors.Pack([vector, vector])))], new FacetTable())];

    private static HashSet<int> Nearest(List<VectorSegment> segments, QueryVector query, int kept = 0)
    {
        var byKind = new NearestList?[2];
        var list = byKind[(int)ListingKind.Achievement] = new NearestList(Take, -1);
        FirstPass.Nearest(segments, query, withTitles: false, ListingMaker.Today.DayNumber, byKind, kept, CancellationToken.None);
        return [.. list.Sorted().Select(item => item.Card.Id)];
    }

    private static Timing Time<T>(List<T> queries, Action<T> act)
    {
        foreach (var query in queries.Take(5)) act(query);
        var timing = new Timing();
        foreach (var query in queries)
        {
            var start = Stopwatch.GetTimestamp();
            act(query);
            timing.Add(Stopwatch.GetElapsedTime(start));
        }
        return timing;
    }

    private static readonly List<long[]> Blocks = [];

    // Sums them, so that each byte is needed.
    private static long Read(long bytes)
    {
        const int Block = 1 << 20;
        var count = bytes / sizeof(long) / Block;
        while (Blocks.Count < count + 1)
        {
            // Memory that was never written is one page of zeros, however much of it there is.
            Blocks.Add(new long[Block]);
            Array.Fill(Blocks[^1], Blocks.Count);
        }
        long sum = TensorPrimitives.Sum<long>(Blocks[^1].AsSpan(0, (int)(bytes / sizeof(long) - count * Block)));
        foreach (var block in Blocks.Take((int)count)) sum += TensorPrimitives.Sum<long>(block);
        return sum;
    }

    /// <param name="entries">Each with its title's and text's packed vectors.</param>
    private static VectorSegment Segment((ListingDocument Document, byte[] Packed)[] entries, FacetTable table)
    {
        var index = new VectorIndex(entries.Length);
        var cards = new ListingFacts[entries.Length];
        for (var i = 0; i < cards.Length; i++)
        {
            var card = ListingFacts.Write(entries[i].Document with { Kind = ListingKind.Achievement, ValidUntil = DateOnly.MaxValue });
            cards[i] = ListingFacts.Read(card, 0, card.Length, table);
            index.Add(i, cards[i], entries[i].Packed);
        }
        return new VectorSegment(index, null, cards);
    }
}
