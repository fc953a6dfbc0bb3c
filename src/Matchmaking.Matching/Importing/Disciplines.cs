using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Importing;

/// <summary>From the disciplines of the paper collection to the eleven fields of technology; what has no technology goes to social development.</summary>
public static class Disciplines
{
    public static TechnologyField FieldOf(string discipline) => discipline switch
    {
        "信息与通信工程" or "计算机科学与技术" or "电子科学与技术" or "光学工程" or "控制科学与工程" => TechnologyField.ElectronicInformation,
        "航空宇航科学与技术" or "天文学" or "兵器科学与技术" => TechnologyField.Aerospace,
        "机械工程" or "力学" or "纺织科学与工程" or "船舶与海洋工程" or "食品科学与工程" => TechnologyField.AdvancedManufacturing,
        "中医学/中药学" or "公共卫生与预防医学" or "口腔医学" or "基础医学/临床医学" or "药学" or "生物学/生物科学与工程" => TechnologyField.BioMedicine,
        "材料科学与工程" or "化学/化学工程与技术" or "冶金工程" => TechnologyField.NewMaterials,
        "动力工程及工程热物理" or "电气工程" or "石油与天然气工程" => TechnologyField.NewEnergy,
        "环境科学与工程" or "矿业工程" or "水利工程" or "大气科学" or "海洋科学" or "地质学/地质资源与地质工程" or "地球物理学" => TechnologyField.Environment,
        "核科学与技术" => TechnologyField.NuclearApplication,
        "作物学" or "农业资源利用" or "园艺学" or "林学/林业工程" or "植物保护" or "水产" or "畜牧学/兽医学" or "农业工程" => TechnologyField.Agriculture,
        "交通运输工程" => TechnologyField.ModernTransport,
        _ => TechnologyField.UrbanSocial,
    };
}
