using System.Numerics.Tensors;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// Makes listings of real length and vocabulary out of papers. A listing has 4 to 9 sentences: most of one paper, the others of two more of its discipline;
/// its title is that paper's or the front of one and the back of another. Nothing is encoded: each vector is that of the texts it was made from (their
/// mean, by number of sentences), turned by a small random angle (text 0.25, title 0.2, sentences 0.1 radians). Where it differs from life: words that
/// occur in one paper only occur in some N/1000 listings, so no term is as rare as real ones are, and each listing has some dozens of near relatives.
/// The same seed and id make the same listing, so that a million need not be kept.
/// </summary>
internal sealed class ListingMaker
{
    /// <summary>One listing in so many is a need.</summary>
    public const int NeedEvery = 10;

    public static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly string[] Fields = Enum.GetNames<TechnologyField>();
    private static readonly string[] Modes = Enum.GetNames<CooperationMode>();
    private static readonly (string Name, string Unit, int Low, int High)[] Figures =
    [
        ("抗拉强度", "MPa", 200, 900), ("工作温度", "℃", 60, 1200), ("转化率", "%", 40, 99), ("处理量", "t/h", 1, 80), ("定位精度", "mm", 1, 20), ("使用寿命", "h", 1000, 9000),
    ];

    private readonly IReadOnlyList<Paper> papers;
    private readonly int[][] relatives;
    private readonly int seed;
    private readonly float[] noise = new float[1 << 16];

