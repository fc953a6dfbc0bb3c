using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Ranking;

public sealed class QuantityLedgerTests
{
    [Theory]
    // asked, offered row, verdict
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5.8 GPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5300 MPa", LedgerVerdict.NotMet)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5800 MPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5.5 GPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Gt 5.5 GPa", "拉伸强度 Eq 5.5 GPa", LedgerVerdict.NotMet)]
    [InlineData("拉伸强度 Gt 5.5 GPa", "拉伸强度 Gt 5.5 GPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "弯曲模量 Eq 5.8 GPa", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5.8 mm", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Eq 5.8", LedgerVerdict.NotStated)]
    // an open or partly fitting offer is doubtful
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Ge 5.0 GPa", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Ge 6.0 GPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Le 6.0 GPa", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Le 5.0 GPa", LedgerVerdict.NotMet)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Range 5.6..5.9 GPa", LedgerVerdict.Met)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Range 5.2..5.9 GPa", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Range 5.0..5.4 GPa", LedgerVerdict.NotMet)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Approx 5.5 GPa", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度 Approx 6.0 GPa", LedgerVerdict.Met)]
    // smaller is better
    [InlineData("温差 Le 3 ℃", "温差 Eq 2.6 ℃", LedgerVerdict.Met)]
    [InlineData("温差 Le 3 ℃", "温差 Eq 3.4 ℃", LedgerVerdict.NotMet)]
    [InlineData("温差 Le 3 ℃", "温差 Le 3 ℃", LedgerVerdict.Met)]
    [InlineData("温差 Le 3 ℃", "温差 Lt 5 ℃", LedgerVerdict.NotStated)]
    [InlineData("温差 Le 3 ℃", "温差 Gt 3 ℃", LedgerVerdict.NotMet)]
    [InlineData("温差 Lt 3 ℃", "温差 Eq 3 ℃", LedgerVerdict.NotMet)]
    // tolerances
    [InlineData("定位精度 PlusMinus 0.02 mm", "定位精度 PlusMinus 10 μm", LedgerVerdict.Met)]
    [InlineData("定位精度 PlusMinus 0.02 mm", "定位精度 PlusMinus 0.05 mm", LedgerVerdict.NotMet)]
    [InlineData("定位精度 PlusMinus 0.02 mm", "定位精度 Le 0.01 mm", LedgerVerdict.Met)]
    [InlineData("定位精度 PlusMinus 0.02 mm", "定位精度 Le 0.05 mm", LedgerVerdict.NotStated)]
    [InlineData("定位精度 Le 0.02 mm", "定位精度 PlusMinus 0.01 mm", LedgerVerdict.Met)]
    // ranges, about, equal
    [InlineData("工作温度 Range 200..300 ℃", "工作温度 Range 220..280 ℃", LedgerVerdict.Met)]
    [InlineData("工作温度 Range 200..300 ℃", "工作温度 Range 100..400 ℃", LedgerVerdict.NotStated)]
    [InlineData("工作温度 Range 200..300 ℃", "工作温度 Eq 350 ℃", LedgerVerdict.NotMet)]
    [InlineData("厚度 Range 1..2 mm", "厚度 Eq 1500 μm", LedgerVerdict.Met)]
    [InlineData("流量 Approx 100 L/min", "流量 Eq 103 L/min", LedgerVerdict.Met)]
    [InlineData("流量 Approx 100 L/min", "流量 Eq 130 L/min", LedgerVerdict.NotMet)]
    [InlineData("线径 Eq 5 mm", "线径 Eq 5 mm", LedgerVerdict.Met)]
    [InlineData("线径 Eq 5 mm", "线径 Eq 6 mm", LedgerVerdict.NotMet)]
    [InlineData("线径 Eq 5 mm", "线径 Ge 5 mm", LedgerVerdict.NotStated)]
    // names that only look alike
    [InlineData("纵向拉伸强度 Ge 500 MPa", "横向拉伸强度 Eq 520 MPa", LedgerVerdict.NotStated)]
    [InlineData("高温拉伸强度 Ge 500 MPa", "拉伸强度 Eq 520 MPa", LedgerVerdict.NotStated)]
    [InlineData("最高温度 Ge 500 ℃", "最低温度 Eq 520 ℃", LedgerVerdict.NotStated)]
    [InlineData("合格率 Ge 20 %", "合格率提高 Eq 30 %", LedgerVerdict.NotStated)]
    [InlineData("电耗降幅 Ge 10 %", "电耗降幅 Eq 12 %", LedgerVerdict.Met)]
    [InlineData("强度 Ge 1 %", "强度离散系数 Eq 9 %", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度 Ge 1 GPa", "拉伸模量 Eq 9 GPa", LedgerVerdict.NotStated)]
    [InlineData("寿命 Ge 1 h", "循环寿命下限说明之外的寿命 Eq 9 h", LedgerVerdict.NotStated)]
    [InlineData("强度 Ge 5 某单位", "强度 Eq 5.8 某单位", LedgerVerdict.Met)]
    [InlineData("强度 Ge 1000000000000000 GPa", "强度 Eq 1000000000000000 Pa", LedgerVerdict.NotMet)]
    [InlineData("平均拉伸强度 Ge 500 MPa", "拉伸强度 Eq 520 MPa", LedgerVerdict.Met)]
    // numbers at the end of what can be computed
    [InlineData("产量 Ge 100000000000000000000 吨", "产量 Eq 200000000000000000000 吨", LedgerVerdict.Met)]
    [InlineData("产量 Ge 79228162514264337593543950335 吨", "产量 Eq 1 万吨", LedgerVerdict.NotStated)]
    [InlineData("产量 Range 1..79228162514264337593543950335 吨", "产量 Approx 79228162514264337593543950335 kg", LedgerVerdict.NotStated)]
    [InlineData("产量 PlusMinus 5 吨", "产量 Ge 4 吨", LedgerVerdict.NotStated)]
    public void A_row_against_a_row(string asked, string offered, LedgerVerdict expected)
    {
        var need = Documents.Need with { Quantities = [Parse(asked)] };
        var achievement = Documents.Achievement with { Quantities = [Parse(offered)], Summary = "", Description = "" };

        var row = Assert.Single(QuantityLedger.Compare(need, achievement));

        Assert.Equal(expected, row.Verdict);
        if (row.Verdict != LedgerVerdict.NotStated) Assert.NotNull(row.Offered);
    }

    [Theory]
    [InlineData("幅宽温差 Le 3 ℃", "满炉实测幅宽温差由8.2 ℃降到2.6 ℃。", LedgerVerdict.Met, 2.6)]
    [InlineData("幅宽温差 Le 3 ℃", "某厂幅宽温差为9 ℃。改造后幅宽温差为2.6 ℃。", LedgerVerdict.NotStated, 2.6)]
    [InlineData("合格率 Ge 20 %", "合格率提高了30%。", LedgerVerdict.NotStated, null)]
    [InlineData("电耗降幅 Ge 10 %", "风机电耗降幅达12%。", LedgerVerdict.Met, 12.0)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "拉伸强度和拉伸模量分别达到5.8 GPa和300 GPa。", LedgerVerdict.Met, 5.8)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "按GB/T 22900-2022评价。", LedgerVerdict.NotStated, null)]
    public void A_row_against_running_text(string asked, string text, LedgerVerdict expected, double? offered)
    {
        var need = Documents.Need with { Quantities = [Parse(asked)] };
        var achievement = Documents.Achievement with { Quantities = [], Summary = "", Description = text };

        var row = Assert.Single(QuantityLedger.Compare(need, achievement));

        Assert.Equal(expected, row.Verdict);
        Assert.Equal(offered, (double?)row.Offered?.Value);
        if (offered is not null) Assert.Contains(row.Words, text, StringComparison.Ordinal);
    }

    /// <summary>整套硬件成本 may be 整套成本 or a part of it: somebody has to ask.</summary>
    [Theory]
    [InlineData("整套成本 Le 6000 元", "整套硬件成本4800元。", "整套硬件成本")]
    [InlineData("单支处理成本 Le 1 元", "单支成本0.7元。", "单支成本")]
    [InlineData("符合率 Ge 90 %", "模型拟合结果总符合率98.8%。", "模型拟合结果总符合率")]
    // the nearest of several, and of one name what was reached in the end
    [InlineData("整套成本 Le 6000 元", "整套电控与采集硬件成本3000元，整套硬件成本4800元。", "整套硬件成本")]
    // a bare measure may be of anything
    [InlineData("含硫量 Le 0.1 %", "含量90%。", null)]
    [InlineData("成本 Le 6000 元", "整套传感与采集硬件成本4800元。", null)]
    // two things
    [InlineData("重复率 Le 5 %", "重复检测合格率4%。", null)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "单向板横向拉伸强度6 GPa。", null)]
    [InlineData("固化温度 Le 90 ℃", "玻璃化温度80 ℃。", null)]
    // another measure
    [InlineData("连续运行周期 Ge 6 个月", "连续运行时间2900 h。", null)]
    [InlineData("整套成本 Le 6000 元", "整套硬件成本占45%。", null)]
    [InlineData("整套成本 Le 6000 元", "整套硬件成本降低4800元。", null)]
    public void A_figure_under_a_longer_or_shorter_name_is_told_and_not_judged(string asked, string text, string? near)
    {
        var need = Documents.Need with { Quantities = [Parse(asked)] };
        var achievement = Documents.Achievement with { Quantities = [], Summary = "", Description = text };

        var row = Assert.Single(QuantityLedger.Compare(need, achievement));

        Assert.Equal((null, near, LedgerVerdict.NotStated), (row.Offered, row.Near?.Name, row.Verdict));
    }

    [Fact]
    public void A_figure_that_is_judged_has_no_near_one_beside_it()
    {
        var need = Documents.Need with { Quantities = [Parse("整套成本 Le 6000 元")] };
        var achievement = Documents.Achievement with { Quantities = [Parse("整套成本 Eq 5000 元")], Summary = "", Description = "整套硬件成本4800元。" };

        var row = Assert.Single(QuantityLedger.Compare(need, achievement));

        Assert.Equal((5000m, null, LedgerVerdict.Met), (row.Offered!.Value, row.Near, row.Verdict));
    }

    [Fact]
    public void The_owners_table_stands_before_running_text()
    {
        var need = Documents.Need with { Quantities = [Parse("拉伸强度 Ge 5.5 GPa")] };
        var achievement = Documents.Achievement with { Quantities = [Parse("拉伸强度 Eq 5.8 GPa")], Description = "早期样品拉伸强度为4.9 GPa。" };

        var row = Assert.Single(QuantityLedger.Compare(need, achievement));

        Assert.Equal((5.8m, "", LedgerVerdict.Met), (row.Offered!.Value, row.Words, row.Verdict));
    }

    [Fact]
    public void Without_a_table_the_requirements_of_the_text_are_asked()
    {
        var need = Documents.Need with { Quantities = [], Description = "现有温差8 ℃。要求温差不大于3 ℃，产线宽度2 m。" };

        var row = Assert.Single(QuantityLedger.Compare(need, Documents.Achievement));

        Assert.Equal(Documents.Figure("温差", Comparison.Le, 3, "℃"), row.Asked);
    }

    /// <summary>A clerk puts two of the figures into the table; the text asks for three and tells how things are now.</summary>
    [Theory]
    // asked for in words
    [InlineData("准确率 Ge 93 %", "希望得到损失监测器，识别准确率不低于93%，整套成本不超过6000元。", "整套成本")]
    [InlineData("厚度 Le 3 mm", "我们需要表面硬度不低于58HRC。", "表面硬度")]
    [InlineData("厚度 Le 3 mm", "目前能耗高于2 kWh，希望能耗不超过1.2 kWh。", "能耗")]
    // in one sentence with a figure of the table
    [InlineData("漏播率 Le 2 %", "改造后漏播率≤2%，单体功率不超过150 W。", "单体功率")]
    // told, not asked for
    [InlineData("漏播率 Le 2 %", "温区设定210～265 ℃，处置费超过2000元/吨。", null)]
    [InlineData("漏播率 Le 2 %", "农残送第三方检测需5到7天，批次压库严重。", null)]
    [InlineData("成雪率 Ge 60 %", "希望换掉设备，现用造雪机耗水量大于35 t。", null)]
    [InlineData("漏播率 Le 2 %", "目前漏播率≤2%的产线耗水量大于35 t。", null)]
    [InlineData("作业幅宽 Eq 3.2 m", "播种机作业幅宽3.2 m，作业速度高于5 km/h。", null)]
    // the table said it: under its whole unit, under a longer name, with another number
    [InlineData("总碳挥发量 Le 35 μg C/g", "要求总碳不超过35 μg。", null)]
    [InlineData("冲击功 Ge 40 J", "要求低温段的冲击功大于27 J。", null)]
    [InlineData("拉伸强度 Ge 5.5 GPa", "要求强度不低于5500 MPa。", null)]
    [InlineData("漏播率 Le 2 %", "要求误差不超过2 cm。", "误差")]
    public void Beside_a_table_what_the_text_asks_for_is_asked_too(string row, string text, string? besides)
    {
        var need = Documents.Need with { Quantities = [Parse(row)], Description = text };

        Assert.Equal(besides is null ? [row.Split(' ')[0]] : [row.Split(' ')[0], besides], QuantityLedger.Compare(need, Documents.Achievement).Select(r => r.Asked.Name));
    }

    [Theory]
    // what firms tell of themselves, and reports of the world
    [InlineData("公司先后投入研发经费三百多万元，拥有检测设备20余台。要求焊缝合格率不低于98%。", "焊缝合格率")]
    [InlineData("据统计，料仓故障率超过10%。希望故障停机时间不超过2 h。", "故障停机时间")]
    [InlineData("回转炉的炉温通常在800~900 ℃，需要把炉温波动控制在5 ℃以内。", "炉温波动")]
    [InlineData("目前能耗高于2 kWh，能耗较现有设备降低15%以上。", "")]
    [InlineData("申请专利不少于5项。轴承寿命≥3年。", "轴承寿命")]
    [InlineData("要求轴承寿命≥3年。厂房的建筑面积高于9000 m2。", "轴承寿命")]
    // a list goes on as its heading began
    [InlineData("主要技术指标：\n1、涂层厚度0.8~1.2 mm；\n2、涂层硬度60HRC以上。\n三、现有基础：\n1、建成产线的涂层宽度大于2 m。", "涂层厚度,涂层硬度")]
    [InlineData("预期目标\n烘干时间20~30 min。某厂现用设备的占地面积高于90 m2。", "烘干时间")]
    [InlineData("预期电耗较现有设备降低15%以上。", "电耗")]
    [InlineData("由目前的2 t提升至3 t，同时渣中含铜量≤4%。", "渣中含铜量")]
    // nothing but figures
    [InlineData("检测设备30余台，涂层硬度60HRC以上。", "涂层硬度")]
    [InlineData("涂层厚度0.8~1.2 mm，涂层硬度高于60HRC。", "涂层厚度,涂层硬度")]
    public void Without_a_table_what_the_text_only_tells_is_not_asked(string text, string asked) =>
        Assert.Equal(asked, string.Join(',', QuantityLedger.Compare(Documents.Need with { Quantities = [], Description = text }, Documents.Achievement).Select(r => r.Asked.Name)));

    [Theory]
    [InlineData("强度 Eq 4 GPa", LedgerVerdict.NotMet, LedgerVerdict.NotMet)]
    [InlineData("强度 Eq 6 GPa", LedgerVerdict.Met, LedgerVerdict.NotMet)]
    [InlineData("强度 Range 2..6 GPa", LedgerVerdict.NotStated, LedgerVerdict.NotStated)]
    public void A_need_that_contradicts_itself_is_never_met_as_a_whole(string offered, LedgerVerdict atLeastFive, LedgerVerdict atMostThree)
    {
        var need = Documents.Need with { Quantities = [Parse("强度 Ge 5 GPa"), Parse("强度 Le 3 GPa")] };
        var achievement = Documents.Achievement with { Quantities = [Parse(offered)], Summary = "", Description = "" };

        Assert.Equal([atLeastFive, atMostThree], QuantityLedger.Compare(need, achievement).Select(r => r.Verdict));
    }

    [Theory]
    [InlineData("要求密封强度不低于5 GPa，密封强度不大于3 GPa。")]
    [InlineData("密封强度≥5 GPa。考虑成本，密封强度应低于3000 MPa。")]
    [InlineData("密封强度大于5 GPa，密封强度不超过5 GPa。")]
    [InlineData("密封强度≥5 GPa，密封强度为2~3 GPa。")]
    public void Demands_of_a_text_that_exclude_each_other_are_told_and_not_judged(string text)
    {
        var need = Documents.Need with { Quantities = [], Description = text };
        var achievement = Documents.Achievement with { Quantities = [Parse("密封强度 Eq 6 GPa")], Summary = "", Description = "" };

        var rows = QuantityLedger.Compare(need, achievement);

        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal(("密封强度", LedgerVerdict.Contradicted, 6m), (r.Asked.Name, r.Verdict, r.Offered!.Value)));
    }

    [Theory]
    [InlineData("要求密封强度不低于5 GPa，密封强度不大于8 GPa。")]
    [InlineData("密封强度≥5 GPa，密封强度≥3 GPa。")]
    [InlineData("密封强度≥5 GPa，密封强度不高于5 GPa。")]
    [InlineData("密封强度≥5 GPa，密封强度提高不超过3 GPa。")]
    public void Demands_of_a_text_that_can_both_be_met_are_judged_by_the_first(string text)
    {
        var need = Documents.Need with { Quantities = [], Description = text };
        var achievement = Documents.Achievement with { Quantities = [Parse("密封强度 Eq 6 GPa")], Summary = "", Description = "" };

        Assert.Equal(LedgerVerdict.Met, Assert.Single(QuantityLedger.Compare(need, achievement)).Verdict);
    }

    /// <summary>In a night a document is a candidate hundreds of times.</summary>
    [Fact]
    public void The_figures_of_a_document_are_looked_for_once()
    {
        var (need, achievement) = (Documents.Need with { Description = "要求温差不大于3 ℃。" }, Documents.Achievement with { Description = "温差为2.6 ℃。" });

        Assert.Same(new PreparedListing(need, null).Asked, new PreparedListing(need, null).Asked);
        Assert.Same(new PreparedListing(achievement, null).Offered, new PreparedListing(achievement, null).Offered);
        // Another version of the record is another document.
        Assert.NotEqual(new PreparedListing(need, null).Asked, new PreparedListing(need with { Description = "" }, null).Asked);
    }

    [Fact]
    public void Nothing_asked_is_an_empty_ledger() =>
        Assert.Empty(QuantityLedger.Compare(Documents.Need with { Quantities = [], Description = "" }, Documents.Achievement));

    private static Quantity Parse(string text)
    {
        var parts = text.Split(' ');
        var ends = parts[2].Split("..");
        decimal Number(string number) => decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return new Quantity(parts[0], Enum.Parse<Comparison>(parts[1]), Number(ends[0]), ends.Length > 1 ? Number(ends[1]) : null, parts.Length > 3 ? parts[3] : "");
    }
}
