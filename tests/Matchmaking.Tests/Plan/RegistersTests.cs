using System.Net;
using System.Text;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>Secondments and events are entered by form and by table, withdrawn with a reason, and counted.</summary>
public sealed class RegistersTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<HttpClient> StaffAsync() => await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

    private static Dictionary<string, string> Event(string name, string day = "2026-03-15") => new()
    {
        ["Input.Name"] = name, ["Input.Organization"] = "省科技厅（示例）", ["Input.Partner"] = "长春（示例）", ["Input.FirstDay"] = day, ["Input.People"] = "１２０",
    };

    private static Task<HttpResponseMessage> AddAsync(HttpClient client, string kind, Dictionary<string, string> fields) => client.PostFormAsync($"/staff/registers/{kind}", fields, "form[action*='handler=Add']");

    private async Task<HttpResponseMessage> UploadAsync(HttpClient client, string kind, string name, byte[] content)
    {
        var page = await client.GetPageAsync($"/staff/registers/{kind}");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("#register-upload [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "upload", name },
        };
        return await client.PostAsync($"/staff/registers/{kind}?handler=Import", form, Cancel);
    }

    private Task<decimal> CountAsync(string code) => app.WithDbAsync(async db =>
    {
        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        var day = ProvinceTime.DayOf(app.Clock.Now);
        return await db.IndicatorCounts.Where(c => c.Code == code && c.Day == day).Select(c => c.Value).SingleAsync(Cancel);
    });

    [Fact]
    public async Task An_event_is_entered_once_counted_shown_and_withdrawn()
    {
        var staff = await StaffAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await AddAsync(staff, "events", Event("成果路演（示例）"))).StatusCode);
        var again = await AddAsync(staff, "events", Event("成果路演（示例）"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("同一条已经登记过", (await again.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(1m, await CountAsync("20-1"));
        var shown = (await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/20-1")).MainText();
        Assert.Contains("成果路演（示例）", shown, StringComparison.Ordinal);

        var id = await app.WithDbAsync(db => db.RegisterEntries.Where(e => e.Name == "成果路演（示例）").Select(e => e.Id).SingleAsync(Cancel));
        var silent = await staff.PostFormAsync("/staff/registers/events", new() { ["reason"] = "" }, $"form[action*='id={id}']");
        Assert.Contains("请写撤回原因", (await silent.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/registers/events", new() { ["reason"] = "重复登记（示例）" }, $"form[action*='id={id}']")).StatusCode);
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0m, await CountAsync("20-1"));
        Assert.Equal(["register.add", "register.withdraw"], await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == "register:Events").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Cancel)));
    }

    [Theory]
    [InlineData("Input.Name", "")]
    [InlineData("Input.Organization", " ")]
    [InlineData("Input.FirstDay", "")]
    [InlineData("Input.FirstDay", "去年秋天")]
    [InlineData("Input.FirstDay", "2030-01-01")]
    [InlineData("Input.FirstDay", "2023-12-31")]
    [InlineData("Input.LastDay", "2026-03-01")]
    [InlineData("Input.People", "-3")]
    [InlineData("Input.People", "约一百")]
    public async Task Wrong_input_is_told_at_its_field_and_nothing_typed_is_lost(string field, string typed)
    {
        var fields = Event($"沙龙{field}{typed}");
        fields[field] = typed;
        var response = await AddAsync(await StaffAsync(), "events", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await response.PageAsync();
        Assert.NotNull(page.GetElementById(field.Replace('.', '_') + "-error"));
        foreach (var (name, value) in fields) Assert.Equal(value, page.QuerySelector($"[name='{name}']")!.GetAttribute("value"));
        Assert.False(await app.WithDbAsync(db => db.RegisterEntries.AnyAsync(e => e.Name.StartsWith("沙龙"), Cancel)));
    }

    [Fact]
    public async Task A_table_gives_its_good_rows_and_remarks_on_the_others_and_can_be_sent_again()
    {
        var staff = await StaffAsync();
        var csv = Encoding.UTF8.GetBytes("科创专员选派名单（示例）\n姓名,选派单位,入驻企业,入驻日期,期满日期\n甲（示例）,示例大学,示例一厂,2025年3月1日,\n甲（示例）,示例大学,示例二厂,2026-03-01,\n乙（示例）,示例大学,示例一厂,明年,\n丙（示例）,示例学院,,2026-01-05,\n丁（示例）,示例学院,示例三厂,2026-01-05,2025-01-01\n戊（示例）,示例学院,示例三厂,2026-01-05,2027-01-04\n");
        var page = await (await UploadAsync(staff, "secondments", "名单.csv", csv)).PageAsync();
        Assert.Contains("登记了3行，3行没有登记", page.MainText(), StringComparison.Ordinal);
        Assert.Equal(["D5", "C6", "E7"], page.QuerySelectorAll("[data-remark]").Select(e => e.GetAttribute("data-remark")));
        Assert.Contains("“明年”不是日期", page.MainText(), StringComparison.Ordinal);

        var again = await (await UploadAsync(staff, "secondments", "名单.csv", csv)).PageAsync();
        Assert.Contains("登记了0行，6行没有登记", again.MainText(), StringComparison.Ordinal);
        Assert.Equal(3, await app.WithDbAsync(db => db.RegisterEntries.CountAsync(e => e.Kind == RegisterKind.Secondments, Cancel)));
        // The same person in two firms is one person, and no name is public.
        Assert.Equal(2m, await CountAsync("14-2"));
        var read = (await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/14-2")).MainText();
        Assert.DoesNotContain("（示例）", read, StringComparison.Ordinal);
        Assert.Contains("甲（示例）", (await staff.GetPageAsync("/staff/indicators/14-2/rows")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_empty_table_is_understood_and_a_file_that_is_none_is_refused()
    {
        var staff = await StaffAsync();
        var template = await staff.GetByteArrayAsync("/staff/registers/secondments?handler=Template", Cancel);
        Assert.Empty(RegisterSheet.Read(RegisterKind.Secondments, "a.xlsx", new MemoryStream(template), new DateOnly(2026, 11, 1)));
        Assert.Throws<FileRefusedException>(() => RegisterSheet.Read(RegisterKind.Events, "a.xlsx", new MemoryStream(template), new DateOnly(2026, 11, 1)));
        var refused = await UploadAsync(staff, "events", "a.csv", "甲,乙\n1,2\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("举办日期", (await refused.PageAsync()).GetElementById("upload-error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await (await UploadAsync(staff, "events", "a.exe", [1, 2, 3])).PageAsync()).GetElementById("upload-error"));
    }
}
