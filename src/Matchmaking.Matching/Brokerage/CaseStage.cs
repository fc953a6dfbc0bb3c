namespace Matchmaking.Matching.Brokerage;

/// <summary>系统推荐 · 经纪人受理 · 已推送 · 单方有意 · 双方有意 · 会面 · 洽谈 · 签约 · 已登记 · 办结; 终止 from each of them but the last.</summary>
public enum CaseStage { Recommended, Accepted, Pushed, OneInterested, BothInterested, Met, Negotiating, Signed, Registered, Closed, Ended }

/// <summary>Why an introduction came to nothing: 成熟度不足, 优势不明, 商业路径不明, 描述不清, 指标不满足, 价格, 权属/排他, 时间, 已有方案, 无回应, 其他.</summary>
public enum EndReason { TooEarly, BenefitUnclear, CommercialRouteUnclear, DescriptionUnclear, FiguresNotMet, Price, Rights, Timing, HasSolution, NoAnswer, Other }

/// <summary>What can be done to a case; each is a method of <see cref="Case"/> and allowed in the stages of <see cref="Case.Allowed"/>.</summary>
public enum CaseAct { Accept, Push, Interest, Ask, Decline, Consent, WithdrawConsent, AskNda, AcceptNda, Read, Write, Meet, Negotiate, Sign, Register, Close, End, Reassign }

/// <summary>The two sides of an introduction.</summary>
public enum CaseSide { Need, Achievement }

public enum SideAnswer { None, Interested, NotInterested }

/// <summary>What a side opens to the other by its consent: name and contact, or its documents. Each is withdrawn by itself.</summary>
public enum CaseLayer { Contact, Documents }

/// <summary>What the receiver may use a contact for; stands in the consent.</summary>
public enum ConsentPurpose { TechnicalTalks, Cooperation, Quotation }

/// <summary>Why a verb of a case was refused though its stage allows it.</summary>
public enum CaseProblem { GradeTooLow, Conflict, OwnBothSides, NotPublic, NotInterested, AlreadyAnswered, NoConsent, NdaMissing, NoNda }

/// <summary>The case does not allow the act: somebody else was faster, or a condition is missing.</summary>
public sealed class CaseRefusedException(CaseAct act, CaseStage stage, CaseProblem? problem = null)
    : InvalidOperationException($"{act} is not allowed in stage {stage}{(problem is null ? "" : $": {problem}")}.")
{
    public CaseAct Act { get; } = act;
    public CaseStage Stage { get; } = stage;

    /// <summary>Null when it is the stage that does not allow it.</summary>
    public CaseProblem? Problem { get; } = problem;
}
