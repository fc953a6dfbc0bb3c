using System.Numerics.Tensors;
using Lucene.Net.Util;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>The scan among vectors, whole and with its first pass over signs.</summary>
public sealed class VectorIndexTests
{
    private const int Rows = 12_000;
    private const int Wanted = 100;
    private readonly VectorIndex index = new(Rows);
    private readonly ListingFacts[] cards = new ListingFacts[Rows];
    private readonly Random random = new(5);
    private readonly List<float[]> subjects;
    private readonly float[] common;

    public VectorIndexTests()
    {
        // As texts of the model are: all lean the same way, and there are subjects with many variations.
        common = Direction();
        subjects = [.. Enumerable.Range(0, 80).Select(_ => Mixed(common, 0.7f))];
        var table = new FacetTable();
        for (var i = 0; i < Rows; i++)
        {
            var document = Document(i + 1, "碳", i / 80 % 10 == 0 ? ListingKind.Need : ListingKind.Achievement);
            var card = ListingFacts.Write(i % 7 == 0 ? document with { ValidUntil = Today.AddDays(-1) } : document);
            cards[i] = ListingFacts.Read(card, 0, card.Length, table);
            index.Add(i, cards[i], PackedVectors.Pack([Mixed(subjects[i % 80], 0.6f), Mixed(subjects[i % 80], 0.6f)]));
        }
        index.Complete();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_pass_loses_hardly_any_of_the_nearest_and_the_cosines_are_the_same(bool withTitles)
    {
        double found = 0, wanted = 0;
        for (var i = 0; i < 40; i++)
        {
            var query = new QueryVector(Mixed(subjects[i], 0.6f));
            var exact = Nearest(query, withTitles, kept: 0);
            var near = Nearest(query, withTitles, kept: 5 * Wanted);
            for (var kind = 0; kind < 2; kind++)
            {
                Assert.Equal(Wanted, near[kind].Count);
                var cosines = exact[kind].ToDictionary(item => item.Card.Id, item => item.Cosine);
                var same = near[kind].Where(item => cosines.ContainsKey(item.Card.Id)).ToList();
                Assert.All(same, item => Assert.Equal(cosines[item.Card.Id], item.Cosine));
                found += same.Count;
                wanted += Wanted;
            }
        }

        // Not all: a first pass that left everything would be none.
        Assert.InRange(found / wanted, 0.99, 1);
    }

    // 512 numbers are compared 256 at once, 64 by words.
    [Theory]
    [InlineData(SentenceEncoder.Dimensions)]
    [InlineData(64)]
    public void Cosines_are_estimated_without_leaning_to_either_side(int dimensions)
    {
        var rows = Enumerable.Range(0, 2_000).Select(i => Front(Mixed(subjects[i % 80], 0.6f), dimensions)).ToList();
        var signs = new VectorSigns(dimensions, rows.Count, (row, numbers) => rows[row].CopyTo(numbers));
        var about = new float[rows.Count];
        double sum = 0, squares = 0;
        for (var i = 0; i < 20; i++)
        {
            var vector = Front(Mixed(subjects[i], 0.6f), dimensions);
            signs.About(new QueryVector(vector), about);
            for (var row = 0; row < rows.Count; row++)
            {
                var wrong = about[row] - TensorPrimitives.Dot<float>(vector, rows[row]);
                sum += wrong;
                squares += wrong * wrong;
            }
        }
        // What one bit a number can tell: the part of a row that its signs do not have, √(1 − 2/π) of it, spread over all numbers.
        var spread = Math.Sqrt(1 - 2 / Math.PI) / Math.Sqrt(dimensions) / Math.Sqrt(2 / Math.PI);
        Assert.InRange(Math.Abs(sum / 20 / rows.Count), 0, spread / 20);
        Assert.InRange(Math.Sqrt(squares / 20 / rows.Count), spread / 3, spread);
    }

    [Fact]
    public void The_first_pass_leaves_out_what_it_is_to_leave_out()
    {
        var query = new QueryVector(Mixed(subjects[0], 0.6f));
        var kept = Nearest(query, withTitles: false, kept: 20)[(int)ListingKind.Achievement];

        // Fewer than a hundred were measured, and those were near ones.
        Assert.InRange(kept.Count, 20, Wanted - 1);
        var exact = Nearest(query, withTitles: false, kept: 0)[(int)ListingKind.Achievement];
        Assert.True(kept.Count(item => exact.Any(other => other.Card.Id == item.Card.Id)) > kept.Count / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void What_is_removed_expired_or_of_another_kind_is_not_found(int kept)
    {
        var live = new FixedBitSet(Rows);
        live.Set(0, Rows / 2);

        var found = Nearest(new QueryVector(Mixed(subjects[3], 0.6f)), withTitles: true, kept, live);

        foreach (var kind in new[] { ListingKind.Need, ListingKind.Achievement })
        {
            Assert.Equal(Wanted, found[(int)kind].Count);
            Assert.All(found[(int)kind], item =>
            {
                Assert.Equal(kind, item.Card.Kind);
                Assert.True(item.Card.Id <= Rows / 2 && item.Card.ValidUntil >= Today.DayNumber);
            });
        }
        NearestList?[] one = [null, new NearestList(5, -1)];
        FirstPass.Nearest([new(index, live, cards)], new QueryVector(Mixed(subjects[3], 0.6f)), withTitles: false, Today.DayNumber, one, kept, TestContext.Current.CancellationToken);
        Assert.Equal(5, one[1]!.Sorted().Count);
    }

    private IReadOnlyList<(ListingFacts Card, float Cosine)>[] Nearest(QueryVector query, bool withTitles, int kept, IBits? live = null)
    {
        NearestList?[] byKind = [new NearestList(Wanted, -1), new NearestList(Wanted, -1)];
        FirstPass.Nearest([new(index, live, cards)], query, withTitles, Today.DayNumber, byKind, kept, TestContext.Current.CancellationToken);
        return [.. byKind.Select(list => list!.Sorted())];
    }

    private float[] Direction()
    {
        var vector = new float[SentenceEncoder.Dimensions];
        for (var i = 0; i < vector.Length; i++) vector[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    /// <summary>Length 1, with about the given cosine to a direction.</summary>
    private float[] Mixed(float[] direction, float cosine)
    {
        var vector = Direction();
        TensorPrimitives.Multiply(vector, MathF.Sqrt(1 - cosine * cosine), vector);
        TensorPrimitives.MultiplyAdd(direction, cosine, vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    /// <summary>The first numbers alone, of length 1.</summary>
    private static float[] Front(float[] vector, int dimensions)
    {
        var front = vector[..dimensions];
        TensorPrimitives.Divide(front, TensorPrimitives.Norm<float>(front), front);
        return front;
    }
}
