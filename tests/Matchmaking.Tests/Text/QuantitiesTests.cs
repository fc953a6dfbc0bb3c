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
        // units, signs, ratios and dates that look like figures; names in lists, behind the figure, in an earlier clause
        { "载流子迁移率为3.1 cm2·V -1·s -1，阈值电压为0.8 V", "载流子迁移率 eq 3.1 cm2·V-1·s-1 | 阈值电压 eq 0.8 V" },
        { "酯化产物的酸值为0.42 mg KOH/g", "酸值 eq 0.42 mgKOH/g" },
        { "样地有蕨类植物5科8属12种，乔木30株", "样地有蕨类植物 eq 5 科 | 样地有蕨类植物 eq 8 属 | 样地有蕨类植物 eq 12 种 | 乔木 eq 30 株" },
        { "保种场存栏种禽80对；化合物3对4种病菌有效", "保种场存栏种禽 eq 80 对" },
        { "该展会已举办9届，2019届学员参加", "展会已举办 eq 9 届" },
        { "角点的平均定位误差为1.3 pixel", "平均定位误差 eq 1.3 pixel" },
        { "以1∶5万地形图作底图", "" },
        { "工序为酸洗—320×260 mm坯料连轧", "坯料连轧 eq 320 mm | 坯料连轧 eq 260 mm" },
        { "流动相为乙腈-0.2%甲酸溶液", "甲酸溶液 eq 0.2 %" },
        { "上午9时35分测量上述6个试件和其他8个试件", "" },
        { "未来两年的订单饱满，今后3～5年的变化", "" },
        { "差异有统计学意义(χ2值为42.55)", "" },
        { "胶料30份、其他助剂1～5份", "胶料 eq 30 份 | 其他助剂 range 1..5 份" },
        { "形成一套2万吨/年催化装置", "催化装置 eq 20000 吨/年" },
        { "公开了一种6 kV及以下阻燃电缆", "阻燃电缆 le 6 kV" },
        { "寺庙建于贞元八年(792)", "" },
        { "分别在雷诺数0.4、0.8和1.2情况下计算", "雷诺数 eq 0.4 | 雷诺数 eq 0.8 | 雷诺数 eq 1.2" },
        { "氯化钠、氯化钾和氟化钠的摩尔分数分别为0.35、0.25、0.40", "氯化钠摩尔分数 eq 0.35 | 氯化钾摩尔分数 eq 0.25 | 氟化钠摩尔分数 eq 0.4" },
        { "湿地面积明显变小,由1995年的620 hm2缩减为2010年的310 hm2", "湿地面积明显变小 eq 620 hm2 | 湿地面积明显变小 eq 310 hm2" },
        { "激振频率由35 Hz变到42 Hz", "激振频率 eq 35 Hz | 激振频率 eq 42 Hz" },
        { "药物半衰期为(8.2±0.7)、(9.1±0.6) h", "药物半衰期 eq 8.2 h | 药物半衰期 plusminus 0.7 h | 药物半衰期 eq 9.1 h | 药物半衰期 plusminus 0.6 h" },
        { "升温后保温5 min～2 h", "保温 eq 5 min | 保温 eq 2 h" },
        { "样品在4 ℃的缓冲液中保存，芯片在0.18 μm BCD工艺上流片，在250 mm行距机架上改装", "缓冲液 eq 4 ℃ | BCD工艺 eq 0.18 μm | 行距机架 eq 250 mm" },
        { "结果表明,3、7、28 d的抗压强度分别为20、40、60 MPa", "- eq 3 d | - eq 7 d | - eq 28 d | 抗压强度 eq 20 MPa | 抗压强度 eq 40 MPa | 抗压强度 eq 60 MPa" },
        { "作用3 h残菌率为2%，移栽后20 d成活率为95%", "作用 eq 3 h | 残菌率 eq 2 % | 移栽后 eq 20 d | 成活率 eq 95 %" },
        { "崩裂2例、3例接口渗漏", "崩裂 eq 2 例 | 接口渗漏 eq 3 例" },
        { "试验选用6种18个品种牧草", "品种牧草 eq 6 种 | 品种牧草 eq 18 个" },
        { "测得应力分布曲线，分别对90 m高烟囱、60 m高水塔核算", "高烟囱 eq 90 m | 高水塔核算 eq 60 m" },
        { "钙、铁、多酚的含量分别为2%、3%和4%", "钙含量 eq 2 % | 铁含量 eq 3 % | 多酚含量 eq 4 %" },
        { "断油比断电时的停机时间增加20 ms", "停机时间 eq 20 ms" },
        { "对45名在读研究生、30例下颌骨折患者、6个不同产地样品进行比较", "在读研究生 eq 45 名 | 下颌骨折患者 eq 30 例 | 不同产地样品 eq 6 个" },
        { "加入20%O_2作保护气", "O_2 eq 20 %" },
        { "融合2 m全色和8 m多光谱影像", "全色 eq 2 m | 多光谱影像 eq 8 m" },
        { "运行阻力最多可降低6%", "运行阻力 le 6 %" },
        { "收入<热工论丛>7篇", "收入<热工论丛> eq 7 篇" },
        { "2组均未开裂，比较3组试件的寿命", "" },
        { "交通贡献率为30%，其次为锅炉尾气占29%", "交通贡献率 eq 30 % | 锅炉尾气 eq 29 %" },
        { "产生的燃气热值较高，一般可达12 MJ/m3", "燃气热值较高 eq 12 MJ/m3" },
        { "用10-6 mg/L2-氯苯酚溶液处理", "2-氯苯酚溶液处理 eq 0.000001 mg/L" },
        { "米曲霉2017所产生的酶活性高", "" },
        { "生产500 MPa、600 MPa级抗震钢筋", "抗震钢筋 eq 500 MPa | 抗震钢筋 eq 600 MPa" },
        { "4周龄体重不低于500 g", "- eq 4 周龄 | 体重 ge 500 g" },
        { "Sr/Ba比为0.30～1.20，多小于1", "Sr/Ba比 range 0.3..1.2 | Sr/Ba比 lt 1" },
        { "通过谢乐公式估算的平均晶粒尺寸约为2 nm", "平均晶粒尺寸 approx 2 nm" },
        { "收集健康标本60份,随机分成3组", "健康标本 eq 60 份 | - eq 3 组" },
        { "生于周代中叶(前312年)，在磁感应强度0.4 T的磁场中退火", "磁感应强度 eq 0.4 T" },
        { "主要污染物占绝大多数，共占84%", "污染物 eq 84 %" },
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
        // What is made once for all texts.
        Quantities.Find(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = Quantities.Find(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.All(found, f => Assert.True(f.Start >= 0 && f.Length > 0 && f.Start + f.Length <= text.Length));
        // The texts of the largest size take 3 MB at most; one copied again for each of its figures takes five times that.
        Assert.InRange(allocated, 0, 8_000_000);
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
