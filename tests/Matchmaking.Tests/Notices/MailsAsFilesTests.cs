using System.Net;
using AngleSharp.Html.Parser;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Matchmaking.Tests.Notices;

/// <summary>The mails as they lie in the folder, parsed back: both parts, headers, link, language, and what their person may see at the moment of sending.</summary>
public sealed class MailsAsFilesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private List<MimeMessage> To(string email)
    {
        var folder = Path.Combine(app.Folder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f)).Where(m => m.To.Mailboxes.Single().Address == email)] : [];
    }

    [Theory]
    [InlineData("zh-CN", "已发布", "审核通过，已经公开：低温电池 <快充> & 析锂（XQ2026-220100-00001）。", "您收到这封邮件", "不再收这类邮件")]
    [InlineData("en", "Published", "A record passed review and is public now: 低温电池 <快充> & 析锂 (XQ2026-220100-00001).", "You get this mail because", "Stop mails of this kind")]
    public async Task A_mail_has_text_and_html_of_the_same_words_a_link_the_reason_and_one_click_unsubscribe(string language, string subject, string text, string why, string stop)
    {
        var (email, need) = await MemberAsync(language);
        await app.TellAsync(email, NoticeKind.ListingPublished, $"/my/needs/{need}/view", "低温电池 <快充> & 析锂", "XQ2026-220100-00001");

        await app.SendMailsAsync();

        var mail = Assert.Single(To(email));
        Assert.Equal(subject, mail.Subject);
        Assert.Equal(["text/plain", "text/html"], Assert.IsType<MultipartAlternative>(mail.Body).Select(p => p.ContentType.MimeType));
        Assert.Equal(app.Clock.Now, mail.Date);
        Assert.Equal(language, mail.Body!.Headers[HeaderId.ContentLanguage]);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Matches("^<http://localhost:5000/unsubscribe/[A-Za-z0-9._-]+>$", mail.Headers[HeaderId.ListUnsubscribe]);
        var link = $"http://localhost:5000/my/needs/{need}/view";
        foreach (var word in new[] { text, link, why, stop, "/account/notices" }) Assert.Contains(word, mail.TextBody, StringComparison.Ordinal);
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Equal(language, html.DocumentElement.GetAttribute("lang"));
        Assert.Equal(subject, html.QuerySelector("h1")!.TextContent);
        Assert.Contains(text, html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(why, html.Body.TextContent, StringComparison.Ordinal);
        Assert.NotNull(html.QuerySelector($"a[href='{link}']"));
        Assert.NotNull(html.QuerySelector($"a[href='{mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')}']"));
        // Nothing is loaded from anywhere, nothing runs.
        Assert.Empty(html.QuerySelectorAll("img, link, script, iframe, object, form, [src], [background]"));
        Assert.DoesNotContain("url(", mail.HtmlBody!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_click_stops_the_kind_without_sign_in_or_token_and_a_get_changes_nothing()
    {
        var (email, need) = await MemberAsync("zh-CN");
        await app.TellAsync(email, NoticeKind.ListingDuplicate, $"/my/needs/{need}/view", "标题");
        await app.ChooseAsync(email, NoticeKind.ListingDuplicate, MailFrequency.AtOnce);
        await app.SendMailsAsync();
        var address = new Uri(To(email).Single().Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')).PathAndQuery;
        var anyone = await app.CreateClientForAsync(null);

        var page = await anyone.GetPageAsync(address);
        Assert.Contains("可能与已有内容重复", page.MainText(), StringComparison.Ordinal);
        Assert.Equal(MailFrequency.AtOnce, await ChoiceAsync(email, NoticeKind.ListingDuplicate));

        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var answer = await anyone.PostAsync(address, click, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(MailFrequency.Never, await ChoiceAsync(email, NoticeKind.ListingDuplicate));
        // Mail programs may click twice; a form with parts is theirs as well.
        using var again = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        Assert.Equal(HttpStatusCode.OK, (await anyone.PostAsync(address, again, Cancel)).StatusCode);

        await app.TellAsync(email, NoticeKind.ListingDuplicate, $"/my/needs/{need}/view", "又一个标题");
        await app.TellAsync(email, NoticeKind.ListingAsked, $"/my/needs/{need}/view", "另一类");
        await app.SendMailsAsync();
        Assert.Equal(["可能与已有内容重复", "请您答复"], To(email).Select(m => m.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_that_was_changed_or_made_for_somebody_else_is_not_found()
    {
        var (email, need) = await MemberAsync("zh-CN");
        await app.TellAsync(email, NoticeKind.ListingAsked, $"/my/needs/{need}/view");
        await app.SendMailsAsync();
        var token = To(email).Single().Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>').Split('/')[^1];
        var parts = token.Split('.');
        var other = await app.UserIdAsync(await app.AddUserAsync(Roles.Staff));
        string Body(string text) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(text));
        var client = await app.CreateClientForAsync(null);

        foreach (var wrong in new[] { "x", parts[0], $"{parts[0]}.", $"{parts[0]}.AAAA", $"{Body($"{other}.ListingAsked")}.{parts[1]}", $"{Body($"{await app.UserIdAsync(email)}.CaseOffered")}.{parts[1]}", $"{parts[0]}.%20{parts[1]}", new string('A', 500) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/unsubscribe/{wrong}", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/unsubscribe/{wrong}", null, Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/unsubscribe/{token}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_the_person_may_no_longer_see_is_not_mailed()
    {
        var (left, need) = await MemberAsync("zh-CN");
        var (locked, _) = await MemberAsync("zh-CN");
        var (mistyped, own) = await MemberAsync("zh-CN");
        var staff = await app.AddUserAsync(Roles.Staff);
        foreach (var email in new[] { left, locked }) await app.TellAsync(email, NoticeKind.ListingPublished, $"/my/needs/{need}/view", "秘密标题");
        await app.TellAsync(mistyped, NoticeKind.ListingPublished, $"/my/needs/{own}/view", "自己的标题");
        await app.TellAsync(staff, NoticeKind.ListingAsked, $"/staff/review/{need}", "秘密标题");
        await app.WithDbAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Email == locked, Cancel)).LockoutEnd = DateTimeOffset.MaxValue.AddYears(-1);
            (await db.Users.SingleAsync(u => u.Email == mistyped, Cancel)).LockoutEnd = app.Clock.Now.AddMinutes(15);
            (await db.Users.SingleAsync(u => u.Email == left, Cancel)).Found((await db.Organizations.FindAsync([(await app.AddOrganizationAsync()).Id], Cancel))!);
            var person = await db.Users.SingleAsync(u => u.Email == staff, Cancel);
            db.UserRoles.RemoveRange(db.UserRoles.Where(r => r.UserId == person.Id));
            await db.SaveChangesAsync(Cancel);
        });

        await app.SendMailsAsync();

        Assert.Empty(To(left));
        Assert.Empty(To(locked));
        Assert.Empty(To(staff));
        Assert.Contains("自己的标题", Assert.Single(To(mistyped)).TextBody, StringComparison.Ordinal);
        Assert.Equal(3, await app.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.State == MailState.Dropped, Cancel)));
    }

    [Fact]
    public async Task A_withdrawn_record_is_mailed_without_its_title_and_a_page_nobody_answers_for_without_any()
    {
        var need = await app.PublishNeedAsync(content: app.NeedContent("即将撤回的标题"));
        var email = await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync());
        await app.TellAsync(email, NoticeKind.ListingAnswered, $"/needs/{need.Number}", "即将撤回的标题");
        await app.ChooseAsync(email, NoticeKind.ListingAnswered, MailFrequency.AtOnce);
        await app.TellAsync(email, NoticeKind.CaseOffered, "/my/statistics", "DJ-7", "别人的标题");
        await app.WithDbAsync(async db =>
        {
            (await db.Listings.Include(l => l.Revisions).SingleAsync(l => l.Id == need.Id, Cancel)).Withdraw(0, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });

        await app.SendMailsAsync();

        var mails = To(email);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.DoesNotContain("标题", m.TextBody + m.HtmlBody + m.Subject, StringComparison.Ordinal));
        Assert.Contains(mails, m => m.TextBody!.Contains("/my/statistics", StringComparison.Ordinal));
        Assert.Contains(mails, m => m.TextBody!.Contains("您关心的问题有了答复。", StringComparison.Ordinal));
    }

    private Task<MailFrequency> ChoiceAsync(string email, NoticeKind kind) => app.WithDbAsync(async db =>
    {
        var user = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancel);
        return await db.MailChoices.Where(c => c.UserId == user && c.Kind == kind).Select(c => c.Frequency).SingleAsync(Cancel);
    });

    private async Task<(string Email, int Need)> MemberAsync(string language)
    {
        var firm = await app.AddOrganizationAsync();
        var email = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var need = await app.AddDraftAsync(firm, app.NeedContent());
        await app.WithDbAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Email == email, Cancel)).Language = language;
            await db.SaveChangesAsync(Cancel);
        });
        return (email, need.Id);
    }
}
