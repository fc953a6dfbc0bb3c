using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Notices;

namespace Matchmaking.Tests.Notices;

/// <summary>Callers give what they have; whatever it is, the words hold.</summary>
public sealed class NoticeWordsTests
{
    public static TheoryData<NoticeKind, string> Kinds => [.. from kind in Enum.GetValues<NoticeKind>() from language in new[] { "zh-CN", "en" } select (kind, language)];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_reads_well_with_any_number_of_arguments(NoticeKind kind, string language)
    {
        var culture = NoticeWords.CultureOf(language);
        Assert.NotEmpty(NoticeWords.Title(kind, culture));
        for (var n = 0; n <= 5; n++)
        {
            var text = NoticeWords.Text(kind, [.. Enumerable.Range(1, n).Select(i => $"A{i}")], culture);
            Assert.DoesNotMatch(@"[\[\]{}]|“”|（）|\(\)|：[，。]|: ?[,.]|,\.", text);
            for (var i = 1; i <= Math.Min(n, 3); i++) Assert.Contains($"A{i}", text, StringComparison.Ordinal);
            Assert.Equal(text, NoticeWords.Text(kind, [.. Enumerable.Range(1, n).Select(i => $"A{i}"), "", ""], culture));
        }
        Assert.NotEqual(NoticeWords.Title(kind, NoticeWords.CultureOf("zh-CN")), NoticeWords.Title(kind, NoticeWords.CultureOf("en")));
        Assert.NotEmpty(NoticeWords.Say($"Group.{NoticeKinds.GroupOf(kind)}", culture));
        Assert.NotEmpty(NoticeWords.Say($"Why.{NoticeKinds.GroupOf(kind)}", culture));
    }

    [Theory]
    [InlineData("{0}{1} [x] {9}", "{0}{1} [x] {9}")]
    [InlineData("两行\r\n标题\t末", "两行 标题 末")]
    public void An_argument_is_shown_as_it_stands_on_one_line(string argument, string shown) =>
        Assert.Contains(shown, NoticeWords.Text(NoticeKind.ListingPublished, [argument], NoticeWords.CultureOf("zh-CN")), StringComparison.Ordinal);

    [Theory]
    [InlineData("zh-CN", "@Interested", "有意")]
    [InlineData("en", "@Interested", "interested")]
    [InlineData("en", "@NoSuchCode", "NoSuchCode")]
    public void A_code_is_said_in_the_persons_language(string language, string code, string word) =>
        Assert.Contains(word, NoticeWords.Text(NoticeKind.CaseAnswered, ["C-1", "标题", code], NoticeWords.CultureOf(language)), StringComparison.Ordinal);

    [Fact]
    public void A_null_among_the_arguments_counts_as_missing() =>
        Assert.Equal(NoticeWords.Text(NoticeKind.Followed, [], NoticeWords.CultureOf("en")), NoticeWords.Text(NoticeKind.Followed, [null!, null!], NoticeWords.CultureOf("en")));

    // 2026-11-24 is a Tuesday; 09:00 in Shanghai is 01:00 UTC.
    [Theory]
    [InlineData(MailFrequency.AtOnce, "2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z")]
    [InlineData(MailFrequency.Daily, "2026-11-24T00:59:59Z", "2026-11-24T01:00:00Z")]
    [InlineData(MailFrequency.Daily, "2026-11-24T01:00:00Z", "2026-11-25T01:00:00Z")]
    [InlineData(MailFrequency.Daily, "2026-11-24T17:00:00Z", "2026-11-25T01:00:00Z")]
    [InlineData(MailFrequency.Weekly, "2026-11-24T02:00:00Z", "2026-11-30T01:00:00Z")]
    [InlineData(MailFrequency.Weekly, "2026-11-30T00:00:00Z", "2026-11-30T01:00:00Z")]
    [InlineData(MailFrequency.Monthly, "2026-11-24T02:00:00Z", "2026-12-01T01:00:00Z")]
    [InlineData(MailFrequency.Monthly, "2026-12-01T01:00:00Z", "2027-01-01T01:00:00Z")]
    public void Digests_go_at_nine_in_the_province(MailFrequency frequency, string at, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), DigestHours.DueAfter(frequency, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Decisions_are_never_bundled()
    {
        Assert.All(Enum.GetValues<NoticeKind>().Where(NoticeKinds.IsDecision), kind =>
        {
            Assert.Equal(MailFrequency.AtOnce, NoticeKinds.Default(kind));
            Assert.Equal([MailFrequency.AtOnce, MailFrequency.Never], NoticeKinds.Choices(kind));
            Assert.Throws<ArgumentOutOfRangeException>(() => new MailChoice(1, kind, MailFrequency.Weekly));
        });
        Assert.Contains(Enum.GetValues<NoticeKind>(), NoticeKinds.IsDecision);
    }
}
