using System.Globalization;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Importing;

public sealed class CellValuesTests
{
    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("2026/3/1")]
    [InlineData("2026年3月1日")]
    [InlineData("20260301")]
    [InlineData("2026.3.1")]
    [InlineData("２０２６－０３－０１")]
    [InlineData("2026年03月01日")]
    [InlineData(" 2026 - 3 - 1 ")]
    [InlineData("2026-03-01 00:00:00")]
    public void A_day_is_read_however_it_is_written(string text) => Assert.Equal(new DateOnly(2026, 3, 1), CellValues.Day(new Cell(text)).Value);

    [Fact]
    public void A_serial_number_and_a_compact_number_are_days_too()
    {
        Assert.Equal(new DateOnly(2026, 3, 1), CellValues.Day(new Cell("46082", CellKind.Number, 46082)).Value);
        Assert.Equal(new DateOnly(2026, 3, 1), CellValues.Day(new Cell("20260301", CellKind.Number, 20260301)).Value);
    }

    [Theory]
    [InlineData("2026年12月", "2026-12-31")]
    [InlineData("2028.2", "2028-02-29")]
    [InlineData("2026年底", "2026-12-31")]
    [InlineData("2027年", "2027-12-31")]
    public void A_month_or_year_alone_means_its_last_day(string text, string day) => Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), CellValues.Day(new Cell(text)).Value);

    [Theory]
    [InlineData("3/1/2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("明年")]
    [InlineData("1026-01-01")]
    public void What_is_no_day_is_said(string text) => Assert.Equal("NotADate", CellValues.Day(new Cell(text)).Problem);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("无")]
    [InlineData("——")]
    public void Nothing_is_nothing(string text) => Assert.Equal(default, CellValues.Day(new Cell(text)));

    [Theory]
    [InlineData("120", MoneyUnit.Auto, "120")]
    [InlineData("120", MoneyUnit.TenThousand, "120")]
    [InlineData("1200000", MoneyUnit.Yuan, "120")]
    [InlineData("1.2", MoneyUnit.HundredMillion, "12000")]
    [InlineData("120万元", MoneyUnit.Yuan, "120")]
    [InlineData("１２０ 万", MoneyUnit.Auto, "120")]
    [InlineData("1.2亿元", MoneyUnit.Auto, "12000")]
    [InlineData("1,200,000元", MoneyUnit.Auto, "120")]
    [InlineData("￥50万", MoneyUnit.Auto, "50")]
    [InlineData("约300万元", MoneyUnit.Auto, "300")]
    [InlineData("0.5", MoneyUnit.Auto, "0.5")]
    public void Money_is_read_in_ten_thousand_yuan(string text, MoneyUnit heading, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), CellValues.Money(new Cell(text), heading).Value);

    [Theory]
    [InlineData("面议")]
    [InlineData("待定")]
    [InlineData("")]
    public void Money_to_be_agreed_is_no_number(string text) => Assert.Equal(default, CellValues.Money(new Cell(text), MoneyUnit.Auto));

    [Theory]
    [InlineData("50-100万元", "NotMoney")]
    [InlineData("若干", "NotMoney")]
    [InlineData("0.5元", "TooManyDecimals")]
    [InlineData("99999999999999999", "NumberTooLarge")]
    public void What_is_no_amount_is_said(string text, string problem) => Assert.Equal(problem, CellValues.Money(new Cell(text), MoneyUnit.Auto).Problem);

    [Theory]
    [InlineData(2_000_000, true)]
    [InlineData(0.005, true)]
    [InlineData(200, false)]
    [InlineData(50_000, false)]
    [InlineData(0, false)]
    public void Amounts_ten_thousand_times_off_look_mistaken(double money, bool mistaken) => Assert.Equal(mistaken, CellValues.LooksMistaken((decimal)money));

    [Theory]
    [InlineData("6", 6)]
    [InlineData("TRL 6", 6)]
    [InlineData("TRL6 正样级", 6)]
    [InlineData("６级", 6)]
    [InlineData("六级", 6)]
    [InlineData("第9级", 9)]
    public void A_level_is_read(string text, int level) => Assert.Equal(level, CellValues.Trl(new Cell(text)).Value);

    [Theory]
    [InlineData("10")]
    [InlineData("0")]
    [InlineData("很成熟")]
    public void What_is_no_level_is_said(string text) => Assert.Equal("TrlOutOfRange", CellValues.Trl(new Cell(text)).Problem);

    [Theory]
    [InlineData("是", true)]
    [InlineData("√", true)]
    [InlineData("Ｙ", true)]
    [InlineData("否", false)]
    [InlineData("×", false)]
    [InlineData("", null)]
    public void Ticks_are_read(string text, bool? expected) => Assert.Equal(expected, CellValues.YesNo(new Cell(text)).Value);

    [Theory]
    [InlineData("Field", "新材料", "NewMaterials")]
    [InlineData("Field", "生物医药和医疗器械", "BioMedicine")]
    [InlineData("Field", "Aerospace", "Aerospace")]
    [InlineData("Region", "长春", "220100")]
    [InlineData("Region", "长春市", "220100")]
    [InlineData("Region", "220100", "220100")]
    [InlineData("Region", "延边朝鲜族自治州", "222400")]
    [InlineData("Industry", "Ｃ28", "C28")]
    [InlineData("Industry", "化学纤维制造业", "C28")]
    [InlineData("Mode", "合作开发", "JointDevelopment")]
    [InlineData("Horizon", "近期（1年内）", "Near")]
    [InlineData("Stage", "中试", "Middle")]
    public void Codes_are_found_by_name_and_by_code(string list, string text, string code) => Assert.Equal(code, CodeNames.Find(list, text));

    [Fact]
    public void Ambiguous_names_are_not_guessed() => Assert.Null(CodeNames.Find("Region", "吉林"));

    [Fact]
    public void Figures_of_one_cell_are_read()
    {
        Assert.Equal([new("强度", Comparison.Ge, 5.5m, null, "GPa"), new Quantity("延伸率", Comparison.Ge, 3, null, "%")], QuantityCells.Read("强度≥5.5GPa；延伸率≥3%"));
        Assert.Equal([new Quantity("工作温度", Comparison.Range, -40, 85, "℃")], QuantityCells.Read("工作温度=-40–85℃"));
        Assert.Contains(new Quantity("充电时间", Comparison.Le, 40, null, "min"), QuantityCells.Read("1、充电时间不超过40 min；\n2、循环寿命1500次以上"));
    }

    [Fact]
    public void Every_heading_of_a_template_is_known_in_both_languages_for_what_it_is()
    {
        foreach (var kind in Enum.GetValues<ListingKind>())
        {
            foreach (var words in ImportWords.All)
            {
                foreach (var field in Enum.GetValues<ImportField>().Where(f => f != ImportField.None && f.Fits(kind)))
                    Assert.Equal((field, HeadingMatch.Sure), ColumnNames.Find("", words.Heading(field, kind), kind));
            }
        }
    }

    [Theory]
    [InlineData("", "*1.需求名称（60字以内）", ImportField.Title)]
    [InlineData("联系人", "姓名", ImportField.ContactName)]
    [InlineData("联系人", "电话", ImportField.ContactPhone)]
    [InlineData("指标1", "名称", ImportField.QuantityName)]
    [InlineData("", "指标2数值", ImportField.QuantityValue)]
    [InlineData("", "拟投入\n资金（万元）", ImportField.Money)]
    [InlineData("", "企业（单位）名称", ImportField.OrganizationName)]
    [InlineData("", "天气", ImportField.None)]
    public void Usual_headings_are_known(string upper, string lower, ImportField field) => Assert.Equal(field, ColumnNames.Find(upper, lower, ListingKind.Need).Field);
}
