using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Deals;

/// <summary>技术合同: 开发 KF, 转让 ZR, 许可 XK, 咨询 ZX, 服务 FW (Civil Code, book 3 chapter 20).</summary>
public enum ContractKind { Development, Assignment, Licence, Consulting, Service }

/// <summary>Sub-kinds of the five kinds; <see cref="ContractKinds"/> says which belongs where.</summary>
public enum ContractSubKind
{
    CommissionedDevelopment, JointDevelopment,
    PatentRight, PatentApplicationRight, TradeSecretAssignment, SoftwareCopyright, PlantVarietyRight, LayoutRight,
    PatentLicence, TradeSecretLicence,
    Feasibility, Forecast, SpecialSurvey, AnalysisAndEvaluation,
    GeneralService, Training, Intermediary,
}

/// <summary>Who owns what the work brings: 委托方, 受托方, 双方共有, 另行约定.</summary>
public enum ResultOwnership { Buyer, Seller, Shared, Agreed }

/// <summary>Why the two amounts differ: 设备, 材料, 场地与基建, 差旅与培训, 其他.</summary>
public enum DifferenceKind { Equipment, Materials, Premises, TravelAndTraining, Other }

public enum ContractSide { Buyer, Seller }

/// <summary>社会经济目标, the groups that follow GB/T 24450-2009.</summary>
public enum SocialGoal
{
    Environment, Energy, Health, Education, Infrastructure, SocialDevelopment, EarthAndAtmosphere, CivilSpace, Agriculture, Industry, NonOriented, OtherCivil, Defence,
}

/// <summary>计划来源: 国家, 部门, 省, 市县, 计划外.</summary>
public enum PlanSource { National, Ministry, Province, City, None }

public static class ContractKinds
{
    /// <summary>First letters of the numbers and of statistics.</summary>
    public static string CodeOf(ContractKind kind) => kind switch
    {
        ContractKind.Development => "KF",
        ContractKind.Assignment => "ZR",
        ContractKind.Licence => "XK",
        ContractKind.Consulting => "ZX",
        ContractKind.Service => "FW",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static IReadOnlyDictionary<ContractKind, ContractSubKind[]> SubKinds { get; } = new Dictionary<ContractKind, ContractSubKind[]>
    {
        [ContractKind.Development] = [ContractSubKind.CommissionedDevelopment, ContractSubKind.JointDevelopment],
        [ContractKind.Assignment] =
        [
            ContractSubKind.PatentRight, ContractSubKind.PatentApplicationRight, ContractSubKind.TradeSecretAssignment, ContractSubKind.SoftwareCopyright,
            ContractSubKind.PlantVarietyRight, ContractSubKind.LayoutRight,
        ],
        [ContractKind.Licence] = [ContractSubKind.PatentLicence, ContractSubKind.TradeSecretLicence],
        [ContractKind.Consulting] = [ContractSubKind.Feasibility, ContractSubKind.Forecast, ContractSubKind.SpecialSurvey, ContractSubKind.AnalysisAndEvaluation],
        [ContractKind.Service] = [ContractSubKind.GeneralService, ContractSubKind.Training, ContractSubKind.Intermediary],
    };

    /// <summary>Statistics before 2021 know four kinds: what is a licence now was counted as assignment.</summary>
    public static ContractKind Before2021(ContractKind kind) => kind == ContractKind.Licence ? ContractKind.Assignment : kind;

    /// <summary>性质代码 of the registration form: organs, research institutes, schools, medical institutions, associations, firms by registration.</summary>
    public static IReadOnlyList<string> Natures { get; } =
        ["010", "021", "022", "023", "030", "100", "110", "120", "130", "140", "150", "160", "170", "190", "200", "300", "400", "900"];

    /// <summary>Number of a technology contract registration: 16 digits; older forms had 14.</summary>
    public static bool IsRegistrationNumber(string text) => text.Length is 16 or 14 && text.All(char.IsAsciiDigit);

    /// <summary>What a suggested sub-kind follows from when rights are transferred or licensed.</summary>
    public static ContractSubKind AssignmentOf(IpKind? ip) => ip switch
    {
        IpKind.InventionPatent or IpKind.UtilityModel or IpKind.Design => ContractSubKind.PatentRight,
        IpKind.Software => ContractSubKind.SoftwareCopyright,
        IpKind.PlantVariety or IpKind.BioNewVariety => ContractSubKind.PlantVarietyRight,
        IpKind.Layout => ContractSubKind.LayoutRight,
        _ => ContractSubKind.TradeSecretAssignment,
    };

    public static ContractSubKind LicenceOf(IpKind? ip) =>
        ip is IpKind.InventionPatent or IpKind.UtilityModel or IpKind.Design ? ContractSubKind.PatentLicence : ContractSubKind.TradeSecretLicence;
}
