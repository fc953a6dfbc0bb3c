namespace Matchmaking.Matching.Brokerage;

/// <summary>What the two sides do: answer, consent, withdraw, accept the confidentiality agreement, read.</summary>
public sealed partial class Case
{
    public void SayInterested(CaseSide side, Interest interest, int by, DateTimeOffset at)
    {
        Require(CaseAct.Interest);
        var party = Party(side);
        if (party.Answer == SideAnswer.Interested) throw Refused(CaseAct.Interest, CaseProblem.AlreadyAnswered);
        party.Express(interest, by, at);
        Step(Party(Other(side)).Answer == SideAnswer.Interested ? CaseStage.BothInterested : CaseStage.OneInterested, by, at, null);
    }

    /// <summary>A side says no, before or after it had said yes; the case ends with its reason.</summary>
    public void Decline(CaseSide side, EndReason reason, string remark, int by, DateTimeOffset at)
    {
        Require(CaseAct.Decline);
        Party(side).Refuse(reason, by, at);
        End(reason, remark, by, at, side);
    }

    /// <summary>A question instead of an answer: the broker's turn, and the side's clock begins anew.</summary>
    public void Ask(CaseSide side, int by, DateTimeOffset at)
    {
        Require(CaseAct.Ask);
        if (Party(side).Answer != SideAnswer.None) throw Refused(CaseAct.Ask, CaseProblem.AlreadyAnswered);
        Party(side).Ask(at);
        StartClock(at);
        Note(by, at);
    }

    /// <summary>A side that is interested opens a layer of itself to the other; purpose and receiver are named and kept with the stamp.</summary>
    /// <param name="receiver">Who receives, in the words in which he was shown.</param>
    /// <returns>The consent that stands; the earlier one when it stands already.</returns>
    public CaseConsent Consent(CaseSide side, CaseLayer layer, ConsentPurpose purpose, string receiver, int by, DateTimeOffset at)
    {
        Require(CaseAct.Consent);
        if (Party(side).Answer != SideAnswer.Interested) throw Refused(CaseAct.Consent, CaseProblem.NotInterested);
        if (Standing(side, layer) is { } standing) return standing;
        var consent = new CaseConsent(this, side, layer, purpose, receiver, Party(Other(side)).OrganizationId, by, at);
        Consents.Add(consent);
        Touch(at);
        return consent;
    }

    /// <summary>Takes a layer back: nobody reads it from now on. Says whether there was one to take back.</summary>
    public bool WithdrawConsent(CaseSide side, CaseLayer layer, int by, DateTimeOffset at)
    {
        Require(CaseAct.WithdrawConsent);
        if (Standing(side, layer) is not { } standing) return false;
        standing.Withdraw(by, at);
        Touch(at);
        return true;
    }

    public CaseConsent? Standing(CaseSide side, CaseLayer layer) => Consents.SingleOrDefault(c => c.Side == side && c.Layer == layer && c.WithdrawnAt is null);

    /// <summary>Both sides have said that the other may know name and contact, and neither has taken it back.</summary>
    public bool ContactsOpen => Enum.GetValues<CaseSide>().All(side => Standing(side, CaseLayer.Contact) is not null);

    /// <summary>Whether the other side may have this side's documents now.</summary>
    public bool DocumentsOpen(CaseSide side) => ContactsOpen && Standing(side, CaseLayer.Documents) is not null && (NdaText is null || Parties.All(p => p.NdaAcceptedAt is not null));

    /// <summary>Whether the other side may read this layer of this side now; a case that ended opens nothing.</summary>
    public bool MayRead(CaseSide side, CaseLayer layer) => May(CaseAct.Read) && (layer == CaseLayer.Contact ? ContactsOpen : DocumentsOpen(side));

    /// <summary>
    /// Somebody of the other side is shown a layer of this side. The row is the showing: whoever shows it saves first. It counts as a change, so that
    /// a withdrawal at the same moment wins or loses as a whole.
    /// </summary>
    public ContactReading Read(CaseSide side, CaseLayer layer, int readerId, DateTimeOffset at)
    {
        Require(CaseAct.Read);
        if (!ContactsOpen) throw Refused(CaseAct.Read, CaseProblem.NoConsent);
        if (!MayRead(side, layer)) throw Refused(CaseAct.Read, Standing(side, layer) is null ? CaseProblem.NoConsent : CaseProblem.NdaMissing);
        Touch(at);
        return new ContactReading(Party(side).ListingId, this, side, layer, readerId, Party(Other(side)).OrganizationId, Standing(side, layer)!, at);
    }

    /// <summary>The responsible broker is shown a side's contact; he needs no consent of the other side, but the side sees it.</summary>
    public ContactReading ReadAsBroker(CaseSide side, int brokerId, DateTimeOffset at)
    {
        Require(CaseAct.Write);
        Touch(at);
        return new ContactReading(Party(side).ListingId, this, side, CaseLayer.Contact, brokerId, null, null, at);
    }

    /// <summary>The broker puts a confidentiality agreement before the documents; a new text asks both sides again.</summary>
    public void AskNda(string text, int by, DateTimeOffset at)
    {
        Require(CaseAct.AskNda);
        if (text == NdaText) return;
        NdaText = text;
        foreach (var party in Parties) party.ForgetNda();
        Note(by, at);
    }

    public void AcceptNda(CaseSide side, int by, DateTimeOffset at)
    {
        Require(CaseAct.AcceptNda);
        if (NdaText is null) throw Refused(CaseAct.AcceptNda, CaseProblem.NoNda);
        Party(side).AcceptNda(by, at);
        Touch(at);
    }
}
