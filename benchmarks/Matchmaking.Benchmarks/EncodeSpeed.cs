using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.ML.OnnxRuntime;

namespace Matchmaking.Benchmarks;

/// <summary>Texts a second through the encoder, against the bare run of the same model on the same numbers of the same length.</summary>
internal static class EncodeSpeed
{
    private const int TokensPerRun = 2_048;
    private static readonly int[] Lengths = [16, 64, 128, 256, 512];

    public static int Run(string[] arguments)
    {
        var options = new Options(arguments, "--seconds", "--papers");
        var seconds = options.Number("--seconds", 5, 1, 600);
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason) ?? throw new OptionException($"There is no encoder: {reason}");
        var material = string.Concat(Papers.Read(options.Text("--papers"), null).SelectMany(p => p.Sentences)).Where(c => c is >= '\u4e00' and <= '\u9fff').ToArray();
        using var settings = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(Model(), settings);
        Report.Machine();
        Report.Header("tokens of a text", "texts in a run", "encoder, texts/s", "bare model, texts/s", "encoder / bare model");
        foreach (var length in Lengths)
        {
            var count = Math.Max(1, TokensPerRun / length);
            // One Chinese character is one token; two more stand at the ends.
            var texts = Enumerable.Range(0, count).Select(i => new string(material.AsSpan(i * length % (material.Length - length), length - 2))).ToList();
            var tokens = texts.Select(encoder.Tokens).ToList();
            if (tokens.Any(t => t.Length != length)) throw new OptionException($"The texts have not {length} tokens each.");
            var whole = Rate(seconds, count, () => encoder.Encode(texts, CancellationToken.None));
            var bare = Rate(seconds, count, () => Bare(session, tokens, length));
            Report.Row($"{length}", $"{count}", whole.ToString("0.0", CultureInfo.InvariantCulture), bare.ToString("0.0", CultureInfo.InvariantCulture), (whole / bare).ToString("0.00", CultureInfo.InvariantCulture));
        }
        return 0;
    }

    private static double Rate(int seconds, int count, Action run)
    {
        run();
        var start = Stopwatch.GetTimestamp();
        var done = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            run();
            done += count;
        }
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Bare(InferenceSession session, List<int[]> tokens, int length)
    {
        long[] ids = [.. tokens.SelectMany(t => t.Select(id => (long)id))];
        long[] shape = [tokens.Count, length];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input_ids", "attention_mask", "token_type_ids"], [idsValue, maskValue, typesValue], ["last_hidden_state"]);
    }

    private static string Model()
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
            if (Path.Combine(parent.FullName, SearchRegistration.DefaultEncoder, "model.onnx") is var file && File.Exists(file)) return file;
        throw new OptionException("There is no model file.");
    }
}
