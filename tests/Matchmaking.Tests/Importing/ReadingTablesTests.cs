using System.Globalization;
using System.Text;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;
using MiniExcelLibs;

namespace Matchmaking.Tests.Importing;

/// <summary>Tables as ministries, firms and spreadsheets make them, down to the content of the listing.</summary>
public sealed class ReadingTablesTests
{
    private static readonly ReadingOptions Options = new(ListingKind.Need, MoneyUnit.Auto, false, new DateOnly(2026, 11, 24));
    private static readonly Dictionary<string, ImportField> Nothing = [];

    static ReadingTablesTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static ReadTable Read(string name, byte[] content, ReadingOptions? options = null)
    {
        options ??= Options;
        var head = SheetHead.Find(SheetFile.Read(name, new MemoryStream(content)), options.Kind, Nothing);
        Assert.NotNull(head);
        return TableReader.Read(head, options, TestContext.Current.CancellationToken);
    }

    /// <summary>A title, a line with the unit, a head of two levels with merges, numbering, one organisation's name over two rows, full width, four ways of dates, notes and signatures below.</summary>
    public static byte[] Summary(string code = "91220100MA0TQ001X2") => Tables.Xlsx(
    [
        ["2026年关键核心技术需求汇总表"],
        [null, null, null, null, null, null, null, null, null, "单位：万元"],
        ["序号", "单位名称", "统一社会信用代码", "需求名称", "所属领域", "联系人", null, "时间", null, "意向投入", "主要技术指标", "是否匿名", "关键词"],
        [null, null, null, null, null, "姓名", "电话", "完成期限", "有效期至"],
        [1, "示例甲公司", code, "低温快充析锂抑制ＡＢＣ", "新材料", "联系人甲（示例）", 13800000000, "2026年12月31日", new DateOnly(2027, 6, 30), "１２０", "强度≥5.5GPa；延伸率≥3%", "√", "锂电池、低温；快充"],
        [2, null, null, "预氧化炉温度均匀性", "先进制造", "联系人乙（示例）", "０４３１－００００００００", "20270301", "长期", "1.2亿元", null, "否", "预氧化，碳纤维"],
        ["3"],
        ["合计", null, null, null, null, null, null, null, null, 240],
        ["注：本表由各单位填报，请于月底前报送。"],
        ["填报人：示例", null, null, "审核人：示例"],
    ], "A1:M1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:I3", "J3:J4", "K3:K4", "B5:B6", "C5:C6", "A9:M9");

    [Fact]
    public void A_summary_table_of_a_ministry_is_read()
    {
        var table = Read("汇总表.xlsx", Summary());

        Assert.Equal((3, 4), (table.Head.FirstRow, table.Head.LastRow));
        Assert.Equal([ImportField.SerialNumber, ImportField.OrganizationName, ImportField.CreditCode, ImportField.Title, ImportField.Field, ImportField.ContactName, ImportField.ContactPhone, ImportField.Deadline, ImportField.ValidUntil, ImportField.Money, ImportField.Quantities, ImportField.Anonymous, ImportField.Keywords], table.Head.Columns.Select(c => c.Field));
        Assert.Equal([5, 6], table.Rows.Select(r => r.Number));
        Assert.Equal(4, table.Skipped);
        var first = table.Rows[0];
        var content = Assert.IsType<NeedContent>(first.Content);
        Assert.Equal("低温快充析锂抑制ＡＢＣ", content.Title);
        Assert.Equal((TechnologyField.NewMaterials, new DateOnly(2026, 12, 31), new DateOnly(2027, 6, 30), 120m, Disclosure.Anonymous), (content.Field!.Value, content.Deadline!.Value, content.ValidUntil!.Value, content.Money!.Value, content.Disclosure));
        Assert.Equal(["锂电池", "低温", "快充"], content.Keywords);
        Assert.Equal([new("强度", Comparison.Ge, 5.5m, null, "GPa"), new Quantity("延伸率", Comparison.Ge, 3, null, "%")], content.Quantities);
        Assert.Equal(new Contact("联系人甲（示例）", "13800000000", ""), first.Contact);
        var second = (NeedContent)table.Rows[1].Content;
        Assert.Equal(("示例甲公司", "91220100MA0TQ001X2"), (table.Rows[1].OrganizationName, table.Rows[1].CreditCode));
        Assert.Equal((new DateOnly(2027, 3, 1), new DateOnly(2028, 11, 23), 12_000m, Disclosure.Named), (second.Deadline!.Value, second.ValidUntil!.Value, second.Money!.Value, second.Disclosure));
        Assert.All(table.Rows.SelectMany(r => r.Remarks), r => Assert.Equal(CellMark.Note, r.Mark));
        Assert.Equal("I6", Assert.Single(table.Rows[1].Remarks).Address);
    }

