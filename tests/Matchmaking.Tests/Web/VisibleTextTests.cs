using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Web;

/// <summary>Every word that people see stands in a resource file, in both languages.</summary>
public sealed partial class VisibleTextTests
{
    private static readonly string Web = Path.Combine(Root(), "src", "Matchmaking.Web");

    // Mails are written by the worker as well, so their words stand with the jobs.
    private static readonly string[] Folders = [Path.Combine(Web, "Resources"), Path.Combine(Root(), "src", "Matchmaking.Jobs", "Resources")];

    public static TheoryData<string> Subjects => [.. Folders.SelectMany(folder => Directory.GetFiles(folder, "*.restext"))
        .Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".en.restext", StringComparison.Ordinal)).Select(f => f[..^".restext".Length])];

    public static TheoryData<string> Views => [.. Directory.GetFiles(Web, "*.*", SearchOption.AllDirectories)
        .Where(f => f.EndsWith(".cshtml", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(Web, f)).Where(f => !f.StartsWith("obj", StringComparison.Ordinal) && !f.StartsWith("bin", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Subjects))]
    public void Both_languages_have_the_same_keys_with_the_same_places(string subject)
    {
        var chinese = Read($"{subject}.restext");
        var english = Read($"{subject}.en.restext");
        Assert.NotEmpty(chinese);
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        var different = chinese.Keys.Where(key => !Places(chinese[key]).SequenceEqual(Places(english[key])));
        Assert.Empty(different);
        Assert.DoesNotContain(chinese, entry => entry.Value.Trim().Length == 0);
    }

    [Theory, MemberData(nameof(Subjects))]
    public void English_text_is_English(string subject) =>
        Assert.DoesNotContain(Read($"{subject}.en.restext"), entry => entry.Value != "中文" && Han().IsMatch(entry.Value));

    [Theory, MemberData(nameof(Views))]
    public void Views_contain_no_words_of_their_own(string view) =>
        Assert.Empty(Literals(File.ReadAllText(Path.Combine(Web, view))));

    [Theory, MemberData(nameof(Views))]
    public void Views_contain_no_inline_style_or_script(string view)
    {
        var source = File.ReadAllText(Path.Combine(Web, view));
        Assert.DoesNotMatch(@"\sstyle\s*=|<style\b|\son\w+\s*=\s*""", source);
        Assert.All(Regex.Matches(source, @"<script\b[^>]*>"), script => Assert.Contains("src=", script.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>发布</p>", "发布")]
    [InlineData("<p>Post a need</p>", "Post a need")]
    [InlineData("<a title=\"Close\">@T[\"X\"]</a>", "Close")]
    [InlineData("@if (a) { <b>words</b> }", "words")]
    [InlineData("<h1>@T[\"X\"]</h1>\n<p class=\"read\">Sorry, nothing</p>", "Sorry, nothing")]
    [InlineData("@{ ViewData[\"Title\"] = \"首页\"; }", "首页")]
    public void The_check_itself_finds_words(string source, string expected) => Assert.Contains(expected, Literals(source));

    [Theory]
    [InlineData("<p>@T[\"Key\", Model.Count]</p>")]
    [InlineData("@if (Model.Items.Count > 0 && a < b) {<li>@item.Name</li>} else {@T[\"None\"]}")]
    [InlineData("<p>TRL</p> @* words in a comment *@ <!-- words -->")]
    public void The_check_lets_expressions_pass(string source) => Assert.Empty(Literals(source));

    [Fact]
    public void Every_code_has_a_name()
    {
        var names = Read("CodesText.restext");
        IEnumerable<string> keys =
        [
            .. CodeLists.Regions.Select(c => $"Region.{c}"), .. CodeLists.Industries.Select(c => $"Industry.{c}"),
            .. Keys<TechnologyField>("Field"), .. Keys<CooperationMode>("Mode"), .. Keys<Horizon>("Horizon"), .. Keys<Horizon>("HorizonSpan"),
            .. Keys<AchievementStage>("Stage"), .. Keys<NeedKind>("NeedKind"), .. Keys<IpKind>("Ip"), .. Keys<AchievementFlag>("Flag"),
            .. Keys<Comparison>("Comparison"), .. Keys<Comparison>("ComparisonWord"), .. Keys<ListingState>("State"), .. Keys<Disclosure>("Disclosure"),
            .. Keys<OrganizationKind>("OrganizationKind"), .. Keys<OrganizationState>("OrganizationState"),
            .. Keys<Matching.Brokerage.Confidence>("Confidence"), .. Keys<Matchmaking.Web.Components.Verdict>("Verdict"), .. Roles.All.Select(r => $"Role.{r}"),
            .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"Trl.{n}", $"TrlMeaning.{n}" }), .. Enumerable.Range(1, 4).Select(n => $"Grade.{n}"),
            .. Matching.Search.MoneyBand.All.Select(b => $"Money.{b}"),
        ];
        Assert.Empty(keys.Except(names.Keys));
    }

    private static IEnumerable<string> Keys<T>(string list) where T : struct, Enum => Enum.GetNames<T>().Select(n => $"{list}.{n}");

    private static Dictionary<string, string> Read(string file) => File.ReadLines(Folders.Select(folder => Path.Combine(folder, file)).Single(File.Exists))
        .Where(line => line.Length > 0 && line[0] is not ('#' or ';'))
        .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order();

    /// <summary>Chinese anywhere outside comments, and Latin words between tags or in attributes that are read aloud or shown.</summary>
    private static List<string> Literals(string source)
    {
        source = Comment().Replace(source, " ");
        var found = Han().Matches(source).Select(m => m.Value).ToList();
        found.AddRange(SpokenAttribute().Matches(source).Select(m => m.Groups[1].Value).Where(Words));
        // What stands directly between the end of one tag and the start of the next, without code: braces, @ and ; make it code.
        found.AddRange(BetweenTags().Matches(source).Select(m => m.Groups[1].Value.Trim()).Where(Words));
        return found;
    }

    private static bool Words(string text) => LatinWord().IsMatch(text) && !ProductCode().IsMatch(text.Trim());

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Matchmaking.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Matchmaking.slnx");
    }

    [GeneratedRegex(@"\{(\d)(?:[:,][^}]*)?\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[\u3400-\u9fff]+")]
    private static partial Regex Han();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|(?<=^|\s)///?[^\n]*|(?<=^|\n)@(?:page|model|using|inject|namespace|addTagHelper|inherits|implements|attribute|typeparam)\s[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:title|alt|placeholder|aria-label|label|hint)\s*=\s*""([^""@]*)""")]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"<[/a-zA-Z][^<>@{}]*>([^<>@{};()=]+)(?=</?[a-zA-Z])")]
    private static partial Regex BetweenTags();

    [GeneratedRegex(@"[A-Za-z]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"^(TRL|CSV|JSON|JSON-LD|PDF|XLSX|Excel|SHA-256|Atom|API)$")]
    private static partial Regex ProductCode();
}
