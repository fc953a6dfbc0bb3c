using System.Globalization;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Deals;

/// <param name="Changed">Somebody else changed the contract after the actor read it; nothing was done.</param>
/// <param name="Problems">What does not hold; nothing was done.</param>
public sealed record ContractDecision(Contract? Contract, bool Changed, IReadOnlyList<Problem> Problems)
{
    public bool Done => Contract is not null && !Changed && Problems.Count == 0;

    internal static ContractDecision Refused(string field, string code, params object[] arguments) => new(null, false, [new Problem(field, code, arguments)]);

    internal static ContractDecision Overtaken { get; } = new(null, true, []);
}

/// <summary>
/// What is done with a contract, with everything that belongs to the act in one transaction: the step, the audit entry and who is told.
/// Whoever acts on what somebody else has changed meanwhile is told so, and nothing happens.
/// </summary>
public sealed class ContractActs(MatchmakingDbContext db, WorkingDays workingDays, LocalCalendar calendar, TimeProvider clock)
{
    public static string Subject(Contract contract) => $"contract:{contract.Id}";

    public static string Address(int id) => $"/contracts/{id}";

    /// <summary>Makes a draft; the same key twice (a double click) gives the contract that is there.</summary>
    public async Task<ContractDecision> CreateAsync(ContractContent content, IReadOnlyCollection<int> achievementIds, int? needId, int? caseId, int? brokerId, Guid key, int by, CancellationToken cancellationToken)
    {
        if (await db.Contracts.SingleOrDefaultAsync(c => c.CreationKey == key, cancellationToken) is { } known) return new(known, false, []);
        if (ContractRules.CheckDraft(content) is { Count: > 0 } problems) return new(null, false, problems);
        var now = clock.GetUtcNow();
        var contract = new Contract(by, brokerId, caseId, needId, achievementIds, now);
        contract.CreatedBy(key);
        contract.Describe(await WithOrganizationsAsync(content, cancellationToken), achievementIds, calendar.Today, now);
        db.Contracts.Add(contract);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.Audit(by, "contract.create", Subject(contract), now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // The index on the key let one of two clicks in.
            db.ChangeTracker.Clear();
            if (await db.Contracts.SingleOrDefaultAsync(c => c.CreationKey == key, cancellationToken) is not { } first) throw;
            return new(first, false, []);
        }
        return new(contract, false, []);
    }

    public Task<ContractDecision> DescribeAsync(int id, int readVersion, ContractContent content, IReadOnlyCollection<int> achievementIds, int by, CancellationToken cancellationToken) =>
        ActAsync(id, readVersion, ContractAct.Describe, "contract.describe", by, async (contract, now) =>
        {
            var problems = contract.State == ContractState.Draft ? ContractRules.CheckDraft(content) : ContractRules.CheckSigned(content, calendar.Today);
            if (problems.Count == 0) contract.Describe(await WithOrganizationsAsync(content, cancellationToken), achievementIds, calendar.Today, now);
            return problems;
        }, cancellationToken);

