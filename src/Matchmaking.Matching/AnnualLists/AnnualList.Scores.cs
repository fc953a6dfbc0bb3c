using Matchmaking.Matching.AnnualLists.Rounds;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>What a scoring round does to its list: each a recorded act of its own.</summary>
public sealed partial class AnnualList
{
    /// <summary>Acts of the history beside <see cref="AnnualListAct"/>.</summary>
    public const string ScoresAct = "Scores";
    public const string PostponeAct = "Postpone";

    /// <summary>Reason codes of what the platform itself did; the words stand in the resource files.</summary>
    public const string NotChosen = nameof(NotChosen);
    public const string OpenObjections = nameof(OpenObjections);

    /// <summary>When a scoring round set the order; from then on a change of it needs a written reason, and nothing is proposed any more.</summary>
    public DateTimeOffset? ScoredAt { get; private set; }

    /// <summary>Begins the reason of an entry that was taken off on an objection; the serial follows.</summary>
    public const string UpheldPrefix = "Objection:";

    /// <summary>
    /// Takes order and places from the scores: what was chosen stands in the order of its score, the rest leaves with the reason's code.
    /// What staff added themselves and the experts did not see keeps its place behind.
    /// </summary>
    public void TakeScores(RoundResults results, DateTimeOffset at)
    {
        Require(AnnualListAct.Order);
        var byEntry = results.Entries.ToDictionary(r => r.EntryId);
        foreach (var entry in Listed.ToList())
        {
            if (byEntry.TryGetValue(entry.Id, out var result) && !result.IsIn) entry.Drop(NotChosen, null, at);
        }
        var order = Listed.OrderBy(e => byEntry.TryGetValue(e.Id, out var result) ? result.Rank!.Value : int.MaxValue).ThenBy(e => e.Position).ToList();
        for (var i = 0; i < order.Count; i++) order[i].MoveTo(i + 1);
        ScoredAt = at;
        Note(ScoresAct, null, null, at, null);
    }

    private void RequireReasonOnceScored(string reason)
    {
        if (ScoredAt is not null && string.IsNullOrWhiteSpace(reason)) throw new AnnualListRefusedException("ReasonNeeded");
    }

    private void RequireNotScored()
    {
        if (ScoredAt is not null) throw new AnnualListRefusedException("Scored");
    }

    /// <summary>
    /// Takes an entry off because an objection to it was upheld; the answer may come after the notice has closed, until the publication. The entry's reason is the
    /// objection's serial, under which the decision is printed.
    /// </summary>
    internal void Uphold(int entryId, string serial, int by, DateTimeOffset at)
    {
        if (State != AnnualListState.InNotice) throw new AnnualListRefusedException("State", AnnualListAct.Drop, State);
        var entry = Find(entryId, AnnualListEntryState.In);
        if (Listed.Count() == 1) throw new AnnualListRefusedException("LastEntry");
        entry.Drop(UpheldPrefix + serial, by, at);
        Renumber();
        Note(nameof(AnnualListAct.Drop), entry, by, at, UpheldPrefix + serial);
    }

    /// <summary>Moves the publication to a later day because objections wait for their answer; the notice stays as announced. Says whether it did.</summary>
    public bool Postpone(DateOnly publishOn, DateTimeOffset at)
    {
        if (State != AnnualListState.InNotice) throw new AnnualListRefusedException("State", AnnualListAct.Publish, State);
        var later = ProvinceTime.At(publishOn, ProvinceTime.OfficeHour);
        if (PublishAt >= later) return false;
        PublishAt = later;
        Note(PostponeAct, null, null, at, OpenObjections);
        return true;
    }
}