    [Theory]
    [InlineData("utf-8", true, ',')]
    [InlineData("utf-8", false, ';')]
    [InlineData("gb18030", false, ',')]
    [InlineData("utf-16", true, '\t')]
    public void Separated_values_are_read_in_every_usual_encoding_and_separator(string encoding, bool mark, char separator)
    {
        var text = "联系人S需求名称S意向投入（元）S完成期限\r\n联系人甲（示例）S\"低温，快充\r\n第二行\"S1200000S2026/3/1\r\n".Replace('S', separator);
        var of = Encoding.GetEncoding(encoding);
        var table = Read("a.csv", [.. mark ? of.GetPreamble() : [], .. of.GetBytes(text)]);

        var row = Assert.Single(table.Rows);
        Assert.Equal(("低温，快充 第二行", 120m, new DateOnly(2026, 3, 1)), (row.Content.Title, row.Content.Money, ((NeedContent)row.Content).Deadline!.Value));
    }

    [Fact]
    public void Figures_in_columns_of_their_own_are_read()
    {
        var table = Read("a.xlsx", Tables.Xlsx(
        [
            ["需求名称", "指标1", null, null, null, "指标2", null, null, null],
            [null, "名称", "关系", "数值", "单位", "名称", "关系", "数值", "单位"],
            ["甲", "强度", "≥", 5.5, "GPa", "温差", "不高于", "3", "℃"],
            ["乙", "寿命", "≥", null, "h", null, null, null, null],
        ], "A1:A2", "B1:E1", "F1:I1"));

        Assert.Equal([new("强度", Comparison.Ge, 5.5m, null, "GPa"), new Quantity("温差", Comparison.Le, 3, null, "℃")], table.Rows[0].Content.Quantities);
        Assert.Equal(("D4", "FigureWithoutValue"), (Assert.Single(table.Rows[1].Remarks).Address, table.Rows[1].Remarks[0].Problem.Code));
    }

