using System.Collections.ObjectModel;

namespace Matchmaking.Matching.Listings;

/// <summary>Where a listing can go from where it stands, and the part of its course that others drive: office, talks, contract, triage.</summary>
public abstract partial class Listing
{
    private static readonly ListingState[] Open = [.. ListingStates.Searchable, ListingState.Expired];

    /// <summary>The states in which each act is allowed; the one place that says so.</summary>
    public static IReadOnlyDictionary<ListingAct, ListingState[]> Allowed { get; } = new ReadOnlyDictionary<ListingAct, ListingState[]>(new Dictionary<ListingAct, ListingState[]>
    {
        [ListingAct.Describe] = [ListingState.Draft, ListingState.Returned],
        [ListingAct.Submit] = [ListingState.Draft, ListingState.Returned],
        [ListingAct.TakeBack] = [ListingState.AwaitingOffice, ListingState.Submitted],
        [ListingAct.Forward] = [ListingState.AwaitingOffice],
        [ListingAct.SendBack] = [ListingState.AwaitingOffice],
        [ListingAct.Publish] = [ListingState.Submitted],
        [ListingAct.Return] = [ListingState.Submitted],
        [ListingAct.Propose] = Open,
        [ListingAct.PublishRevision] = Open,
        [ListingAct.ReturnRevision] = Open,
        [ListingAct.TakeBackRevision] = Open,
        [ListingAct.Renew] = Open,
        [ListingAct.Expire] = [ListingState.Published],
        [ListingAct.Withdraw] = [.. Open, ListingState.AwaitingOffice, ListingState.Submitted, ListingState.Returned],
        [ListingAct.Reopen] = [ListingState.Withdrawn],
        [ListingAct.BeginTalks] = [ListingState.Published, ListingState.SecondDiagnosis, ListingState.Tracked],
        [ListingAct.EndTalks] = [ListingState.InTalks],
        [ListingAct.Sign] = Open,
        [ListingAct.Solve] = [.. Open, ListingState.Contracted],
        [ListingAct.SendToSecondDiagnosis] = [ListingState.Published, ListingState.InTalks, ListingState.Tracked],
        [ListingAct.Track] = [ListingState.Published, ListingState.InTalks, ListingState.SecondDiagnosis],
        [ListingAct.BackToPublished] = [ListingState.SecondDiagnosis, ListingState.Tracked, ListingState.Contracted, ListingState.Transformed],
        [ListingAct.Archive] = [ListingState.Solved, ListingState.Transformed, ListingState.Expired, ListingState.Withdrawn],
    });

    /// <summary>Second diagnosis and tracking are for needs: an achievement that finds nobody just waits.</summary>
    public bool May(ListingAct act) => Allowed[act].Contains(State) && (this is Need || act is not (ListingAct.SendToSecondDiagnosis or ListingAct.Track));

    /// <summary>The recommending office passes the record on to staff.</summary>
    /// <param name="opinion">What the office says of it; staff and the owner read it.</param>
    /// <param name="checks">What was ticked; stored with the step.</param>
    public void Forward(string? opinion, int by, DateTimeOffset at, IReadOnlyList<CheckTick>? checks = null)
    {
        Require(ListingAct.Forward);
        ForwardedAt = at;
        Move(ListingState.Submitted, by, at, opinion, checks);
    }

    /// <summary>The recommending office gives the record back to its owner.</summary>
    public void SendBack(string reasons, int by, DateTimeOffset at, IReadOnlyList<CheckTick>? checks = null)
    {
        Require(ListingAct.SendBack);
        ReturnReasons = reasons;
        Move(ListingState.Returned, by, at, reasons, checks);
    }

    /// <summary>
    /// Both sides of an introduction talk. Refused while it is in talks already: whoever has several cases on one record asks
    /// <see cref="May"/> first, and ends the talks with the last of them.
    /// </summary>
    public void BeginTalks(int by, DateTimeOffset at) => Go(ListingAct.BeginTalks, ListingState.InTalks, by, at, null);

    /// <summary>The talks led to nothing; the record is open as before. One whose day passed meanwhile expires in the night.</summary>
    public void EndTalks(int by, DateTimeOffset at) => Go(ListingAct.EndTalks, ListingState.Published, by, at, null);

    /// <summary>A contract was signed; the record is no longer searched. Expired ones too: contracts are made beside the platform as well.</summary>
    public void Sign(int by, DateTimeOffset at)
    {
        Require(ListingAct.Sign);
        // Nobody publishes new wishes on a record that has its contract.
        PendingRevision?.TakeBack(by, at);
        Go(ListingAct.Sign, ListingState.Contracted, by, at, null);
    }

    /// <summary>A need is solved, an achievement transformed; staff have checked the proof.</summary>
    /// <param name="proofRemark">Which proof: acceptance document, letter, registered contract.</param>
    /// <exception cref="ArgumentException">There is no proof.</exception>
    public void Solve(string proofRemark, int by, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(proofRemark);
        Require(ListingAct.Solve);
        PendingRevision?.TakeBack(by, at);
        Go(ListingAct.Solve, this is Need ? ListingState.Solved : ListingState.Transformed, by, at, proofRemark);
    }

    /// <summary>No achievement answered it: an expert looks at what is really wanted.</summary>
    public void SendToSecondDiagnosis(int by, DateTimeOffset at, string remark) => Go(ListingAct.SendToSecondDiagnosis, ListingState.SecondDiagnosis, by, at, remark);

    /// <summary>Nobody can answer it today; it stays in search without a last day, and every new achievement is tried on it.</summary>
    public void Track(int by, DateTimeOffset at, string remark) => Go(ListingAct.Track, ListingState.Tracked, by, at, remark);

    /// <summary>Diagnosis or tracking is over, the contract was cancelled, or the licence given was not the only one.</summary>
    public void BackToPublished(int by, DateTimeOffset at, string? remark = null)
    {
        Require(ListingAct.BackToPublished);
        ConfirmedAt = at;
        Go(ListingAct.BackToPublished, ListingState.Published, by, at, remark);
    }

    /// <summary>Over and done; only owner and staff see it.</summary>
    public void Archive(int by, DateTimeOffset at) => Go(ListingAct.Archive, ListingState.Archived, by, at, null);

    private void Go(ListingAct act, ListingState to, int by, DateTimeOffset at, string? remark)
    {
        Require(act);
        // Search must know whether it may be found, and a tracked need's end.
        SearchVersion++;
        Move(to, by, at, remark);
    }
}
