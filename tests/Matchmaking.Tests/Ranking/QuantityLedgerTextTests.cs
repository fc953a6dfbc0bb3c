using Matchmaking.Matching.Ranking;

namespace Matchmaking.Tests.Ranking;

/// <summary>A need's sentence against an achievement's sentence: what is met, what is not, and what looks like an answer and is none.</summary>
public sealed class QuantityLedgerTextTests
{
    [Theory]
    // plainly met
    [InlineData("要求拉伸强度不低于5.2 GPa。", "纤维拉伸强度达到5.4 GPa。", LedgerVerdict.Met)]
    [InlineData("要求孔隙率小于0.5%。", "涂层孔隙率为0.3%。", LedgerVerdict.Met)]
    [InlineData("要求脱盐率大于99%。", "膜的脱盐率为99.4%。", LedgerVerdict.Met)]
    [InlineData("要求响应时间≤50 ms。", "系统响应时间为35 ms。", LedgerVerdict.Met)]
    [InlineData("循环寿命不少于2000次。", "循环寿命超过2500次。", LedgerVerdict.Met)]
    [InlineData("噪声不超过65 dB。", "整机噪声低于60 dB。", LedgerVerdict.Met)]
    [InlineData("转化率大于95%。", "转化率大于95%。", LedgerVerdict.Met)]
    // plainly not met
    [InlineData("要求拉伸强度不低于5.2 GPa。", "拉伸强度为4.9 GPa。", LedgerVerdict.NotMet)]
    [InlineData("要求孔隙率小于0.5%。", "孔隙率为0.5%。", LedgerVerdict.NotMet)]
    [InlineData("焊缝错边量不大于0.3 mm。", "焊缝错边量为0.5 mm。", LedgerVerdict.NotMet)]
    [InlineData("响应时间≤50 ms。", "响应时间超过80 ms。", LedgerVerdict.NotMet)]
    [InlineData("循环寿命不少于2000次。", "循环寿命不到1500次。", LedgerVerdict.NotMet)]
    [InlineData("比表面积≥300 m²/g。", "比表面积为280 m²/g。", LedgerVerdict.NotMet)]
    // units are converted
    [InlineData("拉伸强度≥5.2 GPa。", "拉伸强度为5400 MPa。", LedgerVerdict.Met)]
    [InlineData("拉伸强度≥5.2 GPa。", "拉伸强度为520 MPa。", LedgerVerdict.NotMet)]
    [InlineData("线宽不大于5微米。", "线宽为800 nm。", LedgerVerdict.Met)]
    [InlineData("检测时间不超过15分钟。", "检测时间为600秒。", LedgerVerdict.Met)]
    [InlineData("检测时间不超过15分钟。", "检测时间为0.5小时。", LedgerVerdict.NotMet)]
    [InlineData("年处理量不低于3万吨。", "年处理量为25000000 kg。", LedgerVerdict.NotMet)]
    [InlineData("年产值不低于1亿元。", "年产值为12000万元。", LedgerVerdict.Met)]
    [InlineData("输出功率≥6kW。", "输出功率为6500W。", LedgerVerdict.Met)]
    [InlineData("残留量不超过5 mg/kg。", "残留量为3000 ug/kg。", LedgerVerdict.Met)]
    [InlineData("堆积密度≥1.8 g/cm³。", "堆积密度为1750 kg/m³。", LedgerVerdict.NotMet)]
    [InlineData("金属杂质含量不超过10 ppm。", "金属杂质含量为0.002%。", LedgerVerdict.NotMet)]
    [InlineData("抗压强度不低于60MPa。", "抗压强度为65 N/mm2。", LedgerVerdict.Met)]
    // units that do not compare
    [InlineData("拉伸强度≥500 MPa。", "拉伸强度为600 N。", LedgerVerdict.NotStated)]
    [InlineData("使用寿命不低于5年。", "使用寿命为8000次。", LedgerVerdict.NotStated)]
    [InlineData("能耗不超过50 kWh。", "能耗为40 kWh/t。", LedgerVerdict.NotStated)]
    [InlineData("产量不低于500吨。", "产量为80 t/d。", LedgerVerdict.NotStated)]
    [InlineData("工作温度不低于200 ℃。", "工作温度为300 K。", LedgerVerdict.NotStated)]
    // another subject with the same unit
    [InlineData("拉伸强度≥500 MPa。", "弯曲强度为620 MPa。", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度≥500 MPa。", "弹性模量为900 MPa。", LedgerVerdict.NotStated)]
    [InlineData("脱硫效率不低于98%。", "脱硝效率为99%。", LedgerVerdict.NotStated)]
    [InlineData("炉内温差不大于3 ℃。", "室内温差为2 ℃。", LedgerVerdict.NotStated)]
    [InlineData("充电时间不超过30分钟。", "放电时间为20分钟。", LedgerVerdict.NotStated)]
    [InlineData("内径不小于20 mm。", "外径为40 mm。", LedgerVerdict.NotStated)]
    [InlineData("焊缝强度不低于400 MPa。", "母材强度为520 MPa。", LedgerVerdict.NotStated)]
    [InlineData("预氧化炉长度不低于10 m。", "碳化炉长度为12 m。", LedgerVerdict.NotStated)]
    [InlineData("锌含量不低于5%。", "镁含量为6%。", LedgerVerdict.NotStated)]
    [InlineData("截留率≥99%。", "回收率为99.5%。", LedgerVerdict.NotStated)]
    [InlineData("进水浊度不大于5 NTU。", "出水浊度为1 NTU。", LedgerVerdict.NotStated)]
    // ranges
    [InlineData("厚度为0.8-1.2 mm。", "厚度为0.9~1.1 mm。", LedgerVerdict.Met)]
    [InlineData("厚度为0.8-1.2 mm。", "厚度为1.0 mm。", LedgerVerdict.Met)]
    [InlineData("厚度为0.8-1.2 mm。", "厚度为0.5~1.0 mm。", LedgerVerdict.NotStated)]
    [InlineData("厚度为0.8-1.2 mm。", "厚度为2~3 mm。", LedgerVerdict.NotMet)]
    [InlineData("粒径不大于10 μm。", "粒径为2~8 μm。", LedgerVerdict.Met)]
    [InlineData("粒径不大于10 μm。", "粒径为5~20 μm。", LedgerVerdict.NotStated)]
    [InlineData("粒径不大于10 μm。", "粒径为15~20 μm。", LedgerVerdict.NotMet)]
    // tolerances
    [InlineData("定位精度≤0.02 mm。", "定位精度为±0.01 mm。", LedgerVerdict.Met)]
    [InlineData("定位精度≤0.02 mm。", "定位精度为±0.05 mm。", LedgerVerdict.NotMet)]
    // percent is not percentage points, and a change is not a level
    [InlineData("合格率不低于20%。", "合格率提高了30%。", LedgerVerdict.NotStated)]
    [InlineData("合格率提高不低于2%。", "合格率提高3个百分点。", LedgerVerdict.NotStated)]
    [InlineData("能耗降低不低于10%。", "能耗降低15%。", LedgerVerdict.Met)]
    [InlineData("能耗降低不低于10%。", "能耗降低8%。", LedgerVerdict.NotMet)]
    [InlineData("能耗降低不低于10%。", "能耗占比为15%。", LedgerVerdict.NotStated)]
    [InlineData("温差不大于3 ℃。", "温差由8 ℃降至2.5 ℃。", LedgerVerdict.Met)]
    [InlineData("温差不大于3 ℃。", "温差降低2 ℃。", LedgerVerdict.NotStated)]
    [InlineData("温差不大于3 ℃。", "温差由2 ℃升至5 ℃。", LedgerVerdict.NotMet)]
    // 最高 and 最大 say how far it can go, not what is always reached
    [InlineData("转速不低于18000 r/min。", "转速最高可达20000 r/min。", LedgerVerdict.NotStated)]
    [InlineData("承载能力不低于5吨。", "承载能力最大8吨。", LedgerVerdict.NotStated)]
    [InlineData("转速不低于18000 r/min。", "转速最高可达15000 r/min。", LedgerVerdict.NotMet)]
    [InlineData("误差不超过2%。", "误差最大为1.5%。", LedgerVerdict.Met)]
    [InlineData("挠度不超过5 mm。", "挠度最大为8 mm。", LedgerVerdict.NotStated)]
    // about
    [InlineData("收率不低于90%。", "收率约90%。", LedgerVerdict.NotStated)]
    [InlineData("收率不低于90%。", "收率约96%。", LedgerVerdict.Met)]
    [InlineData("收率不低于90%。", "收率接近80%。", LedgerVerdict.NotMet)]
    [InlineData("重量不超过18 kg。", "重量在18 kg左右。", LedgerVerdict.NotStated)]
    [InlineData("重量不超过18 kg。", "重量约15 kg。", LedgerVerdict.Met)]
    // open on the wrong side
    [InlineData("寿命不低于3000 h。", "寿命超过2000 h。", LedgerVerdict.NotStated)]
    [InlineData("寿命不低于3000 h。", "寿命不超过2000 h。", LedgerVerdict.NotMet)]
    [InlineData("水分不超过12%。", "水分不超过14%。", LedgerVerdict.NotStated)]
    [InlineData("水分不超过12%。", "水分14%以上。", LedgerVerdict.NotMet)]
    // no figure, or no figure of this
    [InlineData("拉伸强度≥500 MPa。", "拉伸强度优异。", LedgerVerdict.NotStated)]
    [InlineData("拉伸强度≥500 MPa。", "采用500 MPa压力成形。", LedgerVerdict.NotStated)]
    [InlineData("合格率不低于98%。", "三分之一的合格率数据缺失。", LedgerVerdict.NotStated)]
    public void A_sentence_against_a_sentence(string need, string achievement, LedgerVerdict expected)
    {
        var rows = QuantityLedger.Compare(
            Documents.Need with { Quantities = [], Description = need },
            Documents.Achievement with { Quantities = [], Summary = "", Description = achievement });

        Assert.Equal(expected, Assert.Single(rows).Verdict);
    }
}
