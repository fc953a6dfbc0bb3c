using System.Text;
using Matchmaking.Matching.Organizations;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>A table of a firm goes through the pages in a browser: upload, preview with what is wrong in which cell, a column set right.</summary>
public sealed class ImportPreviewTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    /// <summary>Where pictures of the preview are kept; by default none is taken.</summary>
    private const string Pictures = "MATCHMAKING_TEST_PICTURES";

    private const string Table = """
        2026年技术需求汇总表,,,,,,,,
        序号,需求名称,所属领域,联系人,联系电话,完成期限,意向投入（万元）,主要技术指标,处室意见
        1,高模量碳纤维原丝均匀性控制,新材料,联系人甲（示例）,0431-00000000,2027年3月1日,１８０,强度≥5.5GPa；延伸率≥1.5%,同意
        2,极寒地区电池包快速预热,新能源,联系人乙（示例）,0431-00000001,明年上半年,120,升温时间≤10min,
        3,预氧化炉温度场均匀性,炼金术,联系人丙（示例）,0431-00000002,20270301,2600000,温差≤3℃,
        4,车身焊点在线检测,先进制造,联系人丁（示例）,,2027/5/1,95,,
        5,高模量碳纤维原丝均匀性控制,新材料,联系人甲（示例）,0431-00000000,2027-03-01,180,,
        注：请于月底前报送。,,,,,,,,
        """;

    [Theory]
    [InlineData("zh-CN", 1280)]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1280)]
    [InlineData("en", 390)]
    public async Task The_preview_is_readable_and_without_violations(string language, int width)
    {
        var page = await app.OpenAsync(Roles.EnterpriseMember, width, language);
        await page.GotoAsync(app.Address + "/my/import");
        await page.SetInputFilesAsync("#upload", new FilePayload { Name = "需求汇总表.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Table) });
        await page.ClickAsync("#upload-form button");
        await page.WaitForSelectorAsync(".rows");

        Assert.Equal(2, await page.Locator(".rows .chip--bad").CountAsync());
        Assert.Contains("F4", await page.Locator(".remarks").First.TextContentAsync(), StringComparison.Ordinal);
        await Accessible.AssertAsync(page, $"preview {language} {width}");
        if (Environment.GetEnvironmentVariable(Pictures) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"import-{width}{(language == "en" ? "-en" : "")}.png"), FullPage = true });

        // A column by keyboard: to the select, choose, send.
        if (await page.Locator("#columns").GetAttributeAsync("open") is null) await page.Locator("#columns > summary").PressAsync("Enter");
        await page.SelectOptionAsync("#c8", "Summary");
        await page.Locator("#columns button").PressAsync("Enter");
        await page.WaitForSelectorAsync(".banner--good");
        Assert.Equal("Summary", await page.Locator("#c8").InputValueAsync());
        await Accessible.AssertAsync(page, $"after choosing {language} {width}");
        await page.Context.CloseAsync();
    }
}
