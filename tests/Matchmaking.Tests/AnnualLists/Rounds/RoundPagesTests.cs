using System.Net;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists.Rounds;

/// <summary>What people see and send: wrong input, twice, too late, by two at once; who sees what.</summary>
public sealed class RoundPagesTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();
    private readonly List<string> experts = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<(int Id, DateOnly Day, Need Need)> ScoringAsync(Func<ListRoundRules, ListRoundRules>? change = null)
    {
        var need = await app.PublishNeedAsync(await app.AddOrganizationAsync(name: "评不出来的公司（示例）"), app.ListableNeed());
        await app.PublishNeedAsync(content: app.ListableNeed("另一项需求（示例）"));
        for (var i = 0; i < 3; i++) experts.Add(await app.AddExpertAsync(i == 0));
        var day = ProvinceTime.DayOf(app.Clock.Now);
        var id = await app.PlanRoundAsync(2026, r => (change?.Invoke(r) ?? r) with { LeastScores = 1 });
        await app.RunRoundsAsync();
        app.MoveTo(day.AddDays(11));
        await app.RunRoundsAsync();
        return (id, day, need);
    }

    private async Task<(int Id, DateOnly Day, Need Need)> NoticeAsync()
    {
        var (id, day, need) = await ScoringAsync();
        await app.ScoreAsync(id, (_, _) => 70);
        app.MoveTo(day.AddDays(26));
        await app.RunRoundsAsync();
        return (id, day, need);
    }

    private Task<int> SheetAsync(string email, int listing) => app.WithDbAsync(db => db.ScoreSheets.Where(s => s.Invitation.Expert.User.Email == email && s.Entry.ListingId == listing).Select(s => s.Id).SingleAsync(Cancel));

    private static Dictionary<string, string> Scores(string value) => ListRoundRules.CriteriaOf(AnnualListKind.KeyTechnologyNeeds).ToDictionary(c => $"Scores[{c}]", _ => value);

    [Fact]
    public async Task A_sheet_is_the_experts_own_and_blind()
    {
        var (_, _, need) = await ScoringAsync();
        var sheet = await SheetAsync(experts[0], need.Id);
        var own = await app.CreateClientForAsync(experts[0]);
        var page = await own.GetPageAsync($"/experts/{sheet}");
        Assert.Contains("循环寿命", page.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("评不出来的公司", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("0431-00000000", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var other = await app.CreateClientForAsync(experts[1]);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/experts/{sheet}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendFormAsync(Form(await other.GetPageAsync($"/experts/{await SheetAsync(experts[1], need.Id)}")), $"/experts/{sheet}", Scores("1"), "Submit")).StatusCode);
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/experts/{sheet}", Cancel)).StatusCode);
        Assert.Contains("没有请您评分的项目", (await stranger.GetPageAsync("/experts")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_round_shows_the_public_name()
    {
        var (_, _, need) = await ScoringAsync(r => r with { IsBlind = false });
        var own = await app.CreateClientForAsync(experts[0]);
        Assert.Contains("评不出来的公司", (await own.GetPageAsync($"/experts/{await SheetAsync(experts[0], need.Id)}")).MainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100.5")]
    [InlineData("-1")]
    [InlineData("66.66")]
    [InlineData("八十")]
    public async Task A_score_that_is_none_is_told_at_its_field_and_stays_typed(string typed)
    {
        var (_, _, need) = await ScoringAsync();
        var address = $"/experts/{await SheetAsync(experts[0], need.Id)}";
        var own = await app.CreateClientForAsync(experts[0]);
        var response = await own.PostFormAsync(address, new(Scores("80")) { ["Scores[Economics]"] = typed }, handler: "Submit");
        var page = await response.PageAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(typed, page.QuerySelector("[name='Scores[Economics]']")!.GetAttribute("value"));
        Assert.Equal("80", page.QuerySelector("[name='Scores[Feasibility]']")!.GetAttribute("value"));
        Assert.Equal("true", page.QuerySelector("[name='Scores[Economics]']")!.GetAttribute("aria-invalid"));
        Assert.Equal(ScoreSheetState.Open, await app.WithDbAsync(db => db.ScoreSheets.Where(s => s.Entry.ListingId == need.Id).OrderBy(s => s.Id).Select(s => s.State).FirstAsync(Cancel)));
    }

    [Fact]
    public async Task Scoring_twice_or_in_two_windows_or_too_late_is_told()
    {
        var (_, day, need) = await ScoringAsync();
        var address = $"/experts/{await SheetAsync(experts[0], need.Id)}";
        var own = await app.CreateClientForAsync(experts[0]);
        var before = await own.GetPageAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, (await own.PostFormAsync(address, new(Scores("80")), handler: "Save")).StatusCode);
        var stale = await own.SendFormAsync(Form(before), address, new(Scores("70")), "Submit");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var again = await stale.PageAsync();
        Assert.Equal("70", again.QuerySelector("[name='Scores[Economics]']")!.GetAttribute("value"));
        // Sent once more it is what counts.
        Assert.Equal(HttpStatusCode.Redirect, (await own.SendFormAsync(Form(again), address, [], "Submit")).StatusCode);
        var twice = await own.SendFormAsync(Form(again), address, new(Scores("10")), "Submit");
        Assert.Contains("以那次为准", (await twice.PageAsync()).MainText(), StringComparison.Ordinal);
        var scores = await app.WithDbAsync(db => db.ScoreSheets.Where(s => s.State == ScoreSheetState.Submitted).Select(s => s.Scores).SingleAsync(Cancel));
        Assert.All(scores, s => Assert.Equal(70, s.Value));

        var late = $"/experts/{await SheetAsync(experts[1], need.Id)}";
        var other = await app.CreateClientForAsync(experts[1]);
        var open = await other.GetPageAsync(late);
        app.MoveTo(day.AddDays(21), 0);
        other = await app.CreateClientForAsync(experts[1]);
        var account = await other.GetPageAsync("/account");
        var token = account.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var refused = await other.SendFormAsync(Form(open), late, new(Scores("50")) { ["__RequestVerificationToken"] = token }, "Submit");
        Assert.Contains("评分已于2026-12-14截止", (await refused.PageAsync()).MainText(), StringComparison.Ordinal);
    }

    private static AngleSharp.Html.Dom.IHtmlFormElement Form(AngleSharp.Html.Dom.IHtmlDocument page) => (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-scores]")!;

    [Fact]
    public async Task Staff_move_a_day_with_a_reason_and_a_wrong_one_is_told()
    {
        var (id, day, _) = await ScoringAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var address = $"/staff/lists/rounds/{id}";
        async Task<string> MoveAsync(string date, string to, string reason)
        {
            var page = await staff.GetPageAsync(address);
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=move]")!;
            var response = await staff.SendFormAsync(form, address, new() { ["Move.Date"] = date, ["Move.Day"] = to, ["Move.Reason"] = reason }, "Move");
            return response.StatusCode == HttpStatusCode.Redirect ? "" : (await response.PageAsync()).MainText();
        }
        Assert.Contains("请写明理由", await MoveAsync("ScoreUntil", $"{day.AddDays(22):yyyy-MM-dd}", ""), StringComparison.Ordinal);
        Assert.Contains("已经过去", await MoveAsync("ScoreUntil", $"{day:yyyy-MM-dd}", "试验"), StringComparison.Ordinal);
        Assert.Contains("不是日期", await MoveAsync("ScoreUntil", "下周", "试验"), StringComparison.Ordinal);
        Assert.Contains("不能再改", await MoveAsync("CollectUntil", $"{day.AddDays(12):yyyy-MM-dd}", "试验"), StringComparison.Ordinal);
        Assert.Equal("", await MoveAsync("ScoreUntil", $"{day.AddDays(22):yyyy-MM-dd}", "专家出差"));
        Assert.Contains("专家出差", (await staff.GetPageAsync(address)).MainText(), StringComparison.Ordinal);
        Assert.Equal(day.AddDays(22), (await app.ReadRoundAsync(id)).Calendar.ScoreUntil);
    }

    [Fact]
    public async Task A_changed_order_needs_a_reason_that_everybody_reads()
    {
        var (id, day, _) = await ScoringAsync();
        await app.ScoreAsync(id, (_, _) => 70);
        app.MoveTo(day.AddDays(21));
        await app.RunRoundsAsync();
        var round = await app.ReadRoundAsync(id);
        var last = round.List!.Listed.Last();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var bare = await staff.PostFormAsync($"/staff/lists/{round.ListId}/{last.Id}", new() { ["Position"] = "1", ["Reason"] = "" }, handler: "Place");
        Assert.Contains("理由", (await bare.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync($"/staff/lists/{round.ListId}/{last.Id}", new() { ["Position"] = "1", ["Reason"] = "产业链急需（示例）" }, handler: "Place")).StatusCode);
        app.MoveTo(day.AddDays(26));
        await app.RunRoundsAsync();
        var reader = await app.CreateClientForAsync(null);
        var text = (await reader.GetPageAsync("/lists/2026/key-technology-needs")).MainText();
        Assert.Contains("产业链急需（示例）", text, StringComparison.Ordinal);
        Assert.Contains("3位专家（其中企业1位）给2个项目评分", text, StringComparison.Ordinal);
    }

    private const string ObjectAddress = "/lists/2026/key-technology-needs/object";

    private static Dictionary<string, string> ObjectionFields(Need need, string email = "someone@test.invalid") => new()
    {
        ["Input.Entry"] = need.Number!, ["Input.Name"] = "示例异议人", ["Input.Email"] = email, ["Input.Grounds"] = "指标不实", ["Input.Evidence"] = "公开论文（示例）",
    };

    [Fact]
    public async Task An_objection_counts_when_its_address_confirms_and_not_after_the_last_day()
    {
        var (id, day, need) = await NoticeAsync();
        var reader = await app.CreateClientForAsync(null);
        var wrong = await reader.PostFormAsync(ObjectAddress, new(ObjectionFields(need, "not an address")) { ["Input.Evidence"] = " " });
        var page = await wrong.PageAsync();
        Assert.Contains("不是邮箱地址", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("请写证据", page.MainText(), StringComparison.Ordinal);
        Assert.Equal("指标不实", page.QuerySelector("[name='Input.Grounds']")!.TextContent.Trim());
        Assert.Empty(await app.WithDbAsync(db => db.Objections.ToListAsync(Cancel)));

        Assert.Contains("确认邮件已经发出", (await (await reader.PostFormAsync(ObjectAddress, ObjectionFields(need))).PageAsync()).MainText(), StringComparison.Ordinal);
        var mail = Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(f => MimeKit.MimeMessage.Load(f, Cancel)).Single(m => m.To.Mailboxes.Single().Address == "someone@test.invalid");
        var path = System.Text.RegularExpressions.Regex.Match(mail.TextBody!, "/lists/objections/[0-9a-f]+").Value;
        // A mail program that opens the link has confirmed nothing.
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal(ObjectionState.Unconfirmed, await app.WithDbAsync(db => db.Objections.Select(o => o.State).SingleAsync(Cancel)));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(path[..^1] + (path[^1] == 'a' ? 'b' : 'a'), Cancel)).StatusCode);
        app.MoveTo(day.AddDays(41), 0);
        Assert.Contains("只在公示期", (await (await reader.PostFormAsync(path, [])).PageAsync()).MainText(), StringComparison.Ordinal);
        app.MoveTo(day.AddDays(40), 23);
        Assert.Equal(HttpStatusCode.Redirect, (await reader.PostFormAsync(path, [])).StatusCode);
        Assert.Contains("QD-XQ-2026-Y01", (await reader.GetPageAsync(path)).MainText(), StringComparison.Ordinal);
        // Twice is once.
        Assert.Equal(1, (await app.ReadRoundAsync(id)).Objections);

        app.MoveTo(day.AddDays(41), 0);
        var late = await reader.PostFormAsync(ObjectAddress, ObjectionFields(need));
        Assert.Contains("只在公示期", (await late.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal("指标不实", (await late.PageAsync()).QuerySelector("[name='Input.Grounds']")!.TextContent.Trim());
    }

    [Fact]
    public async Task Whoever_is_signed_in_objects_at_once_and_of_two_who_decide_one_is_told()
    {
        var (id, _, need) = await NoticeAsync();
        var member = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher));
        Assert.Contains("QD-XQ-2026-Y01", (await (await member.PostFormAsync(ObjectAddress, ObjectionFields(need))).PageAsync()).MainText(), StringComparison.Ordinal);
        var objection = await app.WithDbAsync(db => db.Objections.SingleAsync(Cancel));
        Assert.Equal(ObjectionState.Open, objection.State);
        Assert.NotEqual("someone@test.invalid", objection.Email);

        var address = $"/staff/lists/rounds/{id}";
        var one = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var two = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        Task<HttpResponseMessage> DecideAsync(HttpClient client, AngleSharp.Html.Dom.IHtmlDocument page, string verdict, string decision)
        {
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=decide]")!;
            return client.SendFormAsync(form, address, new() { ["Verdict"] = verdict, ["Decision"] = decision });
        }
        var first = await one.GetPageAsync(address);
        var second = await two.GetPageAsync(address);
        var empty = await DecideAsync(one, first, "", "");
        Assert.Contains("请写处理决定", (await empty.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await DecideAsync(one, first, "reject", "指标有检测报告，异议不成立。")).StatusCode);
        var told = await DecideAsync(two, second, "uphold", "成立。");
        Assert.Contains("刚才已由别人作出决定", (await told.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Contains(need.Id, (await app.ReadRoundAsync(id)).List!.Listed.Select(e => e.ListingId));
        var reader = await app.CreateClientForAsync(null);
        var html = (await reader.GetPageAsync("/lists/2026/key-technology-needs")).MainText();
        Assert.Contains("指标有检测报告", html, StringComparison.Ordinal);
        foreach (var secret in new[] { "示例异议人", "指标不实", objection.Email }) Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_is_planned_with_every_wrong_field_told()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var wrong = await staff.PostFormAsync("/staff/lists/rounds/new", new()
        {
            ["Input.Text"] = "征集（示例）", ["Input.Places"] = "很多", ["Input.Weights[Economics]"] = "10", ["Input.Dates[ScoreUntil]"] = "2026-13-01", ["Input.Quotas[0].Part"] = "Field:NewEnergy", ["Input.Quotas[0].Least"] = "5",
        });
        var page = await wrong.PageAsync();
        Assert.Contains("“很多”", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("“2026-13-01”不是日期", page.MainText(), StringComparison.Ordinal);
        Assert.Equal("5", page.QuerySelector("[name='Input.Quotas[0].Least']")!.GetAttribute("value"));
        var weights = await staff.PostFormAsync("/staff/lists/rounds/new", new() { ["Input.Text"] = "征集（示例）", ["Input.Weights[Economics]"] = "10" });
        Assert.Contains("权重合计95", (await weights.PageAsync()).MainText(), StringComparison.Ordinal);
        var done = await staff.PostFormAsync("/staff/lists/rounds/new", new() { ["Input.Text"] = "征集（示例）", ["Input.Quotas[0].Part"] = "Field:NewEnergy", ["Input.Quotas[0].Least"] = "2" });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal([new ListQuota(QuotaDimension.Field, "NewEnergy", 2, null)], await app.WithDbAsync(db => db.ListRounds.Select(r => r.Rules.Quotas).SingleAsync(Cancel)));
        var again = await staff.PostFormAsync("/staff/lists/rounds/new", new() { ["Input.Text"] = "征集（示例）" });
        Assert.Contains("已经有一轮评选", (await again.PageAsync()).MainText(), StringComparison.Ordinal);
    }
}
