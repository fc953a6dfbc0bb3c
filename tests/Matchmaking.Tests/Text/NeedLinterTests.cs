using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Text;

/// <summary>The checker of drafts on own texts: precise by rule, places that can be marked, nothing that makes it fail.</summary>
public sealed class NeedLinterTests(ITestOutputHelper output)
{
    private const double BlockingPrecision = 0.9;
    private const double AdvicePrecision = 0.8;
    private static readonly NeedLinter Linter = new(
        new WordList(Repository.Path("writing", "forbidden-words.txt")), new WordList(Repository.Path("writing", "brands.txt")));

    [Fact]
    public void Each_rule_is_precise_on_the_own_texts()
    {
        Assert.True(LintCase.All.Count >= 120);
        var scores = LintScore.Of(Linter, LintCase.All);
        foreach (var (rule, score) in scores)
            output.WriteLine($"| {rule} | {score.True + score.Missed} | {score.True} | {score.False} | {score.Precision:0.000} | {score.Recall:0.000} |");

        Assert.All(scores, rule =>
        {
            var blocks = new LintFinding(rule.Key, "", 0, 0, []).Severity == LintSeverity.Blocks;
            Assert.True(rule.Value.True > 0, $"{rule.Key} finds nothing of what is expected.");
            Assert.True(rule.Value.Precision >= (blocks ? BlockingPrecision : AdvicePrecision), $"{rule.Key}: precision {rule.Value.Precision:0.000}.");
        });
    }

    [Fact]
    public void Only_forbidden_words_block() =>
        Assert.Equal([LintRule.Forbidden], Enum.GetValues<LintRule>().Where(rule => new LintFinding(rule, "", 0, 0, []).Severity == LintSeverity.Blocks));

    [Fact]
    public void Every_finding_lies_within_its_text_and_shows_what_stands_there()
    {
        foreach (var text in LintCase.All)
        {
            var draft = text.Draft();
            foreach (var finding in Linter.Check(draft, VaguenessScale.Shipped).Where(f => f.Length > 0))
            {
                var source = finding.Field switch { "Title" => draft.Title, "Summary" => draft.Summary, "Description" => draft.Description, _ => draft.WorkDone };
                Assert.InRange(finding.Start, 0, source.Length - finding.Length);
                Assert.Equal(NeedLinter.Fold(source).Substring(finding.Start, finding.Length), finding.Arguments[0]);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("😀😀😀\ud83d")]
    [InlineData("<script>alert('绝密')</script><p>希望&nbsp;≥</p>")]
    [InlineData("\0\u200b\uffff\ufeff")]
    [InlineData("≥≤±～/@0-13900000000@.@@..")]
    public void Odd_text_is_legal_in_every_field(string text)
    {
        var draft = new LintDraft { Title = text, Summary = text, Description = text, WorkDone = text, Keywords = [text, text], Anonymous = true, OwnerNames = [text, "试验单位"], Quantities = [new(text, Comparison.Eq, 0, null, text)] };

        Assert.NotNull(Linter.Check(draft, VaguenessScale.Shipped));
        Assert.NotNull(Linter.Check(draft with { IsNeed = false }, null));
    }

    // Patterns that would make a rule go back again and again; hundreds of times longer than a form takes, so that a quadratic rule is never done.
    [Theory]
    [InlineData("希望达到")]
    [InlineData("要求载重1")]
    [InlineData("a@")]
    [InlineData("需求二")]
    [InlineData("采购一二三")]
    [InlineData("王经")]
    [InlineData("有限")]
    [InlineData("139 1234 ")]
    [InlineData("2027年")]
    [InlineData("“")]
    [InlineData("x")]
    public void A_text_without_a_blank_or_a_stop_is_read_to_the_end(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length)) + "。绝密";

        var findings = Linter.Check(new LintDraft { Description = text, Anonymous = true }, VaguenessScale.Shipped);

        Assert.Contains(findings, f => f.Rule == LintRule.Forbidden && f.Start == text.Length - 2);
        Assert.True(findings.Count <= Enum.GetValues<LintRule>().Length * NeedLinter.MostOfOneRule);
    }

    [Fact]
    public void An_achievement_is_only_looked_through_for_leaks_and_forbidden_words()
    {
        var findings = Linter.Check(new LintDraft { IsNeed = false, Title = "提高产品质量", Description = "机密。电话13900000000。" }, VaguenessScale.Shipped);

        Assert.Equal([LintRule.Forbidden, LintRule.Phone], findings.Select(f => f.Rule));
    }

    [Fact]
    public void The_owners_name_is_found_in_anonymous_texts_only()
    {
        var draft = new LintDraft { Description = "松涧新材料的产线有温差，希望不超过3 ℃。", HasBudget = true, HasDeadline = true, OwnerNames = ["松涧新材料"] };

        Assert.DoesNotContain(Linter.Check(draft, null), f => f.Rule == LintRule.OrganizationName);
        var leak = Assert.Single(Linter.Check(draft with { Anonymous = true }, null));
        Assert.Equal((LintRule.OrganizationName, "Description", 0, 5), (leak.Rule, leak.Field, leak.Start, leak.Length));
    }

    [Fact]
    public void A_changed_list_is_read_again_and_a_lost_one_stays_in_force()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("matchmaking-words-").FullName, "words.txt");
        File.WriteAllText(file, "# 说明\n机密 ! 机密计算\n");
        var list = new WordList(file);
        Assert.Equal([(0, 2)], list.Find("机密项目用机密计算"));
        Assert.Equal([(0, 3)], list.Find("机 密"));

        File.WriteAllText(file, "新词甲乙\n");
        Assert.Empty(list.Find("机密项目"));
        Assert.Equal([(1, 4)], list.Find("是新词甲乙"));

        File.Delete(file);
        Assert.Equal([(1, 4)], list.Find("是新词甲乙"));
        Assert.NotNull(list.Trouble);
        Directory.Delete(Path.GetDirectoryName(file)!);
    }

    [Fact]
    public void A_list_that_is_not_there_is_refused() => Assert.Throws<FileNotFoundException>(() => new WordList("no-such-list.txt"));

    [Fact]
    public void The_shipped_scale_is_that_of_the_samples()
    {
        using var needs = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Repository.Path("samples", "needs.json")));
        var graded = File.ReadLines(Repository.Path("samples", "grades.csv")).Skip(1).Select(line => line.Split(',')).Where(line => line[2] == "4").Select(line => line[0]).ToHashSet();
        var measures = needs.RootElement.EnumerateArray().Where(n => graded.Contains(n.GetProperty("key").GetString()!)).Select(n => Specificity.Measure(
            string.Join('\n', new[] { "title", "summary", "description", "workDone" }.Select(name => n.GetProperty(name).GetString())), n.GetProperty("quantities").GetArrayLength())).ToList();

        Assert.Equal(VaguenessScale.Shipped, VaguenessScale.Of(measures));
    }
}
