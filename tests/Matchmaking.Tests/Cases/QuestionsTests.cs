using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

public sealed class QuestionsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_shows_when_staff_have_edited_question_and_answer()
    {
        var firm = await app.AddOrganizationAsync();
        var need = await app.PublishNeedAsync(firm);
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        var asker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var anybody = await app.CreateClientForAsync(null);
        var page = $"/needs/{need.Number}";
        async Task<bool> ShowsAsync(string words) => (await anybody.GetStringAsync(page, Cancel)).Contains(words, StringComparison.Ordinal);

        Assert.Null((await anybody.GetPageAsync(page)).QuerySelector("#Question"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await asker.PostFormAsync(page, new() { ["Question"] = "请打13800000000" }, "form[action*='handler=Ask']")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await asker.PostFormAsync(page, new() { ["Question"] = "循环次数要求多少" }, "form[action*='handler=Ask']")).StatusCode);
        Assert.False(await ShowsAsync("循环次数要求多少"));

        await owner.PostFormAsync("/my/questions", new() { ["Answer"] = "两千次以上" });
        Assert.False(await ShowsAsync("两千次以上"));

        var edit = await staff.GetPageAsync("/staff/questions");
        var form = (IHtmlFormElement)edit.QuerySelector("form:has([name=Text])")!;
        await staff.SendFormAsync(form, "/staff/questions", new() { ["Text"] = "循环次数要求是多少？", ["act"] = "show" });

        Assert.True(await ShowsAsync("循环次数要求是多少？"));
        Assert.True(await ShowsAsync("两千次以上"));
        Assert.Equal(QuestionState.Shown, await app.WithDbAsync(db => db.ListingQuestions.Where(q => q.ListingId == need.Id).Select(q => q.State).SingleAsync(Cancel)));
    }
}
