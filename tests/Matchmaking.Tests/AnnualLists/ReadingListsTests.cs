using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>What anybody sees of the yearly lists.</summary>
public sealed class ReadingListsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Theory]
    [InlineData("一行\n二行")]
    [InlineData("一行\r二行")]
    [InlineData("一行\r\n二行")]
    public void A_line_end_within_a_cell_does_not_end_its_row(string cell)
    {
        var file = Matchmaking.Web.Lists.CsvText.Write(["甲", "乙"], [[cell, "后"]]);

        var rows = Matching.Importing.Sheets.SheetFile.Read("a.csv", new MemoryStream(file)).Single().Rows;
        Assert.Equal(2, rows.Count);
        Assert.Equal("后", rows[1][1].Text);
        Assert.Equal(cell.ReplaceLineEndings("\n"), rows[1][0].Text.ReplaceLineEndings("\n"));
    }

    private const AnnualListKind Needs = AnnualListKind.KeyTechnologyNeeds;
    private static int year = 2030;

    private static int FreshYear() => Interlocked.Add(ref year, 2);

    private static string Address(int year) => $"/lists/{year}/key-technology-needs";

    private async Task<HttpStatusCode> StatusAsync(HttpClient client, string address) =>
        (await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode;

    [Fact]
    public async Task A_list_becomes_visible_on_the_first_day_of_its_notice_and_can_be_downloaded_once_published()
    {
        var listYear = FreshYear();
        var client = await app.CreateClientForAsync(null);
        var id = await app.AddListAsync(Needs, listYear, await app.PublishNeedAsync());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, Address(listYear)));
        var first = ProvinceTime.DayOf(app.Clock.Now).AddDays(3);
        await app.WithDbAsync(async db =>
        {
            var list = await db.AnnualLists.Include(l => l.Entries).SingleAsync(l => l.Id == id);
            list.StartNotice(first, first.AddDays(9), first.AddDays(10), 1, app.Clock.Now);
            list.SignByThree(app.Clock.Now);
            await db.SaveChangesAsync();
        });

        app.MoveTo(first.AddDays(-1), 23);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, Address(listYear)));
        app.MoveTo(first, 0);
        var text = (await client.GetPageAsync(Address(listYear))).MainText();
        Assert.Contains("公示中", text, StringComparison.Ordinal);
        Assert.Contains(first.ToString("yyyy-MM-dd", null), text, StringComparison.Ordinal);
        Assert.Contains("公示中", (await client.GetPageAsync("/lists")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, Address(listYear) + "/download.json"));

        app.MoveTo(first.AddDays(10), 10);
        await app.PublishDueListsAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, Address(listYear) + "/download.json"));
        Assert.Contains("已发布", (await client.GetPageAsync(Address(listYear))).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_on_the_page_is_that_of_the_downloaded_bytes()
    {
        var list = await app.PublishListAsync(Needs, FreshYear(), await app.PublishNeedAsync(content: app.ListableNeed()));
        var client = await app.CreateClientForAsync(null);

        var bytes = await client.GetByteArrayAsync(Address(list.Year) + "/download.json", TestContext.Current.CancellationToken);
        var shown = (await client.GetPageAsync(Address(list.Year))).QuerySelector("[data-hash]")!.TextContent;

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), shown);
        Assert.Equal(bytes, await client.GetByteArrayAsync($"/api/v1{Address(list.Year)}", TestContext.Current.CancellationToken));
        using var json = JsonDocument.Parse(bytes);
        Assert.Equal("低温锂电池快充析锂抑制（示例）", json.RootElement.GetProperty("entries")[0].GetProperty("title").GetString());
        Assert.NotEqual(0xEF, bytes[0]);
    }

    [Fact]
    public async Task An_anonymous_owner_is_named_in_no_page_and_no_file()
    {
        var secret = await app.AddOrganizationAsync(name: "绝不外传化纤厂（示例）");
        var open = await app.AddOrganizationAsync(name: "愿意公开电池厂（示例）");
        var list = await app.PublishListAsync(Needs, FreshYear(),
            await app.PublishNeedAsync(secret, app.NeedContent() with { Disclosure = Disclosure.Anonymous }), await app.PublishNeedAsync(open));
        var client = await app.CreateClientForAsync(null);

        foreach (var format in new[] { "json", "csv", "xlsx" })
        {
            var bytes = await client.GetByteArrayAsync($"{Address(list.Year)}/download.{format}", TestContext.Current.CancellationToken);
            var text = format == "xlsx" ? Unpack(bytes) : Encoding.UTF8.GetString(bytes);
            Assert.Contains("愿意公开电池厂", text, StringComparison.Ordinal);
            Assert.DoesNotContain("绝不外传化纤厂", text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret.CreditCode, text, StringComparison.Ordinal);
            Assert.DoesNotContain("contact@test.invalid", text, StringComparison.Ordinal);
        }
        var page = (await client.GetPageAsync(Address(list.Year))).Body!.TextContent;
        Assert.Contains("愿意公开电池厂", page, StringComparison.Ordinal);
        Assert.DoesNotContain("绝不外传化纤厂", page, StringComparison.Ordinal);
        Assert.Contains("匿名单位", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_that_look_like_formulas_are_text_in_every_table()
    {
        var list = await app.PublishListAsync(Needs, FreshYear(), await app.PublishNeedAsync(content: app.NeedContent("=HYPERLINK(\"http://x\")") with { Summary = "+1+1" }));
        var client = await app.CreateClientForAsync(null);

        var csv = await client.GetByteArrayAsync(Address(list.Year) + "/download.csv", TestContext.Current.CancellationToken);
        var sheet = Unpack(await client.GetByteArrayAsync(Address(list.Year) + "/download.xlsx", TestContext.Current.CancellationToken));

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), csv[..3]);
        var text = Encoding.UTF8.GetString(csv);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        Assert.Contains("'+1+1", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|,)\"?[=+]", text);
        Assert.Contains("HYPERLINK", sheet, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(x:)?f[ >]", sheet);
    }

    [Fact]
    public async Task The_page_compares_with_the_year_before()
    {
        var listYear = FreshYear();
        var stays = await app.PublishNeedAsync(content: app.NeedContent("留下的需求（示例）"));
        var goes = await app.PublishNeedAsync(content: app.NeedContent("移出的需求（示例）"));
        var comes = await app.PublishNeedAsync(content: app.NeedContent("新来的需求（示例）"));
        await app.PublishListAsync(Needs, listYear, stays, goes);
        await app.PublishListAsync(Needs, listYear + 1, stays, comes);
        var client = await app.CreateClientForAsync(null);

        var page = await client.GetPageAsync(Address(listYear + 1));

        Assert.Equal(["1", "1", "1"], page.QuerySelectorAll(".diff b").Select(b => b.TextContent));
        Assert.Contains("移出的需求", page.QuerySelector("#gone")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("延续", page.GetElementById(stays.Number!)!.TextContent, StringComparison.Ordinal);
        Assert.Contains("新增", page.GetElementById(comes.Number!)!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await client.GetPageAsync(Address(listYear))).QuerySelectorAll(".diff"));
    }

    [Fact]
    public async Task Entries_are_filtered_by_field_and_counted_by_field_and_horizon()
    {
        var farm = await app.PublishNeedAsync(content: app.NeedContent() with { Field = TechnologyField.Agriculture, Horizon = Horizon.Long });
        var list = await app.PublishListAsync(Needs, FreshYear(), await app.PublishNeedAsync(), farm);
        var client = await app.CreateClientForAsync(null);

        var page = await client.GetPageAsync(Address(list.Year) + "?field=Agriculture");

        Assert.Equal([farm.Number], page.QuerySelectorAll("main table.stack tbody tr").Select(r => r.Id));
        Assert.Equal($"/needs/{farm.Number}", page.GetElementById(farm.Number!)!.QuerySelector("a")!.GetAttribute("href"));
        var row = page.QuerySelectorAll("table.heat tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "农业");
        Assert.Equal(["0", "0", "1"], row.QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.Equal(2, (await client.GetPageAsync(Address(list.Year) + "?field=nonsense")).QuerySelectorAll("main table.stack tbody tr").Length);
        Assert.Contains("这个领域没有条目", (await client.GetPageAsync(Address(list.Year) + "?field=Aerospace")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_withdrawn_after_publication_stays_on_the_list_without_a_link()
    {
        var need = await app.PublishNeedAsync();
        var list = await app.PublishListAsync(Needs, FreshYear(), need);
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == need.Id)).Withdraw(1, app.Clock.Now);
            await db.SaveChangesAsync();
        });

        var row = (await (await app.CreateClientForAsync(null)).GetPageAsync(Address(list.Year))).GetElementById(need.Number!)!;

        Assert.Null(row.QuerySelector("a"));
        Assert.Contains("原记录已撤回", row.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lists/1999/key-technology-needs")]
    [InlineData("/lists/99999999999/key-technology-needs")]
    [InlineData("/lists/2024/nonsense")]
    [InlineData("/lists/2024/quality-achievements/download.exe")]
    [InlineData("/api/v1/lists/2024/nonsense")]
    public async Task What_is_not_there_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(await app.CreateClientForAsync(null), address));

    [Fact]
    public async Task English_readers_get_english_words_and_the_owners_text()
    {
        var list = await app.PublishListAsync(AnnualListKind.QualityAchievements, FreshYear(), await app.PublishAchievementAsync());
        var client = await app.CreateClientForAsync(null);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var text = (await client.GetPageAsync($"/lists/{list.Year}/quality-achievements")).MainText();
        var csv = await client.GetStringAsync($"/lists/{list.Year}/quality-achievements/download.csv", TestContext.Current.CancellationToken);

        Assert.Contains("High-quality achievements of Jilin for transformation", text, StringComparison.Ordinal);
        Assert.Contains("A published list never changes.", text, StringComparison.Ordinal);
        Assert.Contains("Technology field", csv, StringComparison.Ordinal);
        Assert.Contains("极寒环境动力电池脉冲自加热方法", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_the_lists_with_their_hashes()
    {
        var list = await app.PublishListAsync(Needs, FreshYear(), await app.PublishNeedAsync());

        using var json = JsonDocument.Parse(await (await app.CreateClientForAsync(null)).GetStringAsync("/api/v1/lists", TestContext.Current.CancellationToken));

        var found = json.RootElement.EnumerateArray().Single(l => l.GetProperty("serial").GetString() == list.SerialNumber);
        Assert.Equal(list.ContentHash, found.GetProperty("sha256").GetString());
        Assert.Equal("Published", found.GetProperty("state").GetString());
    }

    [Fact]
    public void One_document_has_one_text()
    {
        ListDocumentEntry Entry(decimal value) => new(1, "XQ2026-220100-00001", 1, "题", "", "", [], TechnologyField.Agriculture, "A01", "220100", null, "Near", null,
            new DateOnly(2027, 1, 1), 12.50m, [], [new Quantity("强度", Comparison.Ge, value, null, "GPa")]);
        ListDocument Document(decimal value) => new("QD-XQ-2026", Needs, 2026, null, null, null, new AnnualListRules(), [Entry(value)]);

        Assert.Equal(Document(5.5m).ToJson(), Document(5.500m).ToJson());
        Assert.Contains("\"value\":5.5,", Document(5.500m).ToJson(), StringComparison.Ordinal);
        Assert.Equal(Document(5.5m).ToJson(), ListDocument.Parse(Document(5.5m).ToJson()).ToJson());
    }

    /// <summary>All parts of a spreadsheet file as one text.</summary>
    private static string Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var part in zip.Entries)
        {
            using var reader = new StreamReader(part.Open());
            text.Append(reader.ReadToEnd());
        }
        return text.ToString();
    }
}