    public Task<ContractDecision> SignAsync(int id, int readVersion, int by, CancellationToken cancellationToken) =>
        ActAsync(id, readVersion, ContractAct.Sign, "contract.sign", by, async (contract, now) =>
        {
            var problems = ContractRules.CheckSigned(contract.Content(), calendar.Today);
            if (problems.Count > 0) return problems;
            contract.Sign(calendar.Today, by, now);
            if (contract.NeedId is { } needId && await db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == needId, cancellationToken) is { } need && need.May(ListingAct.Sign)) need.Sign(by, now);
            if (await CaseOfAsync(contract, cancellationToken) is { } introduction && introduction.May(CaseAct.Sign))
            {
                introduction.Sign(contract.Id, by, now);
                introduction.ReckonBy(workingDays);
            }
            await TellPartiesAsync(contract, now, cancellationToken);
            return [];
        }, cancellationToken);

    /// <summary>Handed in for registration on a day; the office's term follows from amount and working days.</summary>
    public Task<ContractDecision> SubmitAsync(int id, int readVersion, DateOnly on, int by, CancellationToken cancellationToken) =>
        ActAsync(id, readVersion, ContractAct.Submit, "contract.submit", by, (contract, now) =>
        {
            if (DayProblem(on, contract.SignedOn, nameof(on)) is { } problem) return Problems(problem);
            var content = contract.Content();
            if (ContractRules.MissingForRegistration(content) is { Count: > 0 } missing) return Problems([.. missing.Select(field => new Problem(field, "Missing"))]);
            contract.Submit(on, workingDays.After(on, ContractRules.DecisionTerm(contract.TotalAmount!.Value, content.Disputed)), by, now);
            return Problems();
        }, cancellationToken);

    public Task<ContractDecision> SendBackAsync(int id, int readVersion, string reason, int by, CancellationToken cancellationToken) =>
        WithReasonAsync(id, readVersion, reason, ContractAct.SendBack, "contract.send-back", by, (contract, now) => contract.SendBack(reason, by, now), cancellationToken);

    public Task<ContractDecision> ChangeAsync(int id, int readVersion, string reason, int by, CancellationToken cancellationToken) =>
        WithReasonAsync(id, readVersion, reason, ContractAct.Change, "contract.change", by, (contract, now) => contract.Change(reason, by, now), cancellationToken);

    public Task<ContractDecision> CancelAsync(int id, int readVersion, string reason, int by, CancellationToken cancellationToken) =>
        WithReasonAsync(id, readVersion, reason, ContractAct.Cancel, "contract.cancel", by, (contract, now) => contract.Cancel(reason, by, now), cancellationToken);

    public Task<ContractDecision> RegisterAsync(int id, int readVersion, string number, DateOnly on, int by, CancellationToken cancellationToken) =>
        ActAsync(id, readVersion, ContractAct.Register, "contract.register", by, async (contract, now) =>
        {
            if (!ContractKinds.IsRegistrationNumber(number)) return [new Problem(nameof(number), "RegistrationNumber", number)];
            if (DayProblem(on, contract.SubmittedOn, nameof(on)) is { } problem) return [problem];
            if (await db.Contracts.AnyAsync(c => c.RegistrationNumber == number && c.Id != id, cancellationToken)) return [new Problem(nameof(number), "NumberTaken", number)];
            contract.Register(number, on, by, now);
            if (await CaseOfAsync(contract, cancellationToken) is { } introduction && introduction.May(CaseAct.Register))
            {
                introduction.Register(by, now);
                introduction.ReckonBy(workingDays);
            }
            await TellPartiesAsync(contract, now, cancellationToken);
            return [];
        }, cancellationToken);

    /// <summary>Answers what became of the contract after so many months.</summary>
    public Task<ContractDecision> AnswerFollowUpAsync(int id, int afterMonths, decimal output, decimal sales, int jobs, bool nextContract, string remark, int by, CancellationToken cancellationToken) =>
        ActAsync(id, null, null, "contract.follow-up", by, (contract, now) =>
        {
            if (contract.FollowUps.SingleOrDefault(f => f.AfterMonths == afterMonths) is not { } followUp || followUp.AnsweredAt is not null) return Problems(new Problem(nameof(remark), "FollowUpAnswered"));
            followUp.Answer(output, sales, jobs, nextContract, remark, by, now);
            return Problems();
        }, cancellationToken);

    private async Task<Case?> CaseOfAsync(Contract contract, CancellationToken cancellationToken) =>
        contract.CaseId is { } id ? await db.Cases.Include(c => c.Parties).Include(c => c.Consents).SingleOrDefaultAsync(c => c.Id == id, cancellationToken) : null;

    private Task<ContractDecision> WithReasonAsync(int id, int readVersion, string reason, ContractAct act, string action, int by, Action<Contract, DateTimeOffset> change, CancellationToken cancellationToken) =>
        ActAsync(id, readVersion, act, action, by, (contract, now) =>
        {
            if (reason.Length == 0) return Problems(new Problem(nameof(reason), "Missing"));
            if (reason.Length > Contract.MaxReason) return Problems(new Problem(nameof(reason), "TooLong", reason.Length, Contract.MaxReason));
            change(contract, now);
            return Problems();
        }, cancellationToken);

    private async Task<ContractDecision> ActAsync(int id, int? readVersion, ContractAct? act, string action, int by, Func<Contract, DateTimeOffset, Task<IReadOnlyList<Problem>>> decide, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var contract = await db.Contracts.Include(c => c.Parties).Include(c => c.Achievements).Include(c => c.Versions).Include(c => c.FollowUps).AsSplitQuery()
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contract is null || (readVersion is { } version && contract.Version != version)) return ContractDecision.Overtaken;
        if (act is { } required && !contract.May(required)) return ContractDecision.Overtaken;
        var now = clock.GetUtcNow();
        var problems = await decide(contract, now);
        if (problems.Count > 0)
        {
            db.ChangeTracker.Clear();
            return new(contract, false, problems);
        }
        db.Audit(by, action, Subject(contract), now, Details(contract));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new(contract, false, []);
        }
        catch (DbUpdateException)
        {
            // The version, or the index on the registration number: somebody was faster.
            db.ChangeTracker.Clear();
            return ContractDecision.Overtaken;
        }
    }

    /// <summary>The state, and of a registered contract its day, so that what was counted can be counted again from the log.</summary>
    private static string Details(Contract contract) =>
        contract.RegisteredOn is { } on && contract.State == ContractState.Registered ? string.Create(CultureInfo.InvariantCulture, $"{contract.State} {on:yyyy-MM-dd}") : contract.State.ToString();

    private Problem? DayProblem(DateOnly on, DateOnly? notBefore, string field) =>
        on > calendar.Today ? new Problem(field, "DayInFuture", on) : on < notBefore ? new Problem(field, "DayTooEarly", on, notBefore) : null;

    /// <summary>A party whose code is one of the platform's organisations belongs to it, whatever name was typed.</summary>
    private async Task<ContractContent> WithOrganizationsAsync(ContractContent content, CancellationToken cancellationToken)
    {
        var codes = content.Parties.Select(p => CreditCode.Normalize(p.CreditCode)).OfType<string>().ToList();
        var known = await db.Organizations.Where(o => codes.Contains(o.CreditCode)).ToDictionaryAsync(o => o.CreditCode, o => o.Id, cancellationToken);
        return content with
        {
            Parties = [.. content.Parties.Select(p => CreditCode.Normalize(p.CreditCode) is { } code ? p with { CreditCode = code, OrganizationId = known.TryGetValue(code, out var id) ? id : null } : p with { OrganizationId = null })],
        };
    }

    private async Task TellPartiesAsync(Contract contract, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var members = await db.MembersOf(contract.OrganizationIds).Select(u => u.Id).ToListAsync(cancellationToken);
        foreach (var member in members) db.Tell(member, contract.State == ContractState.Registered ? NoticeKind.ContractRegistered : NoticeKind.ContractSigned, Address(contract.Id), now, contract.Title);
    }

    private static Task<IReadOnlyList<Problem>> Problems(params Problem[] problems) => Task.FromResult<IReadOnlyList<Problem>>(problems);
}
