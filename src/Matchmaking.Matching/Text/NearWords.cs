using System.Buffers;
using System.Text;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Words that say nearly the same, in a file that staff keep: a group of them a line (<c>电机 马达 电动机</c>), lines that begin with # are remarks. A word alone in its line keeps
/// others from being found across it: 发电机, so that 电机 is not. The file is read again when it has changed; while it cannot be read the words known before stay in force.
/// </summary>
public sealed class NearWords
{
    private readonly KeptFile<Known> file;

    /// <summary>Opens a list.</summary>
    /// <param name="path">The file; a relative one is looked for in the folder of the program and its parents, then in the current one.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public NearWords(string path) => file = new KeptFile<Known>(path, Read);

    /// <summary>What the file says now.</summary>
    public Known Current() => file.Current();

    private static Known Read(string path)
    {
        var groups = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var (number, line) in File.ReadLines(path, Encoding.UTF8).Index())
        {
            if (line.TrimStart().StartsWith('#')) continue;
            foreach (var word in line.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (!groups.TryGetValue(word, out var known)) groups[word] = known = [];
                known.Add(number);
            }
        }
        return new Known(groups);
    }

    /// <summary>The groups of a file.</summary>
    public sealed class Known
    {
        private readonly Dictionary<string, HashSet<int>> groups;
        private readonly Dictionary<string, HashSet<int>>.AlternateLookup<ReadOnlySpan<char>> byPiece;
        private readonly SearchValues<string> any;
        private readonly int[] lengths;

        internal Known(Dictionary<string, HashSet<int>> groups)
        {
            this.groups = groups;
            byPiece = groups.GetAlternateLookup<ReadOnlySpan<char>>();
            any = SearchValues.Create([.. groups.Keys], StringComparison.Ordinal);
            lengths = [.. groups.Keys.Select(w => w.Length).Distinct().OrderDescending()];
        }

        /// <summary>All words, in lower case.</summary>
        public IReadOnlyCollection<string> Words => groups.Keys;

        /// <summary>Whether two listed words have a group in common.</summary>
        public bool AreNear(string a, string b) => a != b && groups[a].Overlaps(groups[b]);

        /// <summary>Where listed words stand, from the left, at each place the longest; what lies across a word already found is passed over.</summary>
        /// <param name="text">In lower case.</param>
        public IReadOnlyList<(string Word, int Start)> Find(string text)
        {
            var found = new List<(string, int)>();
            var at = 0;
            while (text.AsSpan(at).IndexOfAny(any) is >= 0 and var ahead)
            {
                at += ahead;
                var word = LongestAt(text, at);
                if (word is not null) found.Add((word, at));
                at += word?.Length ?? 1;
            }
            return found;
        }

        private string? LongestAt(string text, int at)
        {
            foreach (var length in lengths)
            {
                if (at + length <= text.Length && byPiece.TryGetValue(text.AsSpan(at, length), out var word, out _) && WordList.IsWhole(text, at, word)) return word;
            }
            return null;
        }
    }
}