    [Fact]
    public void Every_wrong_cell_is_named()
    {
        var table = Read("a.xlsx", Tables.Xlsx(
        [
            ["需求名称", "完成期限", "意向投入", "技术领域", "是否匿名", "希望的成熟度", "统一社会信用代码"],
            ["甲", "明年", "若干", "占星", "也许", "12", 123456789012345678m],
        ]));

        Assert.Equal(["B2 NotADate", "C2 NotMoney", "D2 UnknownName", "E2 NotYesNo", "F2 TrlOutOfRange", "G2 DigitsLost"],
            table.Rows.Single().Remarks.Select(r => $"{r.Address} {r.Problem.Code}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("是", "√", "同意", "5000", Openness.Yes, 2, "0.5")]
    [InlineData("部分", "否", "是", "2万元", Openness.Partly, 1, "2")]
    [InlineData("不公开", "", "", "否", Openness.No, 0, null)]
    [InlineData("", "无", "×", "/", null, 0, null)]
    public void The_ticks_of_a_challenge_form_are_read(string open, string experts, string selection, string reward, Openness? openness, int consents, string? money)
    {
        var table = Read("a.csv", Encoding.UTF8.GetBytes($"需求名称,是否公开需求信息,接受专家服务,参与方案筛选评价,对优秀方案的奖励（元）,支付方式\n甲,{open},{experts},{selection},{reward},分期付款\n"));

        var content = (NeedContent)Assert.Single(table.Rows).Content;
        Assert.Equal((openness, consents, money is null ? null : decimal.Parse(money, CultureInfo.InvariantCulture), PaymentMode.Instalments), (content.Openness, content.Consents.Count, content.Reward, content.Payment));
        Assert.Empty(table.Rows[0].Remarks);
    }

    [Fact]
    public void Levels_attributes_scales_and_further_numbers_of_an_achievement_are_read()
    {
        var table = Read("a.csv", "成果名称,成果水平,成果属性,成熟度标准,其他知识产权编号,公开方式,愿意参加\n甲,国际先进水平,原始创新,GB/T 22900,zl 201310699744.2；２０２３SR0123456、无此号,仅认证单位可见,x\n"u8.ToArray(), Options with { Kind = ListingKind.Achievement });

        var content = (AchievementContent)Assert.Single(table.Rows).Content;
        Assert.Equal((EvaluationLevel.InternationalAdvanced, AchievementAttribute.Original, TrlScale.Gbt22900, Disclosure.Members), (content.Level!.Value, content.Attribute!.Value, content.Scale!.Value, content.Disclosure));
        Assert.Equal(["ZL201310699744.2", "2023SR0123456", "无此号"], content.Rights);
        Assert.Equal("Rights RightNumber", string.Join(", ", ListingRules.CheckDraft(content).Select(p => $"{p.Field} {p.Code}")));
        // Consents are a need's.
        Assert.Equal(ImportField.None, table.Head.Columns[^1].Field);
    }

    [Fact]
    public void Each_of_the_new_cells_says_what_is_wrong_with_it()
    {
        var need = Read("a.csv", "需求名称,支付方式,公开需求信息,愿意参加,奖励,是否接受专家服务\n甲,以物易物,再议,捐款,若干,也许\n乙,,,,是,\n丙,,,,1000000,\n"u8.ToArray());
        Assert.Equal(["B2 Wrong UnknownName", "C2 Wrong UnknownName", "D2 Wrong UnknownName", "E2 Wrong NotMoney", "F2 Wrong NotYesNo", "E3 Note NoAmount", "E4 Asked MoneyUnusual"],
            need.Rows.SelectMany(r => r.Remarks.Select(m => $"{m.Address} {m.Mark} {m.Problem.Code}").Order(StringComparer.Ordinal)));
        Assert.Null(((NeedContent)need.Rows[1].Content).Reward);
        var achievement = Read("b.csv", "成果名称,成果水平,成果属性,成熟度标准\n甲,很好,新,旧\n"u8.ToArray(), Options with { Kind = ListingKind.Achievement });
        Assert.Equal(["B2 UnknownName", "C2 UnknownName", "D2 UnknownName"], achievement.Rows.Single().Remarks.Select(r => $"{r.Address} {r.Problem.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Money_ten_thousand_times_off_is_asked_about_and_taken_when_confirmed()
    {
        var file = Tables.Xlsx([["需求名称", "意向投入（万元）"], ["甲", 1_200_000], ["乙", 120]]);

        var remark = Assert.Single(Read("a.xlsx", file).Rows.SelectMany(r => r.Remarks));
        Assert.Equal((CellMark.Asked, "B2", "MoneyUnusual"), (remark.Mark, remark.Address, remark.Problem.Code));
        Assert.Equal([1_200_000m, 120m], remark.Problem.Arguments.Cast<decimal>());
        Assert.Empty(Read("a.xlsx", file, Options with { MoneyIsRight = true }).Rows.SelectMany(r => r.Remarks));
        Assert.Equal(120m, Read("a.xlsx", file, Options with { Unit = MoneyUnit.Yuan }).Rows[0].Content.Money);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_the_sheet_with_the_table_is_found()
    {
        var table = Read("a.xlsx", Tables.Xlsx([("说明", [["填表说明"], ["请逐项填写。"]]), ("数据", [["邮箱", "成果简介", "成果名称"], ["a@test.invalid", "简介", "甲"]])]), Options with { Kind = ListingKind.Achievement });

        Assert.Equal("数据", table.Head.Grid.Name);
        Assert.Equal(("甲", "简介", "a@test.invalid"), (table.Rows[0].Content.Title, table.Rows[0].Content.Summary, table.Rows[0].Contact.Mail));
    }

    [Fact]
    public void A_workbook_of_another_library_is_read()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new Dictionary<string, object?> { ["需求名称"] = "低温快充", ["意向投入（万元）"] = 120.5, ["完成期限"] = new DateTime(2027, 3, 1), ["是否匿名"] = "是", ["本单位编号"] = "007" } });

        var row = Assert.Single(Read("mini.xlsx", stream.ToArray()).Rows);
        Assert.Equal(("低温快充", 120.5m, new DateOnly(2027, 3, 1), Disclosure.Anonymous, "007"), (row.Content.Title, row.Content.Money, ((NeedContent)row.Content).Deadline!.Value, row.Content.Disclosure, row.ExternalNumber));
    }

    [Fact]
    public void A_file_without_a_head_is_not_guessed_at()
    {
        var sheets = SheetFile.Read("a.csv", new MemoryStream("一,二\n三,四\n"u8.ToArray()));
        Assert.Null(SheetHead.Find(sheets, ListingKind.Need, Nothing));
    }

    [Fact]
    public void A_remembered_choice_goes_before_the_usual_names()
    {
        var sheets = SheetFile.Read("a.csv", new MemoryStream("需求名称,天气\n甲,晴\n"u8.ToArray()));
        var head = SheetHead.Find(sheets, ListingKind.Need, new Dictionary<string, ImportField> { ["天气"] = ImportField.Summary })!;
        Assert.Equal("晴", TableReader.Read(head, Options, TestContext.Current.CancellationToken).Rows.Single().Content.Summary);
    }
}
