using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>What staff do with a list, through the pages.</summary>
public sealed class ComposingListsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const AnnualListKind Needs = AnnualListKind.KeyTechnologyNeeds;
    private static int year = 2030;

    private static int FreshYear() => Interlocked.Add(ref year, 2);

    private async Task<HttpClient> StaffAsync() => await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

    private static string Here(int id) => $"/staff/lists/{id}";

    private static string Days(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("/staff/lists")]
    [InlineData("/staff/lists/new")]
    [InlineData("/staff/lists/1")]
    [InlineData("/staff/lists/1/1")]
    [InlineData("/staff/lists/1/rules")]
    public async Task Only_staff_enter(string address)
    {
        foreach (var role in new[] { null, Roles.Broker, Roles.EnterpriseMember, Roles.Administrator })
        {
            var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role));
            var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
            if (role is null) Assert.Contains("/account/sign-in", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        var staff = await (await StaffAsync()).GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(staff.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Staff_open_a_list_and_a_second_one_of_the_same_year_is_told()
    {
        var client = await StaffAsync();
        var listYear = FreshYear();
        Dictionary<string, string> fields = new() { ["Kind"] = nameof(AnnualListKind.QualityAchievements), ["Year"] = $"{listYear}", ["Rules.Size"] = "40", ["Rules.LeastTrl"] = "7" };

        var response = await client.PostFormAsync("/staff/lists/new", fields);
        var again = await client.PostFormAsync("/staff/lists/new", fields);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var list = await app.WithDbAsync(db => db.AnnualLists.SingleAsync(l => l.Year == listYear));
        Assert.Equal((40, 7), (list.Rules.Size, list.Rules.LeastTrl));
        Assert.NotNull(list.OpenedById);
        var page = await again.PageAsync();
        Assert.Contains("已经有了", page.MainText(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/staff/lists/{list.Id}']"));
        Assert.Equal("40", page.QuerySelector("[name='Rules.Size']")!.GetAttribute("value"));
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action == "list.open" && e.Subject == $"list:{list.SerialNumber}")));
    }

    [Theory]
    [InlineData("Year", "二零二六")]
    [InlineData("Year", "99999999999999999999")]
    [InlineData("Year", "1999")]
    [InlineData("Kind", "999")]
    [InlineData("Rules.Size", "很多")]
    [InlineData("Rules.Size", "-1")]
    [InlineData("Rules.Size", "")]
    [InlineData("Rules.FieldSharePercent", "30%")]
    [InlineData("Rules.LeastTrl", "10")]
    [InlineData("Rules.MinGrade", "9")]
    [InlineData("Rules.NoticeDays", "3")]
    public async Task Bad_rules_are_told_at_their_field_and_what_was_typed_stays(string field, string typed)
    {
        var before = await app.WithDbAsync(db => db.AnnualLists.CountAsync());

        var response = await (await StaffAsync()).PostFormAsync("/staff/lists/new", new() { ["Year"] = "2098", [field] = typed });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.PageAsync();
        Assert.NotNull(page.GetElementById(field.Replace('.', '_') + "-error"));
        if (field != "Kind" && page.QuerySelector($"input[name='{field}']") is { } input) Assert.Equal(typed, input.GetAttribute("value"));
        Assert.Equal(before, await app.WithDbAsync(db => db.AnnualLists.CountAsync()));
    }

    [Fact]
    public async Task A_proposal_fills_the_list_says_why_and_says_what_it_left_out()
    {
        var good = await app.PublishNeedAsync(content: app.ListableNeed("可以入选的需求（示例）"));
        var vague = await app.PublishNeedAsync(content: app.NeedContent("指标太少的需求（示例）"));
        var id = await app.AddListAsync(Needs, FreshYear());
        var client = await StaffAsync();

        var response = await client.PostFormAsync(Here(id), [], "form[action*='Propose']");
        var page = await client.GetPageAsync(response.Headers.Location!.OriginalString);

        var list = await app.ReadListAsync(id);
        Assert.Contains(list.Listed, e => e.ListingId == good.Id && e.IsByJob);
        Assert.DoesNotContain(list.Listed, e => e.ListingId == vague.Id);
        Assert.Contains("2个指标", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("指标不足", page.QuerySelector(".banner")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_added_by_number_with_a_reason()
    {
        var need = await app.PublishNeedAsync();
        var id = await app.AddListAsync(Needs, FreshYear());
        var client = await StaffAsync();

        var response = await client.PostFormAsync(Here(id), new() { ["Add.Number"] = $" {need.Number!.ToLowerInvariant()} ", ["Add.Reason"] = "专家推荐\u0001（示例）" }, "form[data-form=add]");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var entry = Assert.Single((await app.ReadListAsync(id)).Listed);
        Assert.Equal((need.Id, "专家推荐（示例）", false), (entry.ListingId, entry.Reason, entry.IsByJob));
    }

    [Theory]
    [InlineData("XQ2026-000000-99999", "理由（示例）", "没有编号")]
    [InlineData("", "理由（示例）", "请写编号")]
    [InlineData("XQ", "", "请写理由")]
    public async Task A_wrong_number_or_a_missing_reason_is_told_and_kept(string number, string reason, string message)
    {
        var id = await app.AddListAsync(Needs, FreshYear());

        var response = await (await StaffAsync()).PostFormAsync(Here(id), new() { ["Add.Number"] = number, ["Add.Reason"] = reason }, "form[data-form=add]");

        var page = await response.PageAsync();
        Assert.Contains(message, page.MainText(), StringComparison.Ordinal);
        Assert.Equal(number, page.QuerySelector("[name='Add.Number']")!.GetAttribute("value"));
        Assert.Equal(reason, page.QuerySelector("[name='Add.Reason']")!.TextContent.Trim());
        Assert.NotEqual("", page.QuerySelector("[name='Notice.From']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Entries_move_up_down_and_to_a_place()
    {
        var needs = new[] { await app.PublishNeedAsync(), await app.PublishNeedAsync(), await app.PublishNeedAsync() };
        var id = await app.AddListAsync(Needs, FreshYear(), needs);
        var client = await StaffAsync();
        var entries = (await app.ReadListAsync(id)).Listed.ToList();

        await client.PostFormAsync(Here(id), [], $"#e{entries[1].Id} form", "Up");
        Assert.Equal([needs[1].Id, needs[0].Id, needs[2].Id], (await app.ReadListAsync(id)).Listed.Select(e => e.ListingId));
        await client.PostFormAsync(Here(id), [], $"#e{entries[1].Id} form", "Down");
        Assert.Equal([needs[0].Id, needs[1].Id, needs[2].Id], (await app.ReadListAsync(id)).Listed.Select(e => e.ListingId));
        var response = await client.PostFormAsync($"{Here(id)}/{entries[2].Id}", new() { ["Position"] = "1", ["Reason"] = "更急（示例）" }, handler: "Place");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var list = await app.ReadListAsync(id);
        Assert.Equal([needs[2].Id, needs[0].Id, needs[1].Id], list.Listed.Select(e => e.ListingId));
        Assert.Contains(list.Steps, s => s is { Act: "Order", Remark: "更急（示例）" });
    }

    [Fact]
    public async Task An_entry_is_taken_off_with_a_reason_and_put_back()
    {
        var id = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        var client = await StaffAsync();
        var entry = (await app.ReadListAsync(id)).Listed.First();
        var address = $"{Here(id)}/{entry.Id}";

        var without = await client.PostFormAsync(address, new() { ["Reason"] = " " }, handler: "Drop");
        Assert.Contains("请写理由", (await without.PageAsync()).MainText(), StringComparison.Ordinal);
        await client.PostFormAsync(address, new() { ["Reason"] = "与第二项重复（示例）" }, handler: "Drop");
        Assert.Single((await app.ReadListAsync(id)).Listed);
        Assert.Contains("与第二项重复", (await client.GetPageAsync(Here(id))).MainText(), StringComparison.Ordinal);
        await client.PostFormAsync(address, new() { ["Reason"] = "核实不重复（示例）" }, handler: "Restore");

        Assert.Equal(entry.ListingId, (await app.ReadListAsync(id)).Listed.Last().ListingId);
        Assert.Equal(2, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => (e.Action == "list.drop" || e.Action == "list.restore") && e.Details == $"entry:{entry.Id}")));
    }

    [Fact]
    public async Task An_old_page_is_told_and_nothing_typed_is_lost()
    {
        var need = await app.PublishNeedAsync();
        var id = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        var client = await StaffAsync();
        var old = await client.GetPageAsync(Here(id));
        var entry = (await app.ReadListAsync(id)).Listed.First();
        await client.PostFormAsync($"{Here(id)}/{entry.Id}", new() { ["Reason"] = "先来的人（示例）" }, handler: "Drop");

        var form = (AngleSharp.Html.Dom.IHtmlFormElement)old.QuerySelector("form[data-form=add]")!;
        var response = await client.SendFormAsync(form, Here(id), new() { ["Add.Number"] = need.Number!, ["Add.Reason"] = "后来的人（示例）" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Contains("别人改动了清单", page.MainText(), StringComparison.Ordinal);
        Assert.Equal(need.Number, page.QuerySelector("[name='Add.Number']")!.GetAttribute("value"));
        Assert.Equal("后来的人（示例）", page.QuerySelector("[name='Add.Reason']")!.TextContent.Trim());
        var again = await client.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=add]")!, Here(id), []);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(2, (await app.ReadListAsync(id)).Listed.Count());
    }

    [Fact]
    public async Task A_notice_is_started_with_days_and_then_only_removal_and_prolonging_are_offered()
    {
        var id = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        var client = await StaffAsync();
        var today = ProvinceTime.DayOf(app.Clock.Now);

        var wrong = await client.PostFormAsync(Here(id), new() { ["Notice.Until"] = "月底", ["Notice.PublishOn"] = Days(today) }, "form[data-form=notice]");
        var wrongPage = await wrong.PageAsync();
        Assert.Contains("写成了“月底”", wrongPage.MainText(), StringComparison.Ordinal);
        Assert.Equal("月底", wrongPage.QuerySelector("[name='Notice.Until']")!.GetAttribute("value"));
        var early = await client.PostFormAsync(Here(id), new() { ["Notice.Until"] = Days(today.AddDays(14)), ["Notice.PublishOn"] = Days(today.AddDays(14)) }, "form[data-form=notice]");
        Assert.Contains("应当在公示末日", (await early.PageAsync()).MainText(), StringComparison.Ordinal);

        var response = await client.PostFormAsync(Here(id), new()
        {
            ["Notice.From"] = Days(today), ["Notice.Until"] = Days(today.AddDays(14)), ["Notice.PublishOn"] = Days(today.AddDays(15)),
        }, "form[data-form=notice]");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var page = await client.GetPageAsync(Here(id));
        Assert.Equal(["sign", "prolong"], page.QuerySelectorAll("main form").Select(f => f.GetAttribute("data-form")));
        var entry = (await app.ReadListAsync(id)).Listed.First();
        Assert.NotNull(page.QuerySelector($"#e{entry.Id} a[href='{Here(id)}/{entry.Id}']"));
        await client.PostFormAsync(Here(id), new()
        {
            ["Notice.Until"] = Days(today.AddDays(20)), ["Notice.PublishOn"] = Days(today.AddDays(22)), ["Notice.Reason"] = "收到异议（示例）",
        }, "form[data-form=prolong]");
        Assert.Equal(today.AddDays(20), (await app.ReadListAsync(id)).NoticeUntil);
    }

    [Fact]
    public async Task A_published_list_offers_only_its_correction_and_a_forged_post_changes_nothing()
    {
        var draft = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync());
        var list = await app.PublishListAsync(Needs, FreshYear(), await app.PublishNeedAsync());
        var client = await StaffAsync();

        Assert.Equal(["correct"], (await client.GetPageAsync(Here(list.Id))).QuerySelectorAll("main form").Select(f => f.GetAttribute("data-form")));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await client.GetPageAsync($"{Here(list.Id)}/{list.Entries.Single().Id}")).QuerySelector("main form")!;
        var response = await client.SendFormAsync(form, $"{Here(list.Id)}/{list.Entries.Single().Id}", new() { ["Reason"] = "硬来（示例）" }, "Drop");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("状态不允许", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Single((await app.ReadListAsync(list.Id)).Listed);
        Assert.NotEqual(draft, list.Id);
    }

    [Fact]
    public async Task Rules_can_be_changed_while_the_list_is_open()
    {
        var id = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync());
        var client = await StaffAsync();

        var wrong = await client.PostFormAsync($"{Here(id)}/rules", new() { ["Rules.Size"] = "0" });
        Assert.Contains("应当是1至500", (await wrong.PageAsync()).MainText(), StringComparison.Ordinal);
        await client.PostFormAsync($"{Here(id)}/rules", new() { ["Rules.Size"] = "３０", ["Rules.MinGrade"] = "3" });

        var list = await app.ReadListAsync(id);
        Assert.Equal((30, 3), (list.Rules.Size, list.Rules.MinGrade));
    }

    [Fact]
    public async Task Staff_pages_speak_english_too()
    {
        var id = await app.AddListAsync(Needs, FreshYear(), await app.PublishNeedAsync());
        var client = await StaffAsync();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        Assert.Contains("Propose again", (await client.GetPageAsync(Here(id))).MainText(), StringComparison.Ordinal);
        Assert.Contains("Being composed", (await client.GetPageAsync("/staff/lists")).MainText(), StringComparison.Ordinal);
    }
}

/// <summary>The yearly calendar opens lists by itself.</summary>
public sealed class OpeningListsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Fact]
    public async Task On_the_day_of_the_calendar_both_lists_are_opened_once_with_a_proposal()
    {
        var need = await app.PublishNeedAsync(content: app.ListableNeed() with { ValidUntil = new DateOnly(2028, 6, 30), Deadline = new DateOnly(2028, 12, 31) });
        app.MoveTo(new DateOnly(2027, 8, 31), 23);
        await OpenAsync();
        Assert.Equal(0, await app.WithDbAsync(db => db.AnnualLists.CountAsync()));

        app.MoveTo(new DateOnly(2027, 9, 1), 0);
        await OpenAsync();
        await OpenAsync();

        var lists = await app.WithDbAsync(db => db.AnnualLists.Include(l => l.Entries).AsNoTracking().OrderBy(l => l.Kind).ToListAsync());
        Assert.Equal([(AnnualListKind.KeyTechnologyNeeds, 2027), (AnnualListKind.QualityAchievements, 2027)], lists.Select(l => (l.Kind, l.Year)));
        Assert.All(lists, l => Assert.Null(l.OpenedById));
        Assert.Equal(need.Id, Assert.Single(lists[0].Entries).ListingId);
        Assert.Equal(15, lists[0].NoticeDays);
    }

    private Task OpenAsync() => app.RunAsync<OpenAnnualLists>((job, token) => job.RunAsync(token));
}
