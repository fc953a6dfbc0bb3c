using Matchmaking.Matching.Brokerage;
using Matchmaking.Tests.Notices;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Matchmaking.Tests.Cases;

public sealed class PushPreviewTests(MailApplication app) : IClassFixture<MailApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_preview_says_what_the_mails_say_in_each_readers_language()
    {
        var (pair, id, email) = await app.AddCaseAsync(CaseStage.Accepted);
        await app.WithDbAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Id == pair.AchievementMember, Cancel)).Language = "en";
            await db.SaveChangesAsync(Cancel);
        });
        var broker = await app.CreateClientForAsync(email);
        var shown = (await broker.GetPageAsync($"/desk/cases/push?ids={id}")).QuerySelectorAll("article.mail");

        await broker.PostFormAsync($"/desk/cases/push?ids={id}", []);
        await app.SendMailsAsync();

        Assert.Equal(2, shown.Length);
        foreach (var (reader, language, mail) in new[] { (pair.NeedEmail, "zh-CN", shown[0]), (pair.AchievementEmail, "en", shown[1]) })
        {
            var sent = Assert.Single(app.Post.To(reader));
            Assert.Equal(language, mail.QuerySelector("p.lines")!.GetAttribute("lang"));
            Assert.Contains(sent.Subject!, mail.QuerySelector("b")!.TextContent, StringComparison.Ordinal);
            var text = ((TextPart)((MultipartAlternative)sent.Body!)[0]).Text.ReplaceLineEndings("\n");
            var preview = mail.QuerySelector("p.lines")!.TextContent.Trim();
            Assert.Contains("低温环境下锂电池快充析锂抑制", preview, StringComparison.Ordinal);
            Assert.Contains($"\n\n{preview}\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_of_cases_is_narrowed_to_a_region_and_keeps_it_between_list_and_board()
    {
        var (_, id, email) = await app.AddCaseAsync(CaseStage.Pushed);
        var broker = await app.CreateClientForAsync(email);

        var there = await broker.GetPageAsync("/desk/cases?region=220100");
        Assert.Contains($"/desk/cases/{id}", there.QuerySelectorAll("a[data-row-link]").Select(a => a.GetAttribute("href")));
        Assert.Contains("region=220100", there.QuerySelector("a[data-key=b]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("220100", there.QuerySelector("select[name=region] option[selected]")!.GetAttribute("value"));
        Assert.Empty((await broker.GetPageAsync("/desk/cases?region=220200")).QuerySelectorAll("a[data-row-link]"));
    }
}
