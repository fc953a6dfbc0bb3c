using Matchmaking.Matching.Notices;

namespace Matchmaking.Matching.Brokerage;

/// <summary>The acts of the two sides, and every showing of what they have opened to each other.</summary>
public sealed partial class Introductions
{
    public Task<CaseDecision> SayInterestedAsync(int caseId, CaseSide side, Interest interest, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            found.SayInterested(side, interest, by, at);
            db.Audit(by, "case.interested", Subject(caseId), at, $"{side}");
            audience.TellBroker(found, NoticeKind.CaseAnswered, at);
            await audience.TellSideAsync(found, Case.Other(side), NoticeKind.CaseAnswered, at, cancellationToken);
        }, cancellationToken);

    public Task<CaseDecision> DeclineAsync(int caseId, CaseSide side, EndReason reason, string remark, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            found.Decline(side, reason, remark, by, at);
            db.Audit(by, "case.decline", Subject(caseId), at, $"{side} {reason}");
            audience.TellBroker(found, NoticeKind.CaseEnded, at);
            await audience.TellSideAsync(found, Case.Other(side), NoticeKind.CaseEnded, at, cancellationToken);
        }, cancellationToken);

    /// <summary>A question instead of an answer; it stands in the case as a message.</summary>
    public Task<CaseDecision> AskAsync(int caseId, CaseSide side, string question, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            found.Ask(side, by, at);
            db.CaseNotes.Add(new CaseNote(caseId, side, false, question, by, at));
            db.Audit(by, "case.ask", Subject(caseId), at, $"{side}");
            audience.TellBroker(found, NoticeKind.CaseMessage, at);
            await audience.TellSideAsync(found, Case.Other(side), NoticeKind.CaseMessage, at, cancellationToken);
        }, cancellationToken);

    /// <param name="side">The side that writes; null for the broker.</param>
    public Task<CaseDecision> WriteAsync(int caseId, CaseSide? side, bool isPrivate, string text, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            if (!found.May(CaseAct.Write)) throw new CaseRefusedException(CaseAct.Write, found.Stage);
            db.CaseNotes.Add(new CaseNote(caseId, side, isPrivate, text, by, at));
            db.Audit(by, isPrivate ? "case.note" : "case.message", Subject(caseId), at);
            if (isPrivate) return;
            if (side is not null) audience.TellBroker(found, NoticeKind.CaseMessage, at);
            foreach (var reader in Enum.GetValues<CaseSide>().Where(s => s != side && found.IsKnownTo(s)))
                await audience.TellSideAsync(found, reader, NoticeKind.CaseMessage, at, cancellationToken);
        }, cancellationToken);

    /// <param name="layers">What is opened; contact is the first that any other needs.</param>
    public Task<CaseDecision> ConsentAsync(
        int caseId, CaseSide side, IReadOnlyCollection<CaseLayer> layers, ConsentPurpose purpose, string receiver, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            foreach (var layer in layers.Order()) found.Consent(side, layer, purpose, receiver, by, at);
            db.Audit(by, "case.consent", Subject(caseId), at, $"{side} {string.Join(' ', layers.Order())} {purpose} organization:{found.Party(Case.Other(side)).OrganizationId}");
            audience.TellBroker(found, NoticeKind.CaseConsented, at);
            await audience.TellSideAsync(found, Case.Other(side), NoticeKind.CaseConsented, at, cancellationToken);
        }, cancellationToken);

    public Task<CaseDecision> WithdrawConsentAsync(int caseId, CaseSide side, CaseLayer layer, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, (found, at) =>
        {
            if (!found.WithdrawConsent(side, layer, by, at)) return Task.CompletedTask;
            db.Audit(by, "case.withdraw-consent", Subject(caseId), at, $"{side} {layer}");
            audience.TellBroker(found, NoticeKind.CaseConsented, at);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>The broker asks both sides to accept a confidentiality agreement before documents open.</summary>
    public Task<CaseDecision> AskNdaAsync(int caseId, string text, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            if (!found.May(CaseAct.AskNda)) throw new CaseRefusedException(CaseAct.AskNda, found.Stage);
            if (text == found.NdaText) return;
            found.AskNda(text, by, at);
            db.Audit(by, "case.nda", Subject(caseId), at);
            foreach (var side in Enum.GetValues<CaseSide>().Where(found.IsKnownTo)) await audience.TellSideAsync(found, side, NoticeKind.CaseMessage, at, cancellationToken);
        }, cancellationToken);

    public Task<CaseDecision> AcceptNdaAsync(int caseId, CaseSide side, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, (found, at) =>
        {
            found.AcceptNda(side, by, at);
            db.Audit(by, "case.accept-nda", Subject(caseId), at, $"{side}");
            audience.TellBroker(found, NoticeKind.CaseConsented, at);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>
    /// Shows a layer of <paramref name="side"/> to somebody of the other side. Only after <see cref="CaseOutcome.Done"/> may it be shown: then the row
    /// is stored, and nobody has withdrawn before it.
    /// </summary>
    public Task<CaseDecision> ShowAsync(int caseId, CaseSide side, CaseLayer layer, int readerId, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            db.ContactReadings.Add(found.Read(side, layer, readerId, at));
            db.Audit(readerId, "contact.read", Subject(caseId), at, $"{side} {layer}");
            await audience.TellSideAsync(found, side, NoticeKind.ContactShown, at, cancellationToken);
        }, cancellationToken);

    /// <summary>Shows a side's contact to the responsible broker.</summary>
    public Task<CaseDecision> ShowToBrokerAsync(int caseId, CaseSide side, int brokerId, CancellationToken cancellationToken) =>
        ActAsync(caseId, (found, at) =>
        {
            db.ContactReadings.Add(found.ReadAsBroker(side, brokerId, at));
            db.Audit(brokerId, "contact.read", Subject(caseId), at, $"{side} broker");
            return Task.CompletedTask;
        }, cancellationToken);
}
