using System.Text.Json;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Deals;

public enum ContractState { Draft, Signed, Submitted, Registered, Cancelled }

public enum ContractAct { Describe, Sign, Submit, SendBack, Register, Change, Cancel }

/// <summary>The state of the contract does not allow the act: somebody else was faster, or the page was old.</summary>
public sealed class ContractRefusedException(ContractAct act, ContractState state) : InvalidOperationException($"{act} is not allowed in state {state}.")
{
    public ContractAct Act { get; } = act;
    public ContractState State { get; } = state;
}

/// <summary>
/// 技术合同 from draft to its registration. Both amounts are kept, with the parties and the achievements it rests on; each time it is signed,
/// registered or changed its content is frozen as a version, so that a figure counted from it can be opened as it stood.
/// </summary>
public sealed class Contract
{
    public const int MaxReason = 500;
    public const int MaxRegistrationNumber = 16;

    private Contract() { }

    public Contract(int createdById, int? brokerId, int? caseId, int? needId, IEnumerable<int> achievementIds, DateTimeOffset at)
    {
        CreatedById = createdById;
        BrokerId = brokerId;
        CaseId = caseId;
        NeedId = needId;
        foreach (var id in achievementIds.Distinct()) Achievements.Add(new ContractAchievement(this, id));
        CreatedAt = UpdatedAt = at;
    }

    public int Id { get; private set; }
    public int CreatedById { get; private set; }
    public int? BrokerId { get; private set; }
    public int? CaseId { get; private set; }
    public int? NeedId { get; private set; }
    public Guid CreationKey { get; private set; } = Guid.NewGuid();

    public string Title { get; private set; } = "";
    public ContractKind? Kind { get; private set; }
    public ContractSubKind? SubKind { get; private set; }
    public TechnologyField? Field { get; private set; }

    /// <summary>万元.</summary>
    public decimal? TotalAmount { get; private set; }
    public decimal? TechnologyAmount { get; private set; }
    public DateOnly? SignedOn { get; private set; }

    /// <summary>The whole content as JSON; the columns above repeat what is searched and summed.</summary>
    public string ContentJson { get; private set; } = "{}";

    public ContractState State { get; private set; }
    public DateOnly? SubmittedOn { get; private set; }

    /// <summary>Last day on which the registration office is to decide.</summary>
    public DateOnly? DecisionDue { get; private set; }
    public string? RegistrationNumber { get; private set; }
    public DateOnly? RegisteredOn { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }

    public ICollection<ContractPartyRow> Parties { get; } = [];

    /// <summary>Organisations of the platform among the parties.</summary>
    public IReadOnlyList<int> OrganizationIds => [.. Parties.Select(p => p.OrganizationId).OfType<int>()];
    public ICollection<ContractAchievement> Achievements { get; } = [];
    public ICollection<ContractStep> Steps { get; } = [];
    public ICollection<ContractVersion> Versions { get; } = [];
    public ICollection<FollowUp> FollowUps { get; } = [];

    public static IReadOnlyDictionary<ContractAct, ContractState[]> Allowed { get; } = new Dictionary<ContractAct, ContractState[]>
    {
        [ContractAct.Describe] = [ContractState.Draft, ContractState.Signed],
        [ContractAct.Sign] = [ContractState.Draft],
        [ContractAct.Submit] = [ContractState.Signed],
        [ContractAct.SendBack] = [ContractState.Submitted],
        [ContractAct.Register] = [ContractState.Submitted],
        [ContractAct.Change] = [ContractState.Registered],
        [ContractAct.Cancel] = [ContractState.Draft, ContractState.Signed, ContractState.Submitted, ContractState.Registered],
    };

    public bool May(ContractAct act) => Allowed[act].Contains(State);

    public ContractContent Content() => JsonSerializer.Deserialize<ContractContent>(ContentJson, Revision.Json) ?? new ContractContent();