    public ListingMaker(IReadOnlyList<Paper> papers, int seed)
    {
        this.papers = papers;
        this.seed = seed;
        var byDiscipline = papers.Select((paper, i) => (paper.Discipline, i)).GroupBy(p => p.Discipline).ToDictionary(g => g.Key, g => g.Select(p => p.i).ToArray());
        relatives = [.. papers.Select(paper => byDiscipline[paper.Discipline])];
        var random = new Random(seed);
        for (var i = 0; i < noise.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var angle = 2 * Math.PI * random.NextDouble();
            (noise[i], noise[i + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }
    }

    public IReadOnlyList<Paper> Papers => papers;

    public static ListingKind KindOf(int id) => id % NeedEvery == 0 ? ListingKind.Need : ListingKind.Achievement;

    /// <param name="sentences">Whether sentence vectors are wanted, which the index does not keep.</param>
    public IndexEntry Make(int id, bool sentences)
    {
        var dice = Dice(id);
        var own = dice.Next(papers.Count);
        int[] sources = [own, Relative(dice, own), Relative(dice, own)];
        var pieces = Pieces(dice, sources);
        var (title, titleOf) = Title(dice, sources);
        var kind = KindOf(id);
        var texts = pieces.Select(p => papers[p.Paper].Sentences[p.Sentence]).ToList();
        var document = new ListingDocument(
            id, kind, $"{(kind == ListingKind.Need ? "XQ" : "CG")}2026-220100-{id:00000}", title, Cut(texts[0]), string.Join('。', texts) + "。",
            [.. papers[own].Keywords.Concat(papers[sources[1]].Keywords.Take(1)).Distinct().Take(5)], null,
            Fields[relatives[own][0] % Fields.Length], CodeLists.Industries[dice.Next(CodeLists.Industries.Count)], CodeLists.Regions[dice.Next(CodeLists.Regions.Count)],
            kind == ListingKind.Need ? Pick(dice, "Near", "Mid", "Long") : Pick(dice, "Early", "Middle", "Mature"),
            dice.Next(3) == 0 ? null : dice.Next(1, 500), [.. Modes.OrderBy(_ => dice.Next()).Take(dice.Next(1, 3))], dice.Next(1, 10), Quantities(dice, kind),
            kind == ListingKind.Need ? Today.AddDays(dice.Next(10, 300)) : null,
            new DateTimeOffset(Today.AddDays(-dice.Next(700)), TimeOnly.MinValue, TimeSpan.Zero), Today.AddDays(dice.Next(50) == 0 ? -1 : 300));
        return new IndexEntry(document, papers[own].Vectors is null ? null : Vectors(dice, titleOf, pieces, sentences));
    }

    /// <summary>What somebody types: a keyword or two of a paper, or some of its sentences.</summary>
    public (string Text, float[]? Vector) Query(int number, bool longText)
    {
        var dice = Dice(-1 - number);
        var paper = papers[dice.Next(papers.Count)];
        var text = longText ? string.Join('。', paper.Sentences.Take(dice.Next(2, 5))) : string.Join(' ', paper.Keywords.Take(dice.Next(1, 3)));
        return (text, paper.Vectors is { } vectors ? Turn(longText ? vectors.Text : vectors.Title, 0.3, dice) : null);
    }

    /// <summary>A vector of length 1 at an angle to another.</summary>
    public float[] Turn(ReadOnlySpan<float> vector, double angle, Random dice)
    {
        var side = noise.AsSpan(dice.Next(noise.Length - vector.Length), vector.Length).ToArray();
        var along = TensorPrimitives.Dot(side, vector);
        var turned = new float[vector.Length];
        TensorPrimitives.MultiplyAdd(vector, -along, side, side);
        TensorPrimitives.Multiply(side, (float)(Math.Sin(angle) / TensorPrimitives.Norm<float>(side)), side);
        TensorPrimitives.MultiplyAdd(vector, (float)Math.Cos(angle), side, turned);
        return turned;
    }

    private Random Dice(int id) => new(HashOf(seed, id));

    // Not HashCode.Combine, which differs from run to run.
    private static int HashOf(int seed, int id)
    {
        var mixed = ((ulong)(uint)seed << 32 | (uint)id) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
        return (int)(mixed >> 33);
    }

    private int Relative(Random dice, int paper) => relatives[paper][dice.Next(relatives[paper].Length)];

    private List<(int Paper, int Sentence)> Pieces(Random dice, int[] sources)
    {
        var count = dice.Next(4, 10);
        var pieces = new List<(int Paper, int Sentence)>(count);
        for (var attempt = 0; pieces.Count < count && attempt < 3 * count; attempt++)
        {
            var paper = sources[dice.Next(5) switch { 3 => 1, 4 => 2, _ => 0 }];
            var piece = (paper, dice.Next(papers[paper].Sentences.Count));
            if (!pieces.Contains(piece)) pieces.Add(piece);
        }
        return pieces;
    }

    private (string Title, IReadOnlyList<int> Of) Title(Random dice, int[] sources)
    {
        var own = papers[sources[0]].Title;
        var other = papers[sources[1]].Title;
        return dice.Next(2) == 0 ? (own, [sources[0]]) : (own[..((own.Length + 1) / 2)] + other[(other.Length / 2)..], [sources[0], sources[1]]);
    }

    private ListingVectors Vectors(Random dice, IReadOnlyList<int> titleOf, List<(int Paper, int Sentence)> pieces, bool sentences)
    {
        var model = papers[titleOf[0]].Vectors!.Model;
        return new ListingVectors(
            model,
            Turn(Mean(titleOf.Select(i => papers[i].Vectors!.Title)), 0.2, dice),
            Turn(Mean(pieces.Select(p => papers[p.Paper].Vectors!.Text)), 0.25, dice),
            sentences ? [.. pieces.Select(p => papers[p.Paper].Vectors!.Sentences).Select((all, i) => Turn(all[Math.Min(pieces[i].Sentence, all.Count - 1)], 0.1, dice))] : []);
    }

    private static float[] Mean(IEnumerable<float[]> vectors)
    {
        var sum = new float[SentenceEncoder.Dimensions];
        foreach (var vector in vectors) TensorPrimitives.Add(sum, vector, sum);
        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return sum;
    }

    private static List<Quantity> Quantities(Random dice, ListingKind kind) => [.. Figures.OrderBy(_ => dice.Next()).Take(dice.Next(4)).Select(figure =>
        new Quantity(figure.Name, kind == ListingKind.Need ? Comparison.Ge : Comparison.Eq, dice.Next(figure.Low, figure.High), null, figure.Unit))];

    private static string Pick(Random dice, params string[] values) => values[dice.Next(values.Length)];

    private static string Cut(string text) => text.Length <= 100 ? text : text[..(char.IsHighSurrogate(text[99]) ? 99 : 100)];
}
