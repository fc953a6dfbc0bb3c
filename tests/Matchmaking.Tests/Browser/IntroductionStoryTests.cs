using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>An introduction as people go it in a browser: the broker at the desk, the professor on a phone, the firm at a desk again.</summary>
public sealed class IntroductionStoryTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    /// <summary>A folder for pictures of what was seen; none are taken when it is not named.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MATCHMAKING_TEST_PICTURES");

    [Fact]
    public async Task From_the_grade_to_the_opened_contact_with_the_professor_on_a_phone()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var pair = await app.AddGradedMatchAsync(4, Disclosure.Anonymous, "屏幕前后材料（示例）");
        var email = await app.AddUserAsync(Roles.Broker);
        var made = await app.WithServiceAsync<Introductions, CaseDecision>(async i => await i.ProposeAsync(pair.MatchId, await app.IdOfAsync(email), CancellationToken.None));
        var id = made.CaseId!.Value;

        var broker = await app.OpenForAsync(email, 1280);
        await broker.GotoAsync($"{app.Address}/desk/cases");
        await PictureAsync(broker, "cases-1280");
        await broker.GotoAsync($"{app.Address}/desk/cases/push?ids={id}");
        await PictureAsync(broker, "push-1280");
        await broker.FollowAsync("main form button");

        var professor = await app.OpenForAsync(pair.AchievementEmail, 390);
        await professor.GotoAsync($"{app.Address}/my/cases/{id}");
        await PictureAsync(professor, "answer-390");
        Assert.DoesNotContain("屏幕前后", await professor.ContentAsync(), StringComparison.Ordinal);
        await professor.ClickAsync(".answer summary >> nth=0");
        await professor.CheckAsync("[name='Input.Cooperation'][value=Licence]");
        await professor.FillAsync("#Input_AboutUs", "十人的课题组（示例）");
        await Accessible.AssertAsync(professor, "answer open");
        await professor.ClickAsync("form[action*=Interested] button");
        await ExpectAsync(professor, "已表示有意");
        await GiveConsentAsync(professor);
        await PictureAsync(professor, "consented-390");

        var firm = await app.OpenForAsync(pair.NeedEmail, 1280);
        await firm.GotoAsync($"{app.Address}/my/cases/{id}");
        await firm.ClickAsync(".answer summary >> nth=0");
        await firm.CheckAsync("[name='Input.Cooperation'][value=JointDevelopment]");
        await firm.FillAsync("#Input_AboutUs", "电池企业（示例）");
        await firm.ClickAsync("form[action*=Interested] button");
        await GiveConsentAsync(firm);

        await professor.ReloadAsync();
        await professor.ClickAsync("form[action*=Contact] button");
        await ExpectAsync(professor, "屏幕前后材料（示例）");
        await PictureAsync(professor, "contact-390");
        await firm.GotoAsync($"{app.Address}/my/needs/{pair.NeedId}/readings");
        await ExpectAsync(firm, "依据");
        await PictureAsync(firm, "readings-1280");
        await Accessible.AssertAsync(firm, "readings");
        await broker.GotoAsync($"{app.Address}/desk/cases/{id}");
        await PictureAsync(broker, "case-1280");
        await Accessible.AssertAsync(broker, "case with both sides");
        await broker.GotoAsync($"{app.Address}/desk/cases?view=board");
        await PictureAsync(broker, "board-1280");

        Assert.Equal(CaseStage.BothInterested, await app.StageAsync(id));
        Assert.Equal(1, await app.WithDbAsync(db => db.ContactReadings.CountAsync(r => r.CaseId == id)));
    }

    private static async Task GiveConsentAsync(IPage page)
    {
        await page.CheckAsync("[name='Input.Purpose'][value=Cooperation]");
        await page.CheckAsync("#Input_Agree");
        await page.ClickAsync("form[action*=Consent] button");
        await ExpectAsync(page, "已记录您的同意");
    }

    private static Task ExpectAsync(IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
    }
}
