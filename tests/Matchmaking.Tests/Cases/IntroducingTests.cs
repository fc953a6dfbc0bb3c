using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

/// <summary>The way of an introduction through the pages, as a broker and two sides go it.</summary>
public sealed class IntroducingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string Phone = "0431-00000000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> PressAsync(HttpClient client, string address, string handler, Dictionary<string, string>? fields = null)
    {
        var page = await client.GetPageAsync(address);
        var form = page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().FirstOrDefault(f => (f.GetAttribute("action") ?? "").Contains("handler=" + handler, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"{address} has no form for {handler}.");
        return await client.SendFormAsync(form, address, fields ?? new());
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, int id, string name, byte[] content)
    {
        var token = (await client.GetPageAsync($"/my/cases/{id}")).QuerySelector("form[action*='handler=File'] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(content), "upload", name } };
        return await client.PostAsync($"/my/cases/{id}?handler=File", form, Cancel);
    }

    [Fact]
    public async Task A_pair_is_proposed_answered_consented_met_and_goes_on_to_the_registered_contract()
    {
        var pair = await app.AddGradedMatchAsync(null);
        var email = await app.AddUserAsync(Roles.Broker);
        var broker = await app.CreateClientForAsync(email);
        var (firm, professor) = (await app.CreateClientForAsync(pair.NeedEmail), await app.CreateClientForAsync(pair.AchievementEmail));

        // From the desk: graded, then proposed by the button that comes with the thanks.
        await broker.PostFormAsync($"/desk?match={pair.MatchId}", new() { ["Grade"] = "4", ["Reason"] = "对象一致" }, "form.grade");
        Assert.Equal(HttpStatusCode.Redirect, (await PressAsync(broker, "/desk", "Propose")).StatusCode);
        var id = await app.WithDbAsync(db => db.Cases.Where(c => c.MatchId == pair.MatchId).Select(c => c.Id).SingleAsync(Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await professor.GetAsync($"/my/cases/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PressAsync(broker, $"/desk/cases/{id}", "Push")).StatusCode);
        Assert.Contains("低温环境下锂电池快充析锂抑制", (await professor.GetPageAsync("/my/cases")).MainText(), StringComparison.Ordinal);

        // The professor says yes; what is missing is told and nothing typed is lost.
        var refused = await PressAsync(professor, $"/my/cases/{id}", "Interested", new() { ["Input.Unclear"] = "低温下能否保持", ["Input.AboutUs"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("低温下能否保持", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await PressAsync(professor, $"/my/cases/{id}", "Interested", new() { ["Input.Cooperation"] = "Licence", ["Input.Unclear"] = "低温下能否保持", ["Input.AboutUs"] = "十人的课题组（示例）" });
        await PressAsync(firm, $"/my/cases/{id}", "Interested", new() { ["Input.Cooperation"] = "JointDevelopment", ["Input.AboutUs"] = "电池企业（示例）" });
        Assert.Equal(CaseStage.BothInterested, await app.StageAsync(id));

        // Interested is not consented: nothing of the contact is there for anybody.
        foreach (var side in new[] { firm, professor })
        {
            var page = await side.GetPageAsync($"/my/cases/{id}");
            Assert.DoesNotContain(Phone, page.Source.Text, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("form[action*='handler=Contact']"));
        }
        var consent = new Dictionary<string, string> { ["Input.Purpose"] = "Cooperation", ["Input.Agree"] = "true" };
        await PressAsync(firm, $"/my/cases/{id}", "Consent", consent);
        Assert.Null((await professor.GetPageAsync($"/my/cases/{id}")).QuerySelector("form[action*='handler=Contact']"));
        await PressAsync(professor, $"/my/cases/{id}", "Consent", consent);

        Assert.DoesNotContain(Phone, (await professor.GetPageAsync($"/my/cases/{id}")).Source.Text, StringComparison.Ordinal);
        var shown = await PressAsync(professor, $"/my/cases/{id}", "Contact");
        Assert.Contains(Phone, await shown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("对接", (await firm.GetPageAsync($"/my/needs/{pair.NeedId}/readings")).MainText(), StringComparison.Ordinal);
        Assert.Equal(1, (await firm.GetPageAsync($"/my/needs/{pair.NeedId}/readings")).QuerySelectorAll("tbody tr").Length);

        foreach (var (act, stage) in new[] { ("Meet", CaseStage.Met), ("Negotiate", CaseStage.Negotiating), ("Sign", CaseStage.Signed), ("Register", CaseStage.Registered), ("Close", CaseStage.Closed) })
        {
            await PressAsync(broker, $"/desk/cases/{id}", "Advance", new() { ["Input.Act"] = act });
            Assert.Equal(stage, await app.StageAsync(id));
        }
        Assert.Contains("办结", (await broker.GetPageAsync($"/desk/cases/{id}")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_taken_back_closes_the_contact_at_once()
    {
        var (pair, id, _) = await app.AddCaseAsync(CaseStage.BothInterested);
        var (firm, professor) = (await app.CreateClientForAsync(pair.NeedEmail), await app.CreateClientForAsync(pair.AchievementEmail));
        var page = await professor.GetPageAsync($"/my/cases/{id}");
        var form = (IHtmlFormElement)page.QuerySelector("form[action*='handler=Contact']")!;

        Assert.Equal(HttpStatusCode.Redirect, (await firm.PostFormAsync($"/my/needs/{pair.NeedId}/readings", new())).StatusCode);

        // The page that was open before still has its button.
        var answer = await professor.SendFormAsync(form, $"/my/cases/{id}", new());
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.DoesNotContain(Phone, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(await app.WithDbAsync(db => db.ContactReadings.AnyAsync(r => r.CaseId == id, Cancel)));
    }

    [Fact]
    public async Task An_anonymous_firm_stays_without_a_name_until_both_have_consented()
    {
        const string name = "深藏不露电池（示例）";
        var (pair, id, _) = await app.AddCaseAsync(CaseStage.OneInterested, Disclosure.Anonymous, name);
        var (firm, professor) = (await app.CreateClientForAsync(pair.NeedEmail), await app.CreateClientForAsync(pair.AchievementEmail));
        async Task<bool> NamedAsync() => (await professor.GetPageAsync($"/my/cases/{id}")).Source.Text.Contains("深藏不露", StringComparison.Ordinal);
        Assert.False(await NamedAsync());
        Assert.Contains("（匿名）", (await professor.GetPageAsync($"/my/cases/{id}")).MainText(), StringComparison.Ordinal);

        // Neither the firm's own words nor a phone number pass.
        foreach (var words in new[] { "我们是深藏不露电池，请联系", "请打13800000000", "a@b.example" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PressAsync(firm, $"/my/cases/{id}", "Message", new() { ["Input.Text"] = words })).StatusCode);
        Assert.False(await app.WithDbAsync(db => db.CaseNotes.AnyAsync(n => n.CaseId == id, Cancel)));
        await PressAsync(firm, $"/my/cases/{id}", "Message", new() { ["Input.Text"] = "零下三十度的数据有吗" });
        Assert.Contains("零下三十度的数据有吗", (await professor.GetPageAsync($"/my/cases/{id}")).MainText(), StringComparison.Ordinal);

        // Nor a file: a document's properties may name its author.
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(firm, id, "深藏不露图纸.pdf", "%PDF-1.7\n图纸"u8.ToArray())).StatusCode);
        var file = await app.WithDbAsync(db => db.CaseFiles.Where(f => f.CaseId == id).Select(f => f.Id).SingleAsync(Cancel));
        Assert.False(await NamedAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await professor.GetAsync($"/cases/files/{file}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await firm.GetAsync($"/cases/files/{file}", Cancel)).StatusCode);
        // Nor the words in which it is told.
        Assert.DoesNotContain(await app.WithDbAsync(db => db.Notices.Where(n => n.UserId == pair.AchievementMember).ToListAsync(Cancel)), n => string.Join(' ', n.Arguments).Contains("深藏不露", StringComparison.Ordinal));

        await PressAsync(professor, $"/my/cases/{id}", "Interested", new() { ["Input.Cooperation"] = "Licence", ["Input.AboutUs"] = "课题组（示例）" });
        var consent = new Dictionary<string, string> { ["Input.Purpose"] = "Cooperation", ["Input.Agree"] = "true", ["Input.Documents"] = "true" };
        await PressAsync(firm, $"/my/cases/{id}", "Consent", consent);
        Assert.False(await NamedAsync());
        await PressAsync(professor, $"/my/cases/{id}", "Consent", new() { ["Input.Purpose"] = "Cooperation", ["Input.Agree"] = "true" });

        Assert.Contains(name, await (await PressAsync(professor, $"/my/cases/{id}", "Contact")).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await professor.GetAsync($"/cases/files/{file}", Cancel)).StatusCode);
        Assert.Equal([CaseLayer.Contact, CaseLayer.Documents], await app.WithDbAsync(db => db.ContactReadings.Where(r => r.CaseId == id).OrderBy(r => r.Id).Select(r => r.Layer).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Somebody_elses_case_is_not_there()
    {
        var (_, id, _) = await app.AddCaseAsync(CaseStage.BothInterested);
        var doors = new[] { $"/desk/cases/{id}", $"/my/cases/{id}" };
        foreach (var role in new[] { Roles.Broker, Roles.EnterpriseMember, Roles.Researcher })
        {
            var client = await app.CreateClientForAsync(await app.AddUserAsync(role, await app.AddOrganizationAsync()));
            foreach (var door in doors)
            {
                var response = await client.GetAsync(door, Cancel);
                Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Redirect, $"{role} {door}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_member_asks_for_an_introduction_and_a_broker_takes_it_with_a_grade()
    {
        var pair = await app.AddGradedMatchAsync(null);
        var number = await app.WithDbAsync(db => db.Listings.Where(l => l.Id == pair.AchievementId).Select(l => l.Number!).SingleAsync(Cancel));
        var firm = await app.CreateClientForAsync(pair.NeedEmail);

        var asked = await firm.PostFormAsync($"/my/interest/{number}", new() { ["Input.Own"] = $"{pair.NeedId}", ["Input.Cooperation"] = "Licence", ["Input.AboutUs"] = "电池企业（示例）" });
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var id = await app.WithDbAsync(db => db.Cases.Where(c => c.MatchId == pair.MatchId).Select(c => c.Id).SingleAsync(Cancel));
        var email = await app.AddUserAsync(Roles.Broker);
        var broker = await app.CreateClientForAsync(email);
        Assert.Contains("待受理", (await broker.GetPageAsync("/desk/cases")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PressAsync(broker, $"/desk/cases/{id}", "Accept")).StatusCode);
        Assert.Equal(CaseStage.Recommended, await app.StageAsync(id));

        await PressAsync(broker, $"/desk/cases/{id}", "Accept", new() { ["Input.Grade"] = "3", ["Input.Reason"] = "对象一致" });

        Assert.Equal(CaseStage.Accepted, await app.StageAsync(id));
        Assert.Equal(3, await app.WithDbAsync(db => db.Matches.Where(m => m.Id == pair.MatchId).Select(m => m.CurrentGrade).SingleAsync(Cancel)));
        await PressAsync(broker, $"/desk/cases/{id}", "Push");
        Assert.Equal(CaseStage.OneInterested, await app.StageAsync(id));
    }

    [Fact]
    public async Task Whoever_is_late_hears_of_it_once()
    {
        var (pair, id, broker) = await app.AddCaseAsync(CaseStage.Pushed);
        var brokerId = await app.IdOfAsync(broker);
        Task RunAsync() => app.RunJobAsync<Matchmaking.Jobs.RemindCases>(job => job.RunAsync(Cancel));
        Task<int> ToldAsync(int user) => app.WithDbAsync(db => db.Notices.CountAsync(n => n.UserId == user && n.Kind == NoticeKind.CaseDue && n.Link.EndsWith($"/{id}"), Cancel));
        await RunAsync();
        Assert.Equal(0, await ToldAsync(pair.NeedMember));

        var before = app.Clock.Now;
        app.Clock.Advance(TimeSpan.FromDays(8));
        await RunAsync();
        await RunAsync();
        app.Clock.Now = before;

        Assert.Equal((1, 1, 1), (await ToldAsync(pair.NeedMember), await ToldAsync(pair.AchievementMember), await ToldAsync(brokerId)));
    }

    [Fact]
    public async Task During_a_holiday_the_stand_in_has_the_cases_and_afterwards_not()
    {
        var (_, id, broker) = await app.AddCaseAsync(CaseStage.Pushed);
        var (brokerId, other) = (await app.IdOfAsync(broker), await app.AddUserAsync(Roles.Broker));
        var standIn = await app.IdOfAsync(other);
        var client = await app.CreateClientForAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/desk/cases/{id}", Cancel)).StatusCode);

        await app.WithDbAsync(async db =>
        {
            var profile = new BrokerProfile(brokerId);
            profile.GoAway(new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 24), standIn);
            db.BrokerProfiles.Add(profile);
            await db.SaveChangesAsync(Cancel);
        });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/desk/cases/{id}", Cancel)).StatusCode);
        Assert.Contains("代班", (await client.GetPageAsync("/desk/cases")).MainText(), StringComparison.Ordinal);

        await app.WithDbAsync(db => db.BrokerProfiles.Where(p => p.UserId == brokerId).ExecuteUpdateAsync(set => set.SetProperty(p => p.AwayUntil, new DateOnly(2026, 11, 23)), Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/desk/cases/{id}", Cancel)).StatusCode);
    }
}
