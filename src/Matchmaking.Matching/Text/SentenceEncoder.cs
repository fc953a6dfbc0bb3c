using System.Numerics.Tensors;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Turns texts into vectors of length 1 with the model of a folder (<c>model.onnx</c>, <c>vocab.txt</c>, <c>SHA256SUMS</c>), so that the dot product of
/// two is their cosine. Any number of threads may encode at once; disposing waits for nobody and breaks nobody.
/// </summary>
public sealed class SentenceEncoder : IDisposable
{
    /// <summary>Numbers in a vector.</summary>
    public const int Dimensions = 512;

    internal const int MaximumTokens = 512;

    // One run of the model takes at most so many tokens, padding included: more gains no speed and costs memory.
    private const int TokensPerRun = 2_048;

    // Far more than 512 tokens can hold; keeps the tokenizer from reading a book.
    private const int MaximumCharacters = 20_000;

    private readonly InferenceSession session;
    private readonly WordPieceTokenizer tokenizer;
    private readonly Lock gate = new();
    private int running;
    private bool disposed;

    private SentenceEncoder(InferenceSession session, WordPieceTokenizer tokenizer, string modelVersion)
    {
        this.session = session;
        this.tokenizer = tokenizer;
        ModelVersion = modelVersion;
    }

    /// <summary>Folder name and first eight hex digits of the model's checksum; vectors of different versions must not be compared.</summary>
    public string ModelVersion { get; }

    /// <summary>Opens a model folder, or says why that cannot be done.</summary>
    /// <param name="path">The folder; a relative one is looked for in the folder of the program and its parents.</param>
    /// <param name="reason">Null on success, otherwise what is wrong, for the log and the status page.</param>
    /// <param name="threads">Threads one call may use; 0 lets the runtime choose.</param>
    public static SentenceEncoder? TryOpen(string path, out string? reason, int threads = 0)
    {
        if (FindFolder(path) is not { } folder)
        {
            reason = $"There is no model folder '{path}'.";
            return null;
        }
        if (CheckSums(folder, out var modelSum) is { } problem)
        {
            reason = problem;
            return null;
        }

        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
            // Workers that spin between runs would take the processor from everybody else.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            var tokenizer = WordPieceTokenizer.Open(Path.Combine(folder, "vocab.txt"));
            var session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
            reason = null;
            return new SentenceEncoder(session, tokenizer, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}-{modelSum[..8]}");
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or FormatException or DllNotFoundException or TypeInitializationException)
        {
            reason = $"The model cannot be loaded: {e.Message}";
            return null;
        }
    }

    /// <summary>
    /// One vector of <see cref="Dimensions"/> numbers for each text, in the order of the texts; text beyond 512 tokens is not read.
    /// Short texts go through the model together, which doubles the speed; the model's int8 scales then depend on the company, so that a text's
    /// vector differs a little from the one it gets alone (cosine above 0.98, for odd texts 0.95).
    /// </summary>
    public float[][] Encode(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            var tokens = new int[texts.Count][];
            for (var i = 0; i < tokens.Length; i++) tokens[i] = Tokens(texts[i]);

            var vectors = new float[tokens.Length][];
            foreach (var batch in Batches(tokens))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Run(tokens, batch, vectors);
            }
            return vectors;
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            // Otherwise the last call that is under way closes the session.
            if (running == 0) session.Dispose();
        }
    }

    internal int[] Tokens(string text) => tokenizer.Encode(text.Length > MaximumCharacters ? text[..MaximumCharacters] : text, MaximumTokens);

    private void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            running++;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--running == 0 && disposed) session.Dispose();
        }
    }

    // Texts of like length share a run, so that little is spent on padding.
    private static IEnumerable<ArraySegment<int>> Batches(int[][] tokens)
    {
        var order = Enumerable.Range(0, tokens.Length).OrderBy(i => tokens[i].Length).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && (end + 1 - start) * tokens[order[end]].Length <= TokensPerRun) end++;
            yield return new ArraySegment<int>(order, start, end - start);
            start = end;
        }
    }

    private void Run(int[][] tokens, ArraySegment<int> batch, float[][] vectors)
    {
        var length = tokens[batch[^1]].Length;
        var size = batch.Count * length;
        var ids = new long[size];
        var mask = new long[size];
        var types = new long[size];
        for (var row = 0; row < batch.Count; row++)
        {
            var text = tokens[batch[row]];
            for (var i = 0; i < text.Length; i++)
            {
                ids[row * length + i] = text[i];
                mask[row * length + i] = 1;
            }
        }

        long[] shape = [batch.Count, length];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(
            options, ["input_ids", "attention_mask", "token_type_ids"], [idsValue, maskValue, typesValue], ["last_hidden_state"]);
        var states = outputs[0].GetTensorDataAsSpan<float>();
        for (var row = 0; row < batch.Count; row++)
        {
            var first = states.Slice(row * length * Dimensions, Dimensions);
            var vector = new float[Dimensions];
            TensorPrimitives.Divide(first, TensorPrimitives.Norm(first), vector);
            vectors[batch[row]] = vector;
        }
    }

    private static string? FindFolder(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) return null;
        if (Path.IsPathRooted(path)) return Directory.Exists(path) ? path : null;

        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var folder = Path.Combine(parent.FullName, path);
            if (File.Exists(Path.Combine(folder, "SHA256SUMS"))) return folder;
        }
        return null;
    }

    private static string? CheckSums(string folder, out string modelSum)
    {
        modelSum = "";
        var sums = Path.Combine(folder, "SHA256SUMS");
        if (!File.Exists(sums)) return "SHA256SUMS is missing in the model folder.";

        var expected = File.ReadLines(sums)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[1].TrimStart('*'), parts => parts[0], StringComparer.Ordinal);
        foreach (var name in (string[])["model.onnx", "vocab.txt"])
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file)) return $"{name} is missing in the model folder.";
            if (!expected.TryGetValue(name, out var sum)) return $"SHA256SUMS does not name {name}.";

            using var stream = File.OpenRead(file);
            var actual = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (!string.Equals(actual, sum, StringComparison.OrdinalIgnoreCase)) return $"{name} does not match its checksum.";
            if (name == "model.onnx") modelSum = actual;
        }
        return null;
    }
}
