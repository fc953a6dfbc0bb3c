using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>Reported values through the pages, and what readers then see.</summary>
public sealed class ReportingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private async Task<HttpClient> StaffAsync() => await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

    private static Dictionary<string, string> Fields(string value, string asOf = "2026-09-30", string source = "第三季度统计月报（示例）") =>
        new() { ["Input.Value"] = value, ["Input.AsOf"] = asOf, ["Input.Source"] = source };

    private Task<List<IndicatorReport>> ReportsAsync(string code) =>
        app.WithDbAsync(db => db.IndicatorReports.AsNoTracking().Where(r => r.Code == code).OrderBy(r => r.Id).ToListAsync());

    [Theory]
    [InlineData("/staff/indicators")]
    [InlineData("/staff/indicators/1-1")]
    public async Task Only_staff_report(string address)
    {
        foreach (var role in new[] { null, Roles.Broker, Roles.Researcher, Roles.RecommendingOffice })
        {
            var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role));
            Assert.Contains((await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Forbidden });
        }
        Assert.Contains("1-1", (await (await StaffAsync()).GetPageAsync(address)).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reported_value_appears_with_its_source_and_a_correction_keeps_the_old_row()
    {
        var client = await StaffAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormAsync("/staff/indicators/1-1", Fields("4,100"))).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormAsync("/staff/indicators/1-1", Fields("４２００"))).StatusCode);

        Assert.Equal([4100m, 4200m], (await ReportsAsync("1-1")).Select(r => r.Value));
        var page = (await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/1-1")).MainText();
        Assert.Contains("4,200", page, StringComparison.Ordinal);
        Assert.Contains("第三季度统计月报（示例）", page, StringComparison.Ordinal);
        Assert.Contains("已更正", page, StringComparison.Ordinal);
        Assert.Equal(2, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action == "indicator.report" && e.Subject == "indicator:1-1")));
    }

    [Fact]
    public async Task The_same_form_sent_twice_makes_one_row()
    {
        var client = await StaffAsync();
        var form = (IHtmlFormElement)(await client.GetPageAsync("/staff/indicators/2-2")).QuerySelector("main form")!;

        await client.SendFormAsync(form, "/staff/indicators/2-2", Fields("5214"));
        var second = await client.SendFormAsync(form, "/staff/indicators/2-2", Fields("5214"));

        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        Assert.Single(await ReportsAsync("2-2"));
    }

    [Theory]
    [InlineData("Input.Value", "约一千")]
    [InlineData("Input.Value", "-5")]
    [InlineData("Input.Value", "1e5")]
    [InlineData("Input.Value", "12,34")]
    [InlineData("Input.Value", "")]
    [InlineData("Input.Value", "99999999999999999999999999999999999999")]
    [InlineData("Input.Value", "1.00001")]
    [InlineData("Input.AsOf", "上个月")]
    [InlineData("Input.AsOf", "2026-02-30")]
    [InlineData("Input.AsOf", "2030-01-01")]
    [InlineData("Input.AsOf", "2019-01-01")]
    [InlineData("Input.Source", " \u0001 ")]
    public async Task Bad_input_is_told_at_its_field_and_everything_typed_stays(string field, string typed)
    {
        var fields = Fields("180");
        fields[field] = typed;

        var response = await (await StaffAsync()).PostFormAsync("/staff/indicators/2-1", fields);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.PageAsync();
        Assert.NotNull(page.GetElementById(field.Replace('.', '_') + "-error"));
        Assert.Equal(fields["Input.Value"], page.QuerySelector("[name='Input.Value']")!.GetAttribute("value"));
        Assert.Equal(fields["Input.AsOf"], page.QuerySelector("[name='Input.AsOf']")!.GetAttribute("value"));
        if (field != "Input.Source") Assert.Equal(fields["Input.Source"], page.QuerySelector("[name='Input.Source']")!.TextContent.Trim());
        Assert.Empty(await ReportsAsync("2-1"));
    }

    [Fact]
    public async Task A_value_a_thousand_times_off_is_asked_about_before_it_is_taken()
    {
        var client = await StaffAsync();
        const string address = "/staff/indicators/5-2";
        await client.PostFormAsync(address, Fields("700", "2026-06-30"));

        var asked = await client.PostFormAsync(address, Fields("7000000"));
        var page = await asked.PageAsync();
        Assert.Contains("是不是把万、亿写错了", page.MainText(), StringComparison.Ordinal);
        Assert.Equal("7000000", page.QuerySelector("[name='Input.Value']")!.GetAttribute("value"));
        Assert.Single(await ReportsAsync("5-2"));

        // A tick for one value is no tick for another.
        var form = (IHtmlFormElement)page.QuerySelector("main form")!;
        var other = await client.SendFormAsync(form, address, new() { ["Input.Value"] = "8000000", ["Input.Confirm"] = "7000000" });
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        var taken = await client.SendFormAsync(form, address, new() { ["Input.Confirm"] = "7000000" });

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal([700m, 7_000_000m], (await ReportsAsync("5-2")).Select(r => r.Value));
    }

    [Fact]
    public async Task The_plan_page_shows_all_42_and_filters_them()
    {
        var staff = await StaffAsync();
        await staff.PostFormAsync("/staff/indicators/3-1", Fields("94"));
        await staff.PostFormAsync("/staff/indicators/4-1", Fields("7"));
        await staff.PostFormAsync("/staff/indicators/15-4", Fields("10611"));
        var client = await app.CreateClientForAsync(null);

        var page = await client.GetPageAsync("/plan");
        var late = await client.GetPageAsync("/plan?show=late");

        Assert.Equal(42, page.QuerySelectorAll(".grid42 a.cell").Length);
        Assert.Equal(42, page.QuerySelectorAll("table.ind tbody tr").Length);
        Assert.Equal(6, page.QuerySelectorAll("table.ind").Length);
        Assert.Contains("cell--missed", page.QuerySelector("a.cell[href='/plan/3-1']")!.ClassName, StringComparison.Ordinal);
        Assert.Contains("cell--behind", page.QuerySelector("a.cell[href='/plan/4-1']")!.ClassName, StringComparison.Ordinal);
        Assert.Contains("cell--met", page.QuerySelector("a.cell[href='/plan/15-4']")!.ClassName, StringComparison.Ordinal);
        Assert.Equal("cell", page.QuerySelector("a.cell[href='/plan/20-1']")!.ClassName);
        Assert.Contains("i3-1", late.QuerySelectorAll("table.ind tbody tr").Select(r => r.Id));
        Assert.DoesNotContain("i15-4", late.QuerySelectorAll("table.ind tbody tr").Select(r => r.Id));
        Assert.Equal(["i7-1", "i7-2", "i7-3", "i19-2"], (await client.GetPageAsync("/plan?show=counted")).QuerySelectorAll("table.ind tbody tr").Select(r => r.Id));
    }

    [Fact]
    public async Task Every_indicator_has_its_page_in_both_languages()
    {
        var chinese = await app.CreateClientForAsync(null);
        var english = await app.CreateClientForAsync(null);
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        foreach (var indicator in PlanIndicators.All)
        {
            Assert.Equal(indicator.NameZh, (await chinese.GetPageAsync($"/plan/{indicator.Code}")).QuerySelector("h1")!.TextContent);
            var page = await english.GetPageAsync($"/plan/{indicator.Code}");
            Assert.Equal(indicator.NameEn, page.QuerySelector("h1")!.TextContent);
            Assert.Contains(indicator.Wording, page.MainText(), StringComparison.Ordinal);
            Assert.DoesNotMatch("[一-鿿]", page.QuerySelector("aside .kv")!.TextContent);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await chinese.GetAsync("/plan/99-9", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await StaffAsync()).GetAsync("/staff/indicators/nonsense", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_table_for_spreadsheets_has_a_row_for_each_number()
    {
        await (await StaffAsync()).PostFormAsync("/staff/indicators/16-2", Fields("877", source: "=附件（示例）"));
        var bytes = await (await app.CreateClientForAsync(null)).GetByteArrayAsync("/plan/export.csv", TestContext.Current.CancellationToken);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(43, lines.Length);
        var line = lines.Single(l => l.StartsWith("16-2,", StringComparison.Ordinal));
        Assert.Contains(",877,部门报送,2026-09-30,87.7,", line, StringComparison.Ordinal);
        Assert.Contains("'=附件", line, StringComparison.Ordinal);
    }
}
