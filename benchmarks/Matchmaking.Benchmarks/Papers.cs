using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>A real paper, the raw material of generated listings: title, sentences of the abstract, keywords, and all vectors.</summary>
internal sealed record Paper(string Title, IReadOnlyList<string> Sentences, IReadOnlyList<string> Keywords, string Discipline)
{
    public ListingVectors? Vectors { get; init; }

    public string Description => string.Join('。', Sentences) + "。";

    public ListingDocument Document(int id) => new(
        id, ListingKind.Achievement, $"{id}", Title, "", Description, Keywords, null, "", "", "", null, null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue);
}

/// <summary>
/// Papers of the CSL benchmark (Apache-2.0; columns title, abstract, keywords, discipline), encoded once. The vectors are kept in the temporary
/// folder under the checksum of the file and the version of the model.
/// </summary>
internal static partial class Papers
{
    public const string UsualFile = "samples/papers/papers.csv";

    private const int EncodeAtOnce = 50;

    public static IReadOnlyList<Paper> Read(string? path, ListingEncoder? encoder)
    {
        var file = path ?? Find(UsualFile) ?? throw new OptionException($"There is no {UsualFile} in the program's folder or its parents; name a file with --papers.");
        if (!File.Exists(file)) throw new OptionException($"--papers: there is no file '{file}'.");

        var papers = Parse(file);
        if (papers.Count < 2) throw new OptionException($"--papers: '{file}' has {papers.Count} usable papers.");
        if (encoder is null) return papers;

        var cache = Path.Combine(Path.GetTempPath(), $"matchmaking-papers-{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12]}-{encoder.ModelVersion}.bin");
        if (Load(cache, papers, encoder.ModelVersion) is { } known) return known;

        var encoded = new List<Paper>(papers.Count);
        foreach (var some in papers.Chunk(EncodeAtOnce))
        {
            var vectors = encoder.Encode([.. some.Select((paper, i) => paper.Document(i))], CancellationToken.None);
            encoded.AddRange(some.Select((paper, i) => paper with { Vectors = vectors[i] }));
            if (!Console.IsErrorRedirected) Console.Error.Write($"\rencoding papers once: {encoded.Count} of {papers.Count} ");
        }
        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
        Save(cache, encoded);
        return encoded;
    }

    private static List<Paper> Parse(string file)
    {
        try
        {
            return [.. SampleFiles.Papers(file)
                .Select(row => new Paper(row.Title, [.. SentenceSplitter.Split(FullStop().Replace(row.Abstract, "。")).Select(s => s.Text)], row.Keywords, row.Discipline))
                .Where(paper => paper.Sentences.Count > 0 && paper.Keywords.Count > 0)];
        }
        catch (FormatException error)
        {
            throw new OptionException($"--papers: '{file}' cannot be read: {error.Message}");
        }
    }

    private static List<Paper>? Load(string cache, List<Paper> papers, string model)
    {
        if (!File.Exists(cache)) return null;

        using var reader = new BinaryReader(File.OpenRead(cache), Encoding.UTF8);
        if (reader.ReadInt32() != papers.Count) return null;
        return [.. papers.Select(paper => paper with { Vectors = PackedVectors.UnpackListing(model, reader.ReadBytes(reader.ReadInt32())) })];
    }

    private static void Save(string cache, List<Paper> papers)
    {
        var temporary = $"{cache}.{Environment.ProcessId}";
        using (var stream = File.Create(temporary))
        {
            Span<byte> number = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(number, papers.Count);
            stream.Write(number);
            foreach (var paper in papers)
            {
                var bytes = PackedVectors.Pack(paper.Vectors!);
                BinaryPrimitives.WriteInt32LittleEndian(number, bytes.Length);
                stream.Write(number);
                stream.Write(bytes);
            }
        }
        File.Move(temporary, cache, overwrite: true);
    }

    internal static string? Find(string path)
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
            if (Path.Combine(parent.FullName, path) is var file && File.Exists(file)) return file;
        return null;
    }

    // The abstracts end sentences with a plain full stop and no space; between digits or letters it is none.
    [GeneratedRegex(@"(?<![0-9A-Za-z])\.|\.(?![0-9A-Za-z])")]
    private static partial Regex FullStop();
}
