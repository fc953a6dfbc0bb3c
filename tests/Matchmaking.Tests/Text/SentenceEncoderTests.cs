using System.Numerics.Tensors;
using System.Text.Json;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

/// <summary>Compares with what the model's makers' own libraries give (<c>reference.json</c>).</summary>
public sealed class SentenceEncoderTests(SentenceEncoderTests.OpenEncoder open) : IClassFixture<SentenceEncoderTests.OpenEncoder>
{
    private const string Model = "models/bge-small-zh-v1.5";

    private readonly SentenceEncoder encoder = open.Encoder;

    [Fact]
    public void Token_ids_equal_the_reference()
    {
        foreach (var item in Reference().GetProperty("cases").EnumerateArray())
            Assert.Equal(item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), encoder.Tokens(item.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Vectors_are_near_the_reference_and_of_length_one()
    {
        var cases = Reference().GetProperty("cases").EnumerateArray().ToArray();
        var vectors = encoder.Encode([.. cases.Select(item => item.GetProperty("text").GetString()!)], TestContext.Current.CancellationToken);
        for (var i = 0; i < cases.Length; i++)
        {
            Assert.Equal(1, TensorPrimitives.Norm<float>(vectors[i]), 1e-4f);
            var first = cases[i].GetProperty("int8_first8").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            for (var k = 0; k < first.Length; k++) Assert.Equal(first[k], vectors[i][k], 0.05f);
        }
    }

    [Fact]
    public void Cosines_are_near_the_reference()
    {
        foreach (var pair in Reference().GetProperty("pairs").EnumerateArray())
        {
            var vectors = encoder.Encode([pair.GetProperty("a").GetString()!, pair.GetProperty("b").GetString()!], TestContext.Current.CancellationToken);
            Assert.Equal(pair.GetProperty("cosine_int8").GetSingle(), TensorPrimitives.Dot<float>(vectors[0], vectors[1]), 0.02f);
        }
    }

    [Fact]
    public void A_text_gets_nearly_the_same_vector_alone_and_among_others()
    {
        var texts = Reference().GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("text").GetString()!).ToArray();
        var together = encoder.Encode(texts, TestContext.Current.CancellationToken);
        for (var i = 0; i < texts.Length; i++)
            Assert.InRange(TensorPrimitives.Dot<float>(together[i], encoder.Encode([texts[i]], TestContext.Current.CancellationToken)[0]), 0.95f, 1.001f);
    }

    [Fact]
    public void Broken_and_very_long_text_is_encoded()
    {
        var vectors = encoder.Encode(
            ["\ud83d", "碳\udc00纤\u0000\ufffe", "", new string('碳', 100_000), new string('a', 100_000)], TestContext.Current.CancellationToken);

        Assert.All(vectors, vector => Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-4f));
        Assert.Equal(encoder.Tokens("碳纤"), encoder.Tokens("碳\udc00纤\u0000\ufffe"));
    }

    [Fact]
    public void A_listing_gets_vectors_of_title_text_and_each_sentence()
    {
        var document = new ListingDocument(
            1, ListingKind.Need, "XQ2026-220100-00001", "碳纤维原丝", "高强", "强度不足。密度要低；好。", ["碳纤维"], null, "NewMaterials", "C28", "220100",
            "Near", null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue);
        var other = document with { Id = 2, Title = "玉米秸秆还田", Description = "" };

        var vectors = new ListingEncoder(encoder).Encode([document, other], TestContext.Current.CancellationToken);

        Assert.Equal([3, 0], vectors.Select(item => item.Sentences.Count));
        var alone = encoder.Encode(["玉米秸秆还田", "密度要低"], TestContext.Current.CancellationToken);
        Assert.InRange(TensorPrimitives.Dot<float>(alone[0], vectors[1].Title), 0.98f, 1.001f);
        Assert.InRange(TensorPrimitives.Dot<float>(alone[1], vectors[0].Sentences[1]), 0.98f, 1.001f);
        Assert.StartsWith("bge-small-zh-v1.5-", vectors[0].Model, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("/models/nowhere")]
    public void A_missing_folder_is_told(string path)
    {
        Assert.Null(SentenceEncoder.TryOpen(path, out var reason));
        Assert.False(string.IsNullOrEmpty(reason));
    }

    [Fact]
    public void A_changed_model_is_not_opened()
    {
        var folder = Directory.CreateTempSubdirectory("model");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "model.onnx"), "other");
            File.WriteAllText(Path.Combine(folder.FullName, "vocab.txt"), "[PAD]");
            File.WriteAllText(Path.Combine(folder.FullName, "SHA256SUMS"), $"{new string('0', 64)}  model.onnx\n{new string('0', 64)}  vocab.txt\n");

            Assert.Null(SentenceEncoder.TryOpen(folder.FullName, out var reason));
            Assert.Contains("model.onnx", reason, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Disposing_while_in_use_lets_what_runs_finish_and_refuses_the_rest()
    {
        var own = SentenceEncoder.TryOpen(Model, out _, threads: 1)!;
        using var started = new CountdownEvent(2);
        string[] texts = [.. Enumerable.Repeat("高韧性立方氮化硼单晶的研制及其产业化", 200)];
        var work = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            started.Signal();
            try
            {
                return own.Encode(texts, TestContext.Current.CancellationToken).Length;
            }
            catch (ObjectDisposedException)
            {
                return texts.Length;
            }
        })).ToArray();
        started.Wait(TestContext.Current.CancellationToken);
        own.Dispose();

        Assert.All(await Task.WhenAll(work), count => Assert.Equal(200, count));
        Assert.Throws<ObjectDisposedException>(() => own.Encode(["x"], TestContext.Current.CancellationToken));
    }

    private static JsonElement Reference()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, Model, "reference.json"))) folder = folder.Parent;
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, Model, "reference.json"))).RootElement;
    }

    public sealed class OpenEncoder : IDisposable
    {
        public SentenceEncoder Encoder { get; } = SentenceEncoder.TryOpen(Model, out var reason) ?? throw new InvalidOperationException(reason);

        public void Dispose() => Encoder.Dispose();
    }
}