    public void Describe(ContractContent content, IEnumerable<int> achievementIds, DateOnly today, DateTimeOffset at)
    {
        Require(ContractAct.Describe);
        Refuse(State == ContractState.Draft ? ContractRules.CheckDraft(content) : ContractRules.CheckSigned(content, today));
        ContentJson = JsonSerializer.Serialize(content, Revision.Json);
        Title = content.Title;
        Kind = content.Kind;
        SubKind = content.SubKind;
        Field = content.Field;
        TotalAmount = content.TotalAmount;
        TechnologyAmount = content.TechnologyAmount;
        SignedOn = content.SignedOn;
        Parties.Clear();
        foreach (var party in content.Parties) Parties.Add(new ContractPartyRow(this, party));
        var wanted = achievementIds.ToHashSet();
        foreach (var gone in Achievements.Where(a => !wanted.Contains(a.AchievementId)).ToList()) Achievements.Remove(gone);
        foreach (var id in wanted.Except(Achievements.Select(a => a.AchievementId)).ToList()) Achievements.Add(new ContractAchievement(this, id));
        UpdatedAt = at;
    }

    /// <summary>Both sides have signed; from here on the contract counts as concluded and waits for its registration.</summary>
    public void Sign(DateOnly today, int by, DateTimeOffset at)
    {
        Require(ContractAct.Sign);
        Refuse(ContractRules.CheckSigned(Content(), today));
        Move(ContractState.Signed, by, at, null);
        Freeze("signed", by, at);
        foreach (var months in FollowUp.Months) FollowUps.Add(new FollowUp(this, months, SignedOn!.Value.AddMonths(months)));
    }

    /// <param name="due">Last day of the office's term, by <see cref="ContractRules.DecisionTerm"/> and the working days.</param>
    public void Submit(DateOnly on, DateOnly due, int by, DateTimeOffset at)
    {
        Require(ContractAct.Submit);
        if (on < SignedOn) throw new ArgumentOutOfRangeException(nameof(on), "A contract is handed in after it was signed.");
        (SubmittedOn, DecisionDue) = (on, due);
        Move(ContractState.Submitted, by, at, null);
    }

    /// <summary>The registration office wants something changed or added.</summary>
    public void SendBack(string reason, int by, DateTimeOffset at)
    {
        Require(ContractAct.SendBack);
        (SubmittedOn, DecisionDue) = (null, null);
        Move(ContractState.Signed, by, at, reason);
    }

    /// <param name="number">合同登记编号, <see cref="ContractKinds.IsRegistrationNumber"/>.</param>
    public void Register(string number, DateOnly on, int by, DateTimeOffset at)
    {
        Require(ContractAct.Register);
        if (!ContractKinds.IsRegistrationNumber(number)) throw new ArgumentException("Not a registration number.", nameof(number));
        if (on < SubmittedOn) throw new ArgumentOutOfRangeException(nameof(on), "A contract is registered after it was handed in.");
        (RegistrationNumber, RegisteredOn) = (number, on);
        Move(ContractState.Registered, by, at, number);
        Freeze("registered", by, at);
    }

    /// <summary>Opens a registered contract for a change; it is registered anew, and the version that was registered stays.</summary>
    public void Change(string reason, int by, DateTimeOffset at)
    {
        Require(ContractAct.Change);
        (SubmittedOn, DecisionDue, RegisteredOn) = (null, null, null);
        Move(ContractState.Signed, by, at, reason);
    }

    public void Cancel(string reason, int by, DateTimeOffset at)
    {
        Require(ContractAct.Cancel);
        Move(ContractState.Cancelled, by, at, reason);
        foreach (var open in FollowUps.Where(f => f.AnsweredAt is null).ToList()) FollowUps.Remove(open);
    }

    public void CreatedBy(Guid key) => CreationKey = key;

    internal void Saved() => Version++;

    private void Freeze(string why, int by, DateTimeOffset at) => Versions.Add(new ContractVersion(this, Versions.Count + 1, why, by, at));

