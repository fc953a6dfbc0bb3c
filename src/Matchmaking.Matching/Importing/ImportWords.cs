using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// The words of spreadsheets in one language. They are the resource files of the pages themselves, carried along as data, because jobs write
/// spreadsheets too and what an export writes must be what an import reads.
/// </summary>
public sealed class ImportWords
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private static readonly ConcurrentDictionary<string, ImportWords> Loaded = new();
    private readonly Dictionary<string, string> texts;

    private ImportWords(string language)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language);
        var ending = language == English ? ".en.restext" : ".restext";
        texts = new[] { "CodesText", "ImportText" }.SelectMany(subject => ReadWords(subject + ending)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
    }

    public string Language { get; }

    public CultureInfo Culture { get; }

    public static ImportWords Of(string language) => Loaded.GetOrAdd(language == English ? English : Chinese, l => new ImportWords(l));

    public static IReadOnlyList<ImportWords> All => [Of(Chinese), Of(English)];

    /// <summary>A text with its places filled; the key itself when there is none, so that a missing word is seen.</summary>
    public string Text(string key, params IReadOnlyList<object?> arguments) =>
        !texts.TryGetValue(key, out var text) ? key : arguments.Count == 0 ? text : string.Format(Culture, text, [.. arguments.Select(Printed)]);

    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>Heading of a column.</summary>
    public string Heading(ImportField field, ListingKind kind) => texts.TryGetValue($"Column.{field}.{kind}", out var own) ? own : Text($"Column.{field}");

    public string Hint(ImportField field, ListingKind kind) =>
        texts.TryGetValue($"Hint.{field}.{kind}", out var own) ? own : texts.TryGetValue($"Hint.{field}", out var hint) ? hint : "";

    /// <summary>Name of a code as the pages show it.</summary>
    public string Name(string list, string code) => texts.TryGetValue($"{list}.{code}", out var name) ? name : code;

    /// <summary>C28 化学纤维制造业.</summary>
    public string Industry(string code) => code.Length == 0 ? "" : $"{code} {Name("Industry", code)}";

    public string YesNo(bool value) => Text(value ? "Yes" : "No");

    /// <summary>What is wrong, in words; the first place is the column's heading.</summary>
    public string Problem(Problem problem, ListingKind kind)
    {
        var field = ImportFields.OfProblem(problem.Field);
        return Text("Problem." + problem.Code, [field == ImportField.None ? "" : Heading(field, kind), .. problem.Arguments]);
    }

    private object? Printed(object? argument) => argument switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("#,##0.####", Culture),
        int number => number.ToString("N0", Culture),
        _ => argument,
    };

    internal static IEnumerable<KeyValuePair<string, string>> ReadWords(string name) => Lines(name).Where(line => line.Length > 0 && line[0] is not ('#' or ';') && line.Contains('=', StringComparison.Ordinal))
        .Select(line => new KeyValuePair<string, string>(line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("\\n", "\n", StringComparison.Ordinal)));

    internal static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(typeof(ImportWords).Assembly.GetManifestResourceStream("words/" + name) ?? throw new InvalidOperationException($"The words {name} are missing."));
        while (reader.ReadLine() is { } line) yield return line;
    }
}

/// <summary>From names to codes: the pages' names in both languages, the codes themselves, and other usual names of <c>code-aliases.tsv</c>.</summary>
public static partial class CodeNames
{
    private static readonly Dictionary<string, Dictionary<string, string>> Lists = Build();

    [GeneratedRegex(@"[\s·、，,/（）()【】\[\]\-—_""“”]+")]
    private static partial Regex Marks();

    /// <summary>Width folded, lower case, without blanks and marks: so that 生物、医药和医疗器械 and 生物医药和医疗器械 are one.</summary>
    public static string Key(string text) => Marks().Replace(CellText.Fold(text), "").ToLowerInvariant();

    /// <param name="list">Name of the code list as in the resource files: Field, Mode, Region …</param>
    public static string? Find(string list, string text)
    {
        var names = Lists[list];
        var key = Key(text);
        if (key.Length == 0) return null;
        if (names.TryGetValue(key, out var code)) return code;
        // 技术研发（首选): what stands before a note.
        return Note().Replace(CellText.Fold(text), "") is var bare && bare.Length < text.Length && names.TryGetValue(Key(bare), out code) ? code : null;
    }

    public static T? Find<T>(string list, string text) where T : struct, Enum => Find(list, text) is { } code ? Enum.Parse<T>(code) : null;

    [GeneratedRegex(@"[(（【\[][^)）】\]]*[)）】\]]")]
    private static partial Regex Note();

    private static Dictionary<string, Dictionary<string, string>> Build()
    {
        var lists = new Dictionary<string, Dictionary<string, string>>();
        void Add(string list, string name, string code)
        {
            if (!lists.TryGetValue(list, out var names)) lists[list] = names = [];
            names.TryAdd(Key(name), code);
        }
        void AddList(string list, IEnumerable<string> codes, params string[] resources)
        {
            foreach (var code in codes)
            {
                Add(list, code, code);
                foreach (var words in ImportWords.All)
                {
                    foreach (var resource in resources.Where(r => words.Has($"{r}.{code}"))) Add(list, words.Name(resource, code), code);
                }
            }
        }
        AddList("Region", CodeLists.Regions, "Region");
        AddList("Industry", CodeLists.Industries, "Industry");
        AddList("Field", Enum.GetNames<TechnologyField>(), "Field");
        AddList("NeedKind", Enum.GetNames<NeedKind>(), "NeedKind");
        AddList("Horizon", Enum.GetNames<Horizon>(), "Horizon", "HorizonSpan");
        AddList("Stage", Enum.GetNames<AchievementStage>(), "Stage");
        AddList("Ip", Enum.GetNames<IpKind>(), "Ip");
        AddList("Mode", Enum.GetNames<CooperationMode>(), "Mode");
        AddList("Flag", Enum.GetNames<AchievementFlag>(), "Flag");
        AddList("Payment", Enum.GetNames<PaymentMode>(), "Payment");
        AddList("Openness", Enum.GetNames<Openness>(), "Openness");
        AddList("Consent", Enum.GetNames<NeedConsent>(), "Consent");
        AddList("EvaluationLevel", Enum.GetNames<EvaluationLevel>(), "EvaluationLevel");
        AddList("AchievementAttribute", Enum.GetNames<AchievementAttribute>(), "AchievementAttribute");
        AddList("TrlScale", Enum.GetNames<TrlScale>(), "TrlScale");
        AddList("Disclosure", Enum.GetNames<Disclosure>(), "Disclosure");
        AddList("Comparison", Enum.GetNames<Comparison>(), "ComparisonWord");
        // Signs are marks to Key, so they have a list that keeps them.
        foreach (var line in ImportWords.Lines("code-aliases.tsv"))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split('\t');
            foreach (var name in parts[2].Split('|')) Add(parts[0], name, parts[1]);
        }
        return lists;
    }
}
