namespace Matchmaking.Matching.Listings;

/// <summary>技术领域: the eleven fields of technology-market statistics.</summary>
public enum TechnologyField
{
    ElectronicInformation, Aerospace, AdvancedManufacturing, BioMedicine, NewMaterials, NewEnergy,
    Environment, NuclearApplication, Agriculture, ModernTransport, UrbanSocial,
}

/// <summary>需求类别: 技术研发, 产品研发, 技术改造, 技术配套.</summary>
public enum NeedKind { Research, Product, Renovation, Support }

/// <summary>期限类别: within a year, 2–3 years, 3–5 years.</summary>
public enum Horizon { Near, Mid, Long }

/// <summary>合作方式.</summary>
public enum CooperationMode
{
    Transfer, Licence, EquityInvestment, JointDevelopment, CommissionedDevelopment, TechnicalService, JointEntity, Other,
}

/// <summary>所处阶段 of the national achievement registration: 初期, 中期, 成熟应用.</summary>
public enum AchievementStage { Early, Middle, Mature }

public enum IpKind { TradeSecret, InventionPatent, UtilityModel, Design, Software, PlantVariety, Layout, BioNewVariety, None }

/// <summary>职务成果, 赋权, 单列管理, 先用后转, 可开放许可.</summary>
public enum AchievementFlag { ServiceAchievement, Empowered, SeparateManagement, UseFirstPayLater, OpenLicence }

/// <summary>How it is paid (支付方式): 一次总付, 分期支付, 提成支付, 入门费加提成.</summary>
public enum PaymentMode { LumpSum, Instalments, Royalty, EntryFeeAndRoyalty }

/// <summary>公开需求信息 of the challenge forms: 是, 部分, 否.</summary>
public enum Openness { Yes, Partly, No }

/// <summary>Consent ticks of the challenge forms: 接受专家服务, 参与方案筛选评价.</summary>
public enum NeedConsent { ExpertService, Selection }

/// <summary>成果水平 of the national achievement registration.</summary>
public enum EvaluationLevel { InternationalLeading, InternationalAdvanced, DomesticLeading, DomesticAdvanced, DomesticOrdinary, NotEvaluated }

/// <summary>成果属性: 原始性创新, 国外引进消化吸收创新, 国内技术二次开发.</summary>
public enum AchievementAttribute { Original, AbsorbedFromAbroad, DevelopedFurther }

/// <summary>The scale that a readiness level was judged by; levels of two scales are not the same.</summary>
public enum TrlScale { Gbt22900, Gjb7688, Iso16290, HorizonEurope }

/// <summary>Who may see the owner's name: everybody, only somebody named in a consent, or members of verified organisations.</summary>
public enum Disclosure { Named, Anonymous, Members }

/// <summary>
/// 草稿, 待推荐, 待审核, 退回修改, 已发布, 对接中/洽谈中, 已签约, 已解决 (a need), 已转化 (an achievement), 二次诊断, 转长期跟踪, 已过期, 已撤回/已下架, 已归档.
/// What each means to readers stands in <see cref="ListingStates"/>.
/// </summary>
public enum ListingState
{
    Draft, AwaitingOffice, Submitted, Returned, Published, InTalks, Contracted, Solved, Transformed, SecondDiagnosis, Tracked, Expired, Withdrawn, Archived,
}