    private static void Refuse(IReadOnlyList<Problem> problems)
    {
        if (problems is [var first, ..]) throw new InvalidOperationException($"The contract does not hold: {first.Field} {first.Code}.");
    }

    private void Require(ContractAct act)
    {
        if (!May(act)) throw new ContractRefusedException(act, State);
    }

    private void Move(ContractState to, int by, DateTimeOffset at, string? remark)
    {
        Steps.Add(new ContractStep(this, State, to, by, at, remark));
        State = to;
        UpdatedAt = at;
    }
}

/// <summary>A party of the contract as a row, to find the contracts of an organisation or of a code.</summary>
public sealed class ContractPartyRow
{
    private ContractPartyRow() { }

    internal ContractPartyRow(Contract contract, ContractParty party) =>
        (Contract, Side, Name, CreditCode, Region, OrganizationId) = (contract, party.Side, party.Name, party.CreditCode, party.Region, party.OrganizationId);

    public int Id { get; private set; }
    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public ContractSide Side { get; private set; }
    public string Name { get; private set; } = "";
    public string CreditCode { get; private set; } = "";
    public string Region { get; private set; } = "";
    public int? OrganizationId { get; private set; }
}

public sealed class ContractAchievement
{
    private ContractAchievement() { }

    internal ContractAchievement(Contract contract, int achievementId) => (Contract, AchievementId) = (contract, achievementId);

    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public int AchievementId { get; private set; }
}

/// <summary>Who moved the contract, when and why.</summary>
public sealed class ContractStep
{
    private ContractStep() { }

    internal ContractStep(Contract contract, ContractState from, ContractState to, int byId, DateTimeOffset at, string? remark) =>
        (Contract, From, To, ById, At, Remark) = (contract, from, to, byId, at, remark);

    public int Id { get; private set; }
    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public ContractState From { get; private set; }
    public ContractState To { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Remark { get; private set; }
}

/// <summary>The content as it was signed or registered. Never changes.</summary>
public sealed class ContractVersion
{
    private ContractVersion() { }

    internal ContractVersion(Contract contract, int number, string why, int byId, DateTimeOffset at) =>
        (Contract, Number, Why, ById, At, ContentJson, RegistrationNumber) = (contract, number, why, byId, at, contract.ContentJson, contract.RegistrationNumber);

    public int Id { get; private set; }
    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public int Number { get; private set; }

    /// <summary>signed or registered.</summary>
    public string Why { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string ContentJson { get; private set; } = "{}";
    public string? RegistrationNumber { get; private set; }
}

/// <summary>What became of it 6, 12 and 24 months after signing; asked of the parties, answered once.</summary>
public sealed class FollowUp
{
    public const int MaxRemark = 500;

    public static IReadOnlyList<int> Months { get; } = [6, 12, 24];

    private FollowUp() { }

    internal FollowUp(Contract contract, int months, DateOnly due) => (Contract, AfterMonths, Due) = (contract, months, due);

    public int Id { get; private set; }
    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public int AfterMonths { get; private set; }
    public DateOnly Due { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public int? AnsweredById { get; private set; }

    /// <summary>新增产值, 新增销售, 万元.</summary>
    public decimal? Output { get; private set; }
    public decimal? Sales { get; private set; }
    public int? Jobs { get; private set; }
    public bool? NextContract { get; private set; }
    public string Remark { get; private set; } = "";

    public void Ask(DateTimeOffset at) => AskedAt ??= at;

    /// <exception cref="InvalidOperationException">It is answered already.</exception>
    public void Answer(decimal output, decimal sales, int jobs, bool nextContract, string remark, int by, DateTimeOffset at)
    {
        if (AnsweredAt is not null) throw new InvalidOperationException("The follow-up is answered already.");
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfNegative(sales);
        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        (Output, Sales, Jobs, NextContract, Remark, AnsweredById, AnsweredAt) = (output, sales, jobs, nextContract, remark, by, at);
    }
}
