namespace Matchmaking.Matching.AnnualLists;

public sealed partial class AnnualList
{
    /// <summary>1 for a year's list, 2 and more for its corrections.</summary>
    public int Edition { get; private set; } = 1;

    /// <summary>The edition that this one corrects; it stays as it was published.</summary>
    public int? CorrectsId { get; private set; }
    public string? CorrectionReason { get; private set; }

    /// <summary>Number under which it is published, e.g. 吉科需清〔2026〕1号; null before.</summary>
    public string? OfficialNumber { get; private set; }

    /// <summary>The list with names behind anonymous entries, for staff; canonical JSON, null before publication.</summary>
    public string? InternalJson { get; private set; }
    public string? InternalHash { get; private set; }

    /// <summary><see cref="ListInputs"/> in canonical form.</summary>
    public string? InputsJson { get; private set; }
    public string? InputsHash { get; private set; }

    /// <summary>Signature of the public document, DER in Base64, by the key <see cref="SigningKeyId"/>; null for lists that were published before lists were signed.</summary>
    public string? Signature { get; private set; }
    public int? SigningKeyId { get; private set; }

    public bool IsCorrection => Edition > 1;

    /// <summary>A correction of a published list: a new edition with the same entries, to be changed, signed by three and published without another notice.</summary>
    public AnnualList Correct(string reason, int by, DateTimeOffset at)
    {
        if (State != AnnualListState.Published) throw new AnnualListRefusedException("State", AnnualListAct.Publish, State);
        var correction = new AnnualList
        {
            Kind = Kind, Year = Year, Rules = Rules, NoticeDays = NoticeDays, OpenedById = by, OpenedAt = at, Edition = Edition + 1, CorrectsId = Id, CorrectionReason = reason,
        };
        foreach (var entry in Listed) correction.entries.Add(new AnnualListEntry(correction, entry, at));
        correction.NoticeFrom = NoticeFrom;
        correction.NoticeUntil = NoticeUntil;
        correction.Note("Correct", null, by, at, reason);
        return correction;
    }

    /// <summary>The correction is as it is to be published; the notice of the list that it corrects was given.</summary>
    public void FinishCorrection(int by, DateTimeOffset at)
    {
        if (!IsCorrection || State != AnnualListState.Open) throw new AnnualListRefusedException("State", AnnualListAct.StartNotice, State);
        if (!Listed.Any()) throw new AnnualListRefusedException("Empty");
        State = AnnualListState.InNotice;
        NoticeClosedAt = PublishAt = at;
        Note("FinishCorrection", null, by, at, null);
    }
}
