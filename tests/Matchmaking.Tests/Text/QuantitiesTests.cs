using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

public sealed class QuantitiesTests
{
    /// <summary>Sentence, then the figures as "name comparison value[..high] unit", joined by " | "; an empty name is "-".</summary>
    public static TheoryData<string, string> Sentences { get; } = new()
    {
        // one figure, its comparison before it
        { "新型纤维的拉伸强度≥5.5 GPa。", "拉伸强度 ge 5.5 GPa" },
        { "要求涂层硬度不低于HV800，附着牢固。", "涂层硬度 ge 800 HV" },
        { "整机重量不超过18kg。", "整机重量 le 18 kg" },
        { "回收率大于９５％。", "回收率 gt 95 %" },
        { "孔隙率小于0.5%", "孔隙率 lt 0.5 %" },
        { "孔隙率不大于0.5%", "孔隙率 le 0.5 %" },
        { "检测时间不得超过15分钟", "检测时间 le 15 分钟" },
        { "寿命不得低于3000h", "寿命 ge 3000 h" },
        { "电池循环寿命至少2000次以上", "电池循环寿命 ge 2000 次" },
        { "良品率不足80%", "良品率 lt 80 %" },
        { "年产值约1.2亿元。", "年产值 approx 120000000 元" },
        // behind it
        { "炉温均匀，温差控制在3 ℃以内。", "温差 le 3 ℃" },
        { "抗压强度60MPa以上", "抗压强度 ge 60 MPa" },
        { "湿度要求40%以下", "湿度 le 40 %" },
        { "反应温度180℃左右", "反应温度 approx 180 ℃" },
        { "用户超过5000余家以上", "用户 gt 5000 家" },
        // ranges and tolerances
        { "工作温度-40~85℃", "工作温度 range -40..85 ℃" },
        { "粒径分布在0.5 μm～2 μm之间", "粒径分布 range 0.5..2 μm" },
        { "投资规模20~200亿元", "投资规模 range 2000000000..20000000000 元" },
        { "线宽5至8微米", "线宽 range 5..8 微米" },
        { "定位精度±0.02 mm", "定位精度 plusminus 0.02 mm" },
        { "输出电压220±5 V", "输出电压 eq 220 V | 输出电压 plusminus 5 V" },
        { "洛氏硬度HRC55-65", "洛氏硬度 range 55..65 HRC" },
        // magnitudes, groups, powers
        { "月处理量达3万吨", "月处理量 eq 30000 吨" },
        { "投入一千余万元改造产线", "投入 gt 10000000 元" },
        { "电阻率为1×10¹⁶ Ω·cm", "电阻率 eq 10000000000000000 Ω·cm" },
        { "载流子浓度1×1016 cm⁻³", "载流子浓度 eq 10000000000000000 cm-3" },
        { "炉膛容积1 400 m³", "炉膛容积 eq 1400 m3" },
        { "累计运行12,500小时", "累计运行 eq 12500 小时" },
        { "建成两条示范线", "示范线 eq 2 条" },
        // units
        { "体积密度 ≥\u00A01.80\u00A0g/cm³", "体积密度 ge 1.8 g/cm3" },
        { "导热系数高于400 W/(m·K)，可靠", "导热系数 gt 400 W/(m·K)" },
        { "主轴转速24000r/min", "主轴转速 eq 24000 r/min" },
        { "吨钢成本低于2800元/吨", "吨钢成本 lt 2800 元/吨" },
        { "喷涂速度每秒1mm", "喷涂速度 eq 1 mm/秒" },
        { "功率密度超过3.5 KW/kg", "功率密度 gt 3.5 KW/kg" },
        { "抗拉强度500MPa级", "抗拉强度 eq 500 MPa" },
        // changes, names, several figures
        { "幅宽温差由8.2 ℃降到2.6 ℃", "幅宽温差 eq 8.2 ℃ | 幅宽温差 eq 2.6 ℃" },
        { "能耗降低20%，效率提高1.5倍", "能耗 eq 20 % | 效率 eq 1.5 倍" },
        { "拉伸强度和弹性模量分别达到5.8 GPa和300 GPa", "拉伸强度 eq 5.8 GPa | 弹性模量 eq 300 GPa" },
        { "拉伸强度（≥5.5 GPa）需稳定", "拉伸强度 ge 5.5 GPa" },
        { "断裂伸长率：12%", "断裂伸长率 eq 12 %" },
        { "样件尺寸1200×600×30 mm", "样件尺寸 eq 1200 mm | 样件尺寸 eq 600 mm | 样件尺寸 eq 30 mm" },
        { "希望产品合格率达到98%", "产品合格率 ge 98 %" },
        { "目标是将焊接误差达到0.1mm", "焊接误差 le 0.1 mm" },
        { "目前产品合格率已达到98%", "产品合格率 eq 98 %" },
        { "浆料pH 6.5～7.5", "浆料pH range 6.5..7.5" },
        { "百分之三十的能量被回收", "能量 eq 30 %" },
        { "电耗下降一成，药剂用量节约六成以上", "电耗 eq 1 成 | 药剂用量 ge 6 成" },
        { "反应3 h后冷却，压降≤5 kPa，平均孔径20 nm", "反应 eq 3 h | 压降 le 5 kPa | 平均孔径 eq 20 nm" },
        { "每小时处理5吨物料", "物料 eq 5 吨/小时" },
        { "冷却水消耗低于3 L/min·kW", "冷却水消耗 lt 3 L/min·kW" },
        { "恒温区长度由0.4 m延长到0.9 m，风量下调12%", "恒温区长度 eq 0.4 m | 恒温区长度 eq 0.9 m | 风量 eq 12 %" },
        { "在一台有效幅宽3 m的炉上测得温差2.6 ℃", "有效幅宽 eq 3 m | 温差 eq 2.6 ℃" },
        // behind the figure, shared, or none
        { "投入1000万元研发经费", "研发经费 eq 10000000 元" },
        { "在0.6 MPa压力下反应", "压力 eq 0.6 MPa" },
        { "培养液在1200℃无相变", "- eq 1200 ℃" },
        { "经过三个月的恒温培养", "恒温培养 eq 3 个月" },
        { "回收率分别为91%、87%和79%", "回收率 eq 91 % | 回收率 eq 87 % | 回收率 eq 79 %" },
        { "膜通量(25℃)为46 L/h", "膜通量 eq 25 ℃ | 膜通量 eq 46 L/h" },
        { "隔热层占总厚度的50～70%", "隔热层 range 50..70 %" },
        { "产能将从2018年的约211万吨增加到2023年的约262万吨", "产能 approx 2110000 吨 | 产能 approx 2620000 吨" },
        // marks apart from their number, and what stands behind the unit
        { "含硫量600ppm多", "含硫量 gt 600 ppm" },
        { "寿命至少提高30%", "寿命 ge 30 %" },
        { "下降幅度最大可达到80%", "下降幅度 le 80 %" },
        { "速率常数0.03132 h-1", "速率常数 eq 0.03132 h-1" },
        { "宽度2 cm-3 cm", "宽度 range 2..3 cm" },
        // without a unit
        { "项目预算150万", "项目预算 eq 1500000" },
        { "研发费用30-50万", "研发费用 range 300000..500000" },
        { "色坐标x=0.241 8", "色坐标x eq 0.2418" },
        { "对6个样品的浓度进行测量", "样品 eq 6 个" },
        { "各指标分别达到6.14mg/ml", "各指标 eq 6.14 mg/ml" },
        { "孵化室两间，设备60台", "孵化室 eq 2 间 | 设备 eq 60 台" },
        // none
        { "牌号Q345与45钢，316L不锈钢、6061铝合金", "" },
        { "按GB/T 22900-2022和ISO 9001:2015执行，见JB/T 5000.3—2007", "" },
        { "2021年立项，2024-2026年实施，20世纪90年代起步，5月12日验收", "" },
        { "1. 降低成本\n2、提高效率\n（3）减少人工\n第4项", "" },
        { "生成CO2与H2O，掺入Al2O3，式y=3x+2", "" },
        { "研发一种装置和一套系统，一条产线", "" },
        { "T300碳纤维、48K大丝束、5G网络、3D打印、18650电池", "" },
        { "质量比1:20，三分之一的样品，7/8寸", "" },
        { "专利ZL202310123456.7，编号XQ2026-220100-00012", "" },
        { "数万套设备，近十几家企业，两侧对称", "" },
        { "三分之一失效，占总数的2/3，十分可靠", "" },
        { "高镍三元电池，二倍体与四倍体，1年生苗", "" },
        { "采样点31°14′46.2″N，化合物4d与图3a", "" },
        { "术后第14、21、28天取样，这17个品种", "" },
        { "近三年营收稳定，五轴联动，十三五规划", "" },
        { "第5次试验用T700级碳纤维和IT6级公差，型号A-40m，步骤R2/5次", "" },
        { "P<0.05，n = 9，章节3.2.1", "" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_gives_its_figures_and_no_others(string sentence, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Quantities.Find(sentence).Select(f => Write(f.Quantity))));

    [Theory]
    [InlineData("强度不低于5.5 GPa，好", "不低于5.5 GPa")]
    [InlineData("温差控制在3 ℃以内。", "3 ℃以内")]
    [InlineData("温度约180~200℃左右", "约180~200℃左右")]
    [InlineData("🙂强度≥５.5ＧＰａ", "≥５.5ＧＰａ")]
    public void The_place_covers_comparison_number_and_unit(string sentence, string expected)
    {
        var found = Assert.Single(Quantities.Find(sentence));

        Assert.Equal(expected, sentence.Substring(found.Start, found.Length));
    }

    [Theory]
    [InlineData("电耗下降8.5%", QuantityRole.Change)]
    [InlineData("电耗降幅不低于8%", QuantityRole.Change)]
    [InlineData("风量下调12%", QuantityRole.Change)]
    [InlineData("电耗降至120 kWh", QuantityRole.Level)]
    [InlineData("合格率提高到98%", QuantityRole.Level)]
    [InlineData("合格率98%", QuantityRole.Level)]
    public void A_change_is_told_from_a_level(string sentence, QuantityRole expected) =>
        Assert.Equal(expected, Assert.Single(Quantities.Find(sentence)).Role);

    [Theory]
    [InlineData("强度5 Qzx，长度7 brl/foo", "")]
    [InlineData("12345 67890 3.14 2718", "")]
    [InlineData("😀强度😀≥5 GPa😀", "强度 ge 5 GPa")]
    [InlineData("<p>强度&nbsp;<b>≥5</b> GPa，<i>温差≤3 ℃</i></p>", "温差 le 3 ℃")]
    [InlineData("强度≥5 GPa且强度≤3 GPa", "强度 ge 5 GPa | 强度 le 3 GPa")]
    public void Bad_input_gives_what_is_sure_in_it(string sentence, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Quantities.Find(sentence).Select(f => Write(f.Quantity))));

