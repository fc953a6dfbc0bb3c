using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Notices;

/// <summary>Saved searches and follows: each new listing is told once, and nothing that the public pages hide.</summary>
public sealed class SubscriptionsTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();
    private string email = "";
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        email = await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University));
        client = await app.CreateClientForAsync(email);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_search_is_saved_from_the_list_and_tells_each_new_hit_once()
    {
        await app.PublishNeedAsync(content: app.NeedContent("旧的锂电池需求"));
        await RunAsync();
        var list = await client.GetPageAsync("/needs?q=锂电池&field=NewEnergy");
        var save = list.QuerySelectorAll("a").Single(a => a.GetAttribute("href")!.StartsWith("/account/notices/searches/new", StringComparison.Ordinal)).GetAttribute("href")!;
        var nameless = await client.PostFormAsync(save, new() { ["Input.Name"] = " ", ["Input.Frequency"] = "AtOnce" }, form: "form[data-form=search]");
        Assert.Contains("请给这个搜索起一个名称", (await nameless.PageAsync()).Errors(), StringComparison.Ordinal);
        var saved = await client.PostFormAsync(save, new() { ["Input.Name"] = "锂电池", ["Input.Frequency"] = "AtOnce" }, form: "form[data-form=search]");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var hit = await app.PublishNeedAsync(content: app.NeedContent("新的锂电池需求"));
        await app.PublishNeedAsync(content: app.NeedContent("锂电池但属别的领域") with { Field = TechnologyField.BioMedicine });
        await app.PublishNeedAsync(content: app.NeedContent("油气井防砂") with { Summary = "防砂。", Description = "防砂筛管。", Keywords = ["防砂"], WorkDone = "" });
        for (var i = 0; i < 3; i++) await RunAsync();

        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal((NoticeKind.SavedSearch, $"/needs/{hit.Number}"), (notice.Kind, notice.Link));
        Assert.Equal(["锂电池", "新的锂电池需求", hit.Number!], notice.Arguments);

        // The hour of overlap has passed, with other publications after it: still once.
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        var second = await app.PublishNeedAsync(content: app.NeedContent("又一项锂电池需求"));
        await RunAsync();
        app.Clock.Advance(TimeSpan.FromHours(5));
        await app.PublishNeedAsync(content: app.NeedContent("油气井固井") with { Summary = "固井。", Description = "固井水泥。", Keywords = ["固井"], WorkDone = "" });
        await RunAsync();
        await RunAsync();
        Assert.Equal([$"/needs/{hit.Number}", $"/needs/{second.Number}"], (await NoticesAsync()).Select(n => n.Link));
    }

    [Fact]
    public async Task What_is_not_in_the_index_yet_is_not_missed_and_a_slow_writer_neither()
    {
        await SaveSearchAsync("锂电池", MailFrequency.Daily);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await app.PublishNeedAsync(content: app.NeedContent("迟到的锂电池需求"));
        // Not indexed: the mark must wait for it.
        await app.RunJobAsync<TellSubscribers>(job => job.RunAsync(Cancel));
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync();
        Assert.Equal([$"/needs/{late.Number}"], (await NoticesAsync()).Select(n => n.Link));

        // Its time of publication lies before what was told already.
        var slow = await app.PublishNeedAsync(content: app.NeedContent("更慢的锂电池需求"));
        var before = late.PublishedAt!.Value.AddSeconds(-20);
        await app.WithDbAsync(db => db.Listings.Where(l => l.Id == slow.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.PublishedAt, (DateTimeOffset?)before), Cancel));
        await app.PublishNeedAsync(content: app.NeedContent("别的") with { Summary = "别的。", Description = "别的。", Keywords = ["别的"], WorkDone = "" });
        await RunAsync();
        Assert.Contains($"/needs/{slow.Number}", (await NoticesAsync()).Select(n => n.Link));
    }

    [Fact]
    public async Task Many_hits_at_once_are_told_as_one_number()
    {
        var id = await SaveSearchAsync("锂电池", MailFrequency.AtOnce);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i <= TellSubscribers.MostAtOnce; i++) await app.PublishNeedAsync(content: app.NeedContent($"锂电池需求{i}"));
        await RunAsync();
        await RunAsync();
        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal($"/account/notices/searches/{id}", notice.Link);
        Assert.Equal($"{TellSubscribers.MostAtOnce + 1}", notice.Arguments[2]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(notice.Link, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Following_an_organisation_tells_of_what_it_publishes_by_name_alone()
    {
        var firm = await app.AddOrganizationAsync(name: "有名有姓材料（示例）");
        var named = await app.PublishNeedAsync(firm, app.NeedContent("署名需求"));
        await FollowAsync(named, "Organization");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var shown = await app.PublishNeedAsync(firm, app.NeedContent("又一项署名需求"));
        await app.PublishNeedAsync(firm, app.NeedContent("匿名需求") with { Disclosure = Disclosure.Anonymous });
        await RunAsync();
        await RunAsync();

        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal($"/needs/{shown.Number}", notice.Link);
        Assert.Equal(["又一项署名需求", shown.Number!, "@New"], notice.Arguments);
    }

    [Fact]
    public async Task Following_an_anonymous_need_reveals_nothing_and_its_owner_cannot_be_followed_by_it()
    {
        var firm = await app.AddOrganizationAsync(name: "深藏不露材料（示例）");
        var need = await app.PublishNeedAsync(firm, app.NeedContent("匿名需求的标题") with { Disclosure = Disclosure.Anonymous });
        var page = await client.GetPageAsync($"/needs/{need.Number}");
        Assert.Equal(["Listing", "Field"], page.QuerySelectorAll("input[name=what]").Select(i => i.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.NotFound, (await PostFollowAsync(need, "Organization")).StatusCode);

        await FollowAsync(need, "Listing");
        await app.WithDbAsync(async db =>
        {
            var listing = await db.Listings.Include(l => l.Revisions).Include(l => l.Attachments).SingleAsync(l => l.Id == need.Id, Cancel);
            listing.Propose(app.NeedContent("匿名需求的新标题") with { Disclosure = Disclosure.Anonymous }, listing.Contact, 0, app.Clock.Now);
            listing.PublishRevision(0, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await RunAsync();
        await RunAsync();
        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal(["匿名需求的新标题", need.Number!, "@Changed"], notice.Arguments);

        foreach (var address in new[] { "/inbox", "/account/notices", "/account/data?part=Notices" })
        {
            var text = (await client.GetPageAsync(address)).DocumentElement.OuterHtml;
            Assert.Contains("匿名需求的新标题", text, StringComparison.Ordinal);
            foreach (var secret in new[] { "深藏不露", firm.CreditCode, "联系人甲", "contact@test.invalid" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            // The owner's number would be enough to find him.
            Assert.DoesNotContain($"organization:{firm.Id}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_followed_record_that_is_withdrawn_is_named_by_its_number_alone()
    {
        var need = await app.PublishNeedAsync(content: app.NeedContent("撤回前的标题"));
        await FollowAsync(need, "Listing");
        // What only its owner and staff know is no change to a reader.
        await app.WithDbAsync(async db =>
        {
            (await db.Listings.SingleAsync(l => l.Id == need.Id, Cancel)).AssignBroker(await app.UserIdAsync(await app.AddUserAsync(Roles.Broker)), 0, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await RunAsync();
        Assert.Empty(await NoticesAsync());
        await app.WithDbAsync(async db =>
        {
            (await db.Listings.Include(l => l.Revisions).SingleAsync(l => l.Id == need.Id, Cancel)).Withdraw(0, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await RunAsync();
        await RunAsync();
        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal(["", need.Number!, "@Gone"], notice.Arguments);
        Assert.DoesNotContain("撤回前的标题", (await client.GetPageAsync("/account/notices")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_personalised_pushes_off_nothing_is_picked_out_or_mailed_and_nothing_is_piled_up()
    {
        await SaveSearchAsync("锂电池", MailFrequency.AtOnce);
        await app.PublishNeedAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishNeedAsync(content: app.NeedContent("关闭前的锂电池需求"));
        await RunAsync();
        Assert.Single(await NoticesAsync());
        await client.PostFormAsync("/account/data", [], form: "form[action*=Personalised]");
        await app.SendMailsAsync();
        Assert.Empty(Mails());

        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.PublishNeedAsync(content: app.NeedContent("关闭时的锂电池需求"));
        await RunAsync();
        Assert.Single(await NoticesAsync());
        app.Clock.Advance(TimeSpan.FromHours(3));
        await app.PublishNeedAsync(content: app.NeedContent("别的") with { Summary = "别的。", Description = "别的。", Keywords = ["别的"], WorkDone = "" });
        await RunAsync();
        client = await app.CreateClientForAsync(email);
        await client.PostFormAsync("/account/data", [], form: "form[action*=Personalised]");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await app.PublishNeedAsync(content: app.NeedContent("打开后的锂电池需求"));
        await RunAsync();
        await app.SendMailsAsync();
        Assert.Equal($"/needs/{after.Number}", (await NoticesAsync())[^1].Link);
        Assert.Equal(2, (await NoticesAsync()).Count);
        Assert.Contains("打开后的锂电池需求", Assert.Single(Mails()).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_unsubscribes_from_one_saved_search_and_it_is_deleted_or_changed_only_by_its_person()
    {
        var id = await SaveSearchAsync("锂电池", MailFrequency.AtOnce);
        var other = await SaveSearchAsync("快充", MailFrequency.AtOnce);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PublishNeedAsync(content: app.NeedContent("锂电池需求") with { Summary = "析锂。", Description = "析锂。", Keywords = [], WorkDone = "" });
        await RunAsync();
        await app.SendMailsAsync();
        var address = new Uri(Mails().Single().Headers[MimeKit.HeaderId.ListUnsubscribe]!.Trim('<', '>')).PathAndQuery;
        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await (await app.CreateClientForAsync(null)).PostAsync(address, click, Cancel)).StatusCode);
        Assert.Equal([(id, MailFrequency.Never), (other, MailFrequency.AtOnce)], await app.WithDbAsync(async db => (await db.SavedSearches.OrderBy(s => s.Id).ToListAsync(Cancel)).Select(s => (s.Id, s.Frequency)).ToList()));

        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/account/notices/searches/{id}", Cancel)).StatusCode);
        var token = (await stranger.GetPageAsync("/account/notices")).Value("__RequestVerificationToken");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/account/notices/searches/{id}?handler=Delete", fields, Cancel)).StatusCode);
        await client.PostFormAsync($"/account/notices/searches/{id}", [], form: "form[action*=Delete]");
        Assert.Equal([other], await app.WithDbAsync(db => db.SavedSearches.Select(s => s.Id).ToListAsync(Cancel)));
    }

    private async Task RunAsync()
    {
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<TellSubscribers>(job => job.RunAsync(Cancel));
    }

    private Task<List<Notice>> NoticesAsync() => app.WithDbAsync(async db =>
    {
        var user = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancel);
        return await db.Notices.AsNoTracking().Where(n => n.UserId == user).OrderBy(n => n.Id).ToListAsync(Cancel);
    });

    private List<MimeKit.MimeMessage> Mails() =>
        Directory.Exists(Path.Combine(app.Folder, "mail")) ? [.. Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(f => MimeKit.MimeMessage.Load(f))] : [];

    private async Task<int> SaveSearchAsync(string words, MailFrequency frequency)
    {
        await client.PostFormAsync($"/account/notices/searches/new?kind=Need&q={words}", new() { ["Input.Name"] = words, ["Input.Frequency"] = frequency.ToString() }, form: "form[data-form=search]");
        return await app.WithDbAsync(db => db.SavedSearches.MaxAsync(s => s.Id, Cancel));
    }

    private async Task FollowAsync(Listing listing, string what) => Assert.Equal(HttpStatusCode.Redirect, (await PostFollowAsync(listing, what)).StatusCode);

    private async Task<HttpResponseMessage> PostFollowAsync(Listing listing, string what)
    {
        var token = (await client.GetPageAsync("/account/notices")).Value("__RequestVerificationToken");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["number"] = listing.Number!, ["what"] = what });
        return await client.PostAsync("/account/notices?handler=Follow", fields, Cancel);
    }
}
