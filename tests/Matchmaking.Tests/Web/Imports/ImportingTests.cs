using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Matchmaking.Jobs;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Importing;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Imports;

/// <summary>A table goes up, is looked at, and becomes records: over HTTP, as people do it.</summary>
public sealed class ImportingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(Organization Organization, HttpClient Client)> PosterAsync(string role = Roles.EnterpriseMember)
    {
        var organization = await app.AddOrganizationAsync(role == Roles.Researcher ? OrganizationKind.University : OrganizationKind.Enterprise);
        return (organization, await app.CreateClientForAsync(await app.AddUserAsync(role, organization)));
    }

    private Task<List<Need>> NeedsAsync(Organization organization) => app.WithDbAsync(db => db.Needs.Where(n => n.OrganizationId == organization.Id).OrderBy(n => n.Id).ToListAsync(Cancel));

    [Fact]
    public async Task A_summary_table_becomes_drafts_and_the_same_file_twice_makes_no_doubles()
    {
        var (organization, client) = await PosterAsync();
        var file = ReadingTablesTests.Summary(organization.CreditCode);

        var address = await client.UploadedAsync("汇总表.xlsx", file);
        var preview = await client.GetPageAsync(address);
        Assert.Contains("共2行：可以导入2行", preview.MainText(), StringComparison.Ordinal);
        Assert.Contains("低温快充析锂抑制", preview.MainText(), StringComparison.Ordinal);
        Assert.Empty(await NeedsAsync(organization));

        var import = await app.ImportAsync(client, address);
        Assert.Equal((ImportState.Done, 2, 0), (import.State, import.Imported, import.Bad));
        var needs = await NeedsAsync(organization);
        Assert.Equal(["低温快充析锂抑制ＡＢＣ", "预氧化炉温度均匀性"], needs.Select(n => n.Title));
        Assert.All(needs, n => Assert.Equal((ListingState.Draft, "220100", "C28"), (n.State, n.Region, n.Industry)));
        Assert.Equal(12_000m, needs[1].Money);
        Assert.Contains("已导入", (await client.GetPageAsync(address)).MainText(), StringComparison.Ordinal);

        var again = await client.UploadedAsync("汇总表.xlsx", file);
        var known = (await client.GetPageAsync(again)).MainText();
        Assert.Contains("同一个文件已于", known, StringComparison.Ordinal);
        Assert.Contains("可以导入0行，需要修改0行，平台上已有2行", known, StringComparison.Ordinal);
        Assert.Equal(2, (await NeedsAsync(organization)).Count);
    }

    [Fact]
    public async Task Good_rows_come_in_and_bad_rows_come_back_with_remarks_to_the_uploader_alone()
    {
        var (organization, client) = await PosterAsync();
        var address = await client.UploadedAsync("a.csv", "序号,需求名称,完成期限,联系人\n1,好的需求,2027-03-01,联系人甲（示例）\n2,坏的需求,明年,联系人乙（示例）\n3,好的需求,2027-03-02,联系人丙（示例）\n"u8.ToArray());

        var preview = await client.GetPageAsync(address);
        Assert.Contains("C3", preview.QuerySelector(".remarks")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("“完成期限”写成了“明年”", preview.QuerySelector(".remarks")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("与第2行相同", preview.MainText(), StringComparison.Ordinal);
        var import = await app.ImportAsync(client, address);
        Assert.Equal((1, 1, 1, 0), (import.Imported, import.Bad, import.Repeated, import.Known));
        Assert.Equal("好的需求", Assert.Single(await NeedsAsync(organization)).Title);

        var remarks = await client.GetAsync(address + "?handler=Remarks", Cancel);
        var file = await remarks.Content.ReadAsByteArrayAsync(Cancel);
        var sheet = Assert.Single(SheetFile.Read("r.xlsx", new MemoryStream(file)));
        Assert.Equal(["序号", "需求名称", "完成期限", "联系人", "问题说明"], sheet.Rows[0].Cells.OrderBy(c => c.Key).Select(c => c.Value.Text));
        Assert.Equal("坏的需求", sheet.Rows[1][1].Text);
        Assert.StartsWith("C3 “完成期限”写成了“明年”", sheet.Rows[1][4].Text, StringComparison.Ordinal);

        var colleague = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        foreach (var door in new[] { address, address + "?handler=Remarks" }) Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetAsync(door, Cancel)).StatusCode);

        // The file that came back, corrected, goes up as it is.
        var corrected = Tables.Xlsx(sheet.Rows.Select(r => Enumerable.Range(0, 5).Select(c => (object?)(r[c].Text == "明年" ? "2027年12月31日" : r[c].IsBlank ? null : r[c].Text)).ToArray()).ToList());
        var second = await app.ImportAsync(client, await client.UploadedAsync("r.xlsx", corrected));
        Assert.Equal((1, 0), (second.Imported, second.Bad));
    }

    [Fact]
    public async Task Complete_rows_are_submitted_when_asked_and_others_stay_drafts()
    {
        var (organization, client) = await PosterAsync();
        const string Head = "需求名称,一句话说明,需求详细说明,技术领域,合作方式,有效至,需求类别,期限类别,完成期限,联系人,联系电话\n";
        var address = await client.UploadedAsync("a.csv", Encoding.UTF8.GetBytes(Head + "完整的需求,说明,详细,新材料,联合开发；委托研发,2027-06-01,技术研发,近期,2027-08-01,联系人甲（示例）,0431-00000000\n不完整的需求,说明,,新材料,联合开发,2027-06-01,技术研发,近期,2027-08-01,联系人甲（示例）,\n"));

        var page = (await client.GetPageAsync(address)).MainText();
        Assert.Contains("提交前还要改：需求详细说明、联系电话", page, StringComparison.Ordinal);
        var import = await app.ImportAsync(client, address, submit: true);

        Assert.Equal((2, 1), (import.Imported, import.Submitted));
        Assert.Equal([ListingState.Submitted, ListingState.Draft], (await NeedsAsync(organization)).Select(n => n.State));
        Assert.Single(await app.WithDbAsync(db => db.AuditEntries.Where(e => e.Action == "listing.submit" && e.Details == $"import {import.Id}").ToListAsync(Cancel)));
    }

    [Fact]
    public async Task The_checker_advises_in_the_preview_and_a_forbidden_word_keeps_its_row_out()
    {
        var (organization, client) = await PosterAsync();
        var address = await client.UploadedAsync("a.csv", "需求名称,需求详细说明,关键词,已做的工作\n炉温均匀性,炉内温差由9 ℃降到3 ℃以内。,,\n涂层结合力,提高结合力，密级为机密。,绝密,试过喷砂。\n"u8.ToArray());

        var page = await client.GetPageAsync(address);
        var wrong = page.QuerySelectorAll(".remark--wrong").Select(r => string.Join(' ', r.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(2, wrong.Count);
        Assert.StartsWith("B3 “需求详细说明”里有不能发布的词“机密”。", wrong[0], StringComparison.Ordinal);
        Assert.StartsWith("C3 “关键词”里有不能发布的词“绝密”。", wrong[1], StringComparison.Ordinal);
        var advice = Assert.Single(page.QuerySelectorAll("#rows details"));
        Assert.Contains("没有写打算投入多少", advice.TextContent, StringComparison.Ordinal);
        Assert.Contains("完成期限：没有写什么时候要", advice.TextContent, StringComparison.Ordinal);

        var import = await app.ImportAsync(client, address);
        Assert.Equal((1, 1), (import.Imported, import.Bad));
        Assert.Equal("炉温均匀性", Assert.Single(await NeedsAsync(organization)).Title);
        var remarks = SheetFile.Read("r.xlsx", new MemoryStream(await (await client.GetAsync(address + "?handler=Remarks", Cancel)).Content.ReadAsByteArrayAsync(Cancel)));
        Assert.Contains("不能发布的词“机密”", remarks[0].Rows[1][4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forbidden_word_in_the_evaluation_of_an_achievement_is_named_at_its_column()
    {
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, university));
        var page = await client.GetPageAsync(await client.UploadedAsync("a.csv", "成果名称,评价与获奖,完成人,其他知识产权编号\n甲成果,获机密级奖励,完成人甲（示例） 0000-0002-1825-0098,CN202410123456.1\n"u8.ToArray(), kind: ListingKind.Achievement));

        var text = page.QuerySelector(".remarks")!.TextContent;
        Assert.Contains("“评价与获奖”里有不能发布的词“机密", text, StringComparison.Ordinal);
        Assert.Contains("“完成人”里的ORCID“0000-0002-1825-0098”校验位不对", text, StringComparison.Ordinal);
        Assert.Contains("“其他知识产权编号”里的“CN202410123456.1”不是", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_was_taken_wrongly_is_set_right_and_remembered_for_the_organisation()
    {
        var (organization, client) = await PosterAsync();
        var file = "需求名称,天气,联系人\n甲需求,晴天要求,联系人甲（示例）\n"u8.ToArray();
        var address = await client.UploadedAsync("a.csv", file);

        Assert.Equal(HttpStatusCode.Redirect, (await client.PressAsync(address, "Columns", new() { ["c1"] = nameof(ImportField.Summary) })).StatusCode);
        Assert.Equal(nameof(ImportField.Summary), ((IHtmlSelectElement)(await client.GetPageAsync(address)).GetElementById("c1")!).Value);
        await app.ImportAsync(client, address);
        Assert.Equal("晴天要求", Assert.Single(await NeedsAsync(organization)).Summary);

        var colleague = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var next = await colleague.GetPageAsync(await colleague.UploadedAsync("b.csv", file));
        Assert.Equal(nameof(ImportField.Summary), ((IHtmlSelectElement)next.GetElementById("c1")!).Value);
        var (_, stranger) = await PosterAsync();
        var other = await stranger.GetPageAsync(await stranger.UploadedAsync("b.csv", file));
        Assert.Equal(nameof(ImportField.None), ((IHtmlSelectElement)other.GetElementById("c1")!).Value);
    }

    [Fact]
    public async Task Unusual_money_waits_for_an_answer()
    {
        var (organization, client) = await PosterAsync();
        var address = await client.UploadedAsync("a.csv", "需求名称,意向投入（万元）\n甲需求,1200000\n乙需求,120\n"u8.ToArray());

        var page = await client.GetPageAsync(address);
        Assert.Contains("有1行的金额不合常情", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("可以导入1行，需要修改1行", page.MainText(), StringComparison.Ordinal);
        await client.PressAsync(address, "Columns", new() { ["unit"] = nameof(MoneyUnit.Yuan) });
        // In yuan the other row is the unusual one: 0.012 万元; both cannot be right by the unit alone.
        Assert.Contains("有1行的金额不合常情", (await client.GetPageAsync(address)).MainText(), StringComparison.Ordinal);
        await client.PressAsync(address, "Columns", new() { ["unit"] = nameof(MoneyUnit.Auto), ["right"] = "true" });
        await app.ImportAsync(client, address);

        Assert.Equal([1_200_000m, 120m], (await NeedsAsync(organization)).Select(n => n.Money));
    }

    [Fact]
    public async Task Posters_import_for_their_own_organisation_only()
    {
        var (organization, client) = await PosterAsync();
        var other = await app.AddOrganizationAsync();
        var address = await client.UploadedAsync("a.csv", Encoding.UTF8.GetBytes($"需求名称,统一社会信用代码\n别家的需求,{other.CreditCode}\n自家的需求,{organization.CreditCode}\n写错的代码,{organization.CreditCode[..17]}0\n"));

        var text = (await client.GetPageAsync(address)).MainText();
        Assert.Contains($"{other.CreditCode}不是本单位的代码", text, StringComparison.Ordinal);
        Assert.Contains("校验位不符", text, StringComparison.Ordinal);
        var import = await app.ImportAsync(client, address);
        Assert.Equal((1, 2), (import.Imported, import.Bad));
        Assert.Empty(await NeedsAsync(other));
        Assert.Equal(HttpStatusCode.NotFound, (await client.UploadTableAsync("a.csv", "成果名称,联系人\n甲,乙\n"u8.ToArray(), kind: ListingKind.Achievement)).StatusCode);
    }

    /// <summary>Somebody of an office that recommends the organisation's records.</summary>
    private async Task<HttpClient> OfficeOfAsync(Organization member)
    {
        var office = await app.AddOrganizationAsync(OrganizationKind.Office);
        Assert.True(await app.WithServiceAsync<OfficeMembers, bool>(members => members.PlaceAsync(member.Id, office, 0, Cancel)));
        return await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office));
    }

    [Fact]
    public async Task Offices_import_for_their_members_and_staff_for_all()
    {
        var member = await app.AddOrganizationAsync();
        var away = await app.WithDbAsync(async db =>
        {
            const string Code = "91220200MA0TQ900X";
            var organization = new Organization("外市单位（示例）", OrganizationKind.Enterprise, Code + CreditCode.CheckCharacter(Code), "220200", "C28", null, app.Clock.Now);
            db.Organizations.Add(organization);
            await db.SaveChangesAsync(Cancel);
            return organization;
        });
        var file = Encoding.UTF8.GetBytes($"成果名称,单位名称,统一社会信用代码\n本市的成果,,{member.CreditCode}\n外市的成果,,{away.CreditCode}\n没有写单位,,\n只写名称的成果,{member.Name},\n");
        var office = await OfficeOfAsync(member);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff, await app.AddOrganizationAsync(OrganizationKind.Agency)));

        var first = await app.ImportAsync(office, await office.UploadedAsync("a.csv", file, "/office", ListingKind.Achievement));
        Assert.Equal((2, 2), (first.Imported, first.Bad));
        var second = await app.ImportAsync(staff, await staff.UploadedAsync("a.csv", file, "/staff", ListingKind.Achievement));
        Assert.Equal((1, 2, 1), (second.Imported, second.Known, second.Bad));
    }

    [Fact]
    public async Task A_running_import_shows_how_far_it_is_without_script_and_can_be_cancelled()
    {
        var (organization, client) = await PosterAsync();
        var address = await client.UploadedAsync("a.csv", "需求名称,联系人\n甲,联系人甲（示例）\n"u8.ToArray());
        await client.PressAsync(address, "Import");
        var id = ImportSteps.ImportId(address);
        await app.WithDbAsync(db => db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Checked, 300).SetProperty(i => i.Total, 2000), Cancel));

        var response = await client.GetAsync(address, Cancel);
        Assert.Equal("3", response.Headers.GetValues("Refresh").Single());
        Assert.Contains("已检查300行，共2,000行", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        await client.PressAsync(address, "Cancel");
        await app.RunJobAsync<ImportTable>(job => job.RunAsync(id, Cancel));
        Assert.Empty(await NeedsAsync(organization));
        Assert.Contains("没有写入任何一行", (await client.GetPageAsync(address)).MainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("formula", "里有1个公式：B2")]
    [InlineData("macros", "带有宏")]
    [InlineData("links", "带有外部链接")]
    [InlineData("bomb", "解压后过大")]
    [InlineData("large", "超过10 MB")]
    [InlineData("old", "是旧版Excel文件")]
    [InlineData("encrypted", "有打开密码")]
    [InlineData("html", "其实是网页")]
    [InlineData("headless", "里没有找到表头")]
    [InlineData("pdf", "不能读“.pdf”")]
    [InlineData("nothing", "没有选择文件")]
    public async Task A_refused_file_is_told_at_the_field_and_nothing_is_kept(string what, string message)
    {
        var (_, client) = await PosterAsync();
        object?[][] rows = [["需求名称", "意向投入"], ["甲", 12]];
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        var (name, content) = what switch
        {
            "formula" => ("a.xlsx", Tables.Xlsx([rows[0], ["甲", new Formula("6*2", "12")]])),
            "macros" => ("a.xlsm", Tables.Xlsx(rows)),
            "links" => ("a.xlsx", Tables.WithPart(Tables.Xlsx(rows), "xl/externalLinks/externalLink1.xml", "<a/>")),
            "bomb" => ("a.xlsx", Tables.WithPart(Tables.Xlsx(rows), "xl/bomb.xml", new string('0', 12 << 20))),
            "large" => ("a.csv", new byte[11 << 20]),
            "old" => ("a.xls", compound),
            "encrypted" => ("a.xlsx", [.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage")]),
            "html" => ("a.xlsx", "<html><table></table></html>"u8.ToArray()),
            "headless" => ("a.csv", "一,二\n三,四\n"u8.ToArray()),
            "pdf" => ("a.pdf", Files.Pdf()),
            _ => ("", []),
        };
        var folder = Path.Combine(app.Folder, "imports");
        var before = Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0;

        var response = what == "nothing" ? await client.PostFormAsync("/my/import", [], "#upload-form") : await client.UploadTableAsync(name, content);

        // A browser that chose nothing still sends the form as one with files.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(message, (await response.PageAsync()).GetElementById("upload-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0);
    }

    [Fact]
    public async Task Fifty_megabytes_are_answered_with_the_reason()
    {
        var (_, client) = await PosterAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.UploadTableAsync("a.xlsx", new byte[50 << 20])).StatusCode);
    }

    [Fact]
    public async Task Templates_come_in_the_readers_language_and_an_own_list_goes_out_and_in_without_doubles()
    {
        var (organization, client) = await PosterAsync();
        await app.AddDraftAsync(organization, app.NeedContent("=导出的草稿") with { Payment = PaymentMode.Royalty, Reward = 7, Consents = [NeedConsent.Selection], Disclosure = Disclosure.Members });
        await app.PublishNeedAsync(organization, app.NeedContent("导出的已发布需求"));
        client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");

        var template = await client.GetAsync("/my/import?handler=Template&kind=Need", Cancel);
        Assert.Equal("Needs", SheetFile.Read("t.xlsx", new MemoryStream(await template.Content.ReadAsByteArrayAsync(Cancel)))[0].Name);
        foreach (var format in new[] { "xlsx", "csv" })
        {
            var export = await (await client.GetAsync($"/my/export.{format}?kind=Need", Cancel)).Content.ReadAsByteArrayAsync(Cancel);
            var back = await client.GetPageAsync(await client.UploadedAsync("e." + format, export));
            Assert.Contains("2 are on the platform already", back.MainText(), StringComparison.Ordinal);
            var text = format == "csv" ? Encoding.UTF8.GetString(export) : string.Join('\n', SheetFile.Read("e.xlsx", new MemoryStream(export)).SelectMany(g => g.Rows).SelectMany(r => r.Cells.Values).Select(c => c.Text));
            Assert.Contains(format == "csv" ? "'=导出的草稿" : "=导出的草稿", text, StringComparison.Ordinal);
            Assert.Contains("contact@test.invalid", text, StringComparison.Ordinal);
            Assert.All(new[] { "Royalty", "Takes part in selecting proposals", "Name for verified organisations only" }, word => Assert.Contains(word, text, StringComparison.Ordinal));
        }
        Assert.Equal(2, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action == "listing.export-with-contacts" && e.Details == "2 Need", Cancel)));
    }

    [Fact]
    public async Task What_an_anonymous_owner_wrote_into_the_newer_columns_leaves_for_its_own_office_and_staff_only()
    {
        var university = await app.AddOrganizationAsync(OrganizationKind.University, name: "长岭秘名大学");
        var planted = app.AchievementContent("匿名的成果") with { Disclosure = Disclosure.Anonymous, Inventors = "秘名人甲（示例） 0000-0002-1825-0097", Rights = ["CN202410123456.0"], Scale = TrlScale.Gjb7688, Level = EvaluationLevel.DomesticLeading };
        await app.SubmittedAsync(university, planted);
        var office = await OfficeOfAsync(university);
        var strange = await OfficeOfAsync(await app.AddOrganizationAsync());
        var colleague = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        var own = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, university));
        string[] names = ["长岭秘名", university.CreditCode, "秘名人甲", "0000-0002-1825-0097", "CN202410123456.0", "GJB 7688", "国内领先"];
        async Task<string> Export(HttpClient client, string door) => await (await client.GetAsync($"{door}/export.csv?kind=Achievement", Cancel)).Content.ReadAsStringAsync(Cancel);

        foreach (var text in new[] { await Export(strange, "/office"), await Export(colleague, "/my") }) Assert.All(names, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        var recommended = await Export(office, "/office");
        Assert.All(names, name => Assert.Contains(name, recommended, StringComparison.Ordinal));
        Assert.DoesNotContain("contact@test.invalid", recommended, StringComparison.Ordinal);
        var mine = await Export(own, "/my");
        Assert.All([.. names, "contact@test.invalid"], name => Assert.Contains(name, mine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exports_behind_other_doors_hold_neither_contacts_nor_foreign_drafts()
    {
        var organization = await app.AddOrganizationAsync();
        await app.AddDraftAsync(organization, app.NeedContent("别家的草稿"));
        await app.SubmittedAsync(organization);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff, await app.AddOrganizationAsync(OrganizationKind.Agency)));
        var office = await OfficeOfAsync(organization);

        foreach (var (client, door) in new[] { (staff, "/staff"), (office, "/office") })
        {
            var text = await (await client.GetAsync($"{door}/export.csv?kind=Need", Cancel)).Content.ReadAsStringAsync(Cancel);
            Assert.Contains(organization.CreditCode, text, StringComparison.Ordinal);
            Assert.DoesNotContain("别家的草稿", text, StringComparison.Ordinal);
            Assert.DoesNotContain("contact@test.invalid", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0431-00000000", text, StringComparison.Ordinal);
        }
        var (_, poster) = await PosterAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await poster.GetAsync("/my/export.csv?kind=Achievement", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await poster.GetAsync("/my/export.pdf?kind=Need", Cancel)).StatusCode);
    }
}