    [Fact]
    public void The_level_before_a_change_is_marked() =>
        Assert.Equal([QuantityRole.Former, QuantityRole.Level], Quantities.Find("温差由8.2 ℃降到2.6 ℃").Select(f => f.Role));

    public static TheoryData<string> Hostile { get; } =
    [
        "", " ", "🙂🙂", new string('9', 4_000), new string('强', 4_000), string.Concat(Enumerable.Repeat("9.", 2_000)),
        string.Concat(Enumerable.Repeat("9～", 2_000)), string.Concat(Enumerable.Repeat("一", 4_000)), string.Concat(Enumerable.Repeat("万", 4_000)), new string('≥', 4_000), new string('/', 4_000),
        string.Concat(Enumerable.Repeat("9 ", 2_000)), string.Concat(Enumerable.Repeat("1,111", 800)), "1×10" + new string('9', 100) + " mm", "10^99 Pa", new string('9', 21) + "亿亿亿吨", "9±", "±", "每", "5/", "5 W/(", "5 W/(m·", "分别5%",
        string.Concat(Enumerable.Repeat("5%、", 1_300)), string.Concat(Enumerable.Repeat("5%，", 1_300)) + "强度", "分别" + string.Concat(Enumerable.Repeat("5%和", 1_300)),
        string.Concat(Enumerable.Repeat("(5%)", 1_000)), string.Concat(Enumerable.Repeat("在5℃", 1_300)), string.Concat(Enumerable.Repeat("第1、", 1_300)), "第1" + string.Concat(Enumerable.Repeat("、2", 2_000)),
        string.Concat(Enumerable.Repeat("😀", 2_000)), string.Concat(Enumerable.Repeat("5😀", 1_300)), string.Concat(Enumerable.Repeat("3个的", 1_300)), "5%" + new string('长', 4_000), "5 μ", "至少提高", "1 cm-1", "0.123 4",
        "<p>强度 &gt; 5 GPa</p>", "GB/T " + new string('1', 3_900), new string(' ', 4_000) + "5%", "5" + new string(' ', 4_000) + "%",
        string.Concat(Enumerable.Repeat("甲、", 2_000)) + "和乙3个样品", string.Concat(Enumerable.Repeat("甲、3个样品", 600)), "至少是" + new string('强', 4_000) + "的2倍", string.Concat(Enumerable.Repeat("每年药物", 1_000)) + "50万元",
        string.Concat(Enumerable.Repeat("体(22g)", 650)), string.Concat(Enumerable.Repeat("0≤x", 1_300)), string.Concat(Enumerable.Repeat("0≤x≤1", 800)), string.Concat(Enumerable.Repeat("111,222,", 500)), string.Concat(Enumerable.Repeat("10-7 ", 800)),
        string.Concat(Enumerable.Repeat("1×10~(", 650)), string.Concat(Enumerable.Repeat("(5~6)", 800)), string.Concat(Enumerable.Repeat("5 g m-2 ", 500)), string.Concat(Enumerable.Repeat("比对照提高5%,", 500)), string.Concat(Enumerable.Repeat("和约5°", 900)),
        "5 g/" + new string('1', 3_900), "5" + new string('/', 3_900) + "L", "5" + string.Concat(Enumerable.Repeat("·(m·K", 600)), new string('(', 4_000) + "5~6)mm", "<b>" + string.Concat(Enumerable.Repeat("<td>5%</td>", 350)), string.Concat(Enumerable.Repeat("的5%的", 900)),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_breaks_it_and_every_place_lies_inside(string text)
    {
        var clock = Stopwatch.StartNew();
        var found = Quantities.Find(text);

        Assert.All(found, f => Assert.True(f.Start >= 0 && f.Length > 0 && f.Start + f.Length <= text.Length));
        // Linear: a text of the largest size is a matter of milliseconds; a hundred times that would show a mistake.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    // Half characters as test data would be lost on the way: runners store it as UTF-8.
    [Fact]
    public void Half_characters_are_passed_over() =>
        Assert.Equal("强度 ge 5 GPa", Write(Assert.Single(Quantities.Find("\uD83D强度\uFFFE≥5 GPa\uDE00\uFFFF")).Quantity));

    [Fact]
    public void Random_text_never_breaks_it()
    {
        const string alphabet = "0123456789.,- ×^±~至到年月元吨%℃GPamMKK/·()（）。，强度由降至分别每一二十百千万亿不低于超过以上约第数🙂\uD83D\n";
        var random = new Random(20);
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.All(Quantities.Find(text), f => Assert.True(f.Start >= 0 && f.Start + f.Length <= text.Length && (f.Quantity.High is null || f.Quantity.High >= f.Quantity.Value), text));
        }
    }

    private static string Write(Quantity q)
    {
        var high = q.High is { } end ? ".." + Plain(end) : "";
        var parts = new[] { q.Name.Length == 0 ? "-" : q.Name, q.Comparison.ToString().ToLowerInvariant(), Plain(q.Value) + high, q.Unit };
        return string.Join(' ', parts.Where(p => p.Length > 0));
    }

    private static string Plain(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
