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
