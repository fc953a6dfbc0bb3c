using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Listings;

public enum DecisionOutcome
{
    Done,

    /// <summary>The organisation is not verified; nothing of it is published before.</summary>
    NotVerified,

    /// <summary>A rule does not hold any more, for instance its last day has passed since it was submitted.</summary>
    Incomplete,

    /// <summary>Somebody else changed or decided the record after the decider read it.</summary>
    Changed,
}

/// <param name="Problems">What does not hold, for <see cref="DecisionOutcome.Incomplete"/>.</param>
public sealed record Decision(DecisionOutcome Outcome, IReadOnlyList<Problem> Problems)
{
    internal static Decision Of(DecisionOutcome outcome) => new(outcome, []);
}

/// <summary>
/// The one way to the public, in two stages: the recommending office passes on or gives back, staff publish a submitted listing under its number,
/// or the proposed content of a published one, or return it. Two who decide at once: one wins, the other is told.
/// </summary>
public sealed class PublishListing(MatchmakingDbContext db, Checklists checklists, TimeProvider clock)
{
    private const int Attempts = 10;

    /// <param name="readVersion">Version of the record as the decider saw it.</param>
    /// <param name="today">The platform's day, for deadlines and for the year in the number.</param>
    /// <param name="ticked">Ids of the items of the staff's checklist that were ticked.</param>
    public Task<Decision> PublishAsync(int listingId, int readVersion, int by, DateOnly today, CancellationToken cancellationToken, IReadOnlyCollection<int>? ticked = null) =>
        DecideAsync(listingId, readVersion, async (listing, at) =>
        {
            var (checks, missing) = await checklists.ReadAsync(CheckStage.Staff, ticked ?? [], cancellationToken);
            // The list is of the first publication; a change of what is public shows what it changes.
            if (missing > 0 && listing.May(ListingAct.Publish)) return new Decision(DecisionOutcome.Incomplete, [new Problem("checks", "CheckMissing", missing)]);
            var revision = listing.PendingRevision;
            if (!listing.Organization.IsVerified) return Decision.Of(DecisionOutcome.NotVerified);
            if (!listing.May(ListingAct.Publish) && !(listing.May(ListingAct.PublishRevision) && revision is not null)) return Decision.Of(DecisionOutcome.Changed);
            var content = listing.May(ListingAct.Publish) ? listing.Content() : revision!.Content(listing.ListingKind);
            var problems = ListingRules.CheckComplete(content, today).Concat(ListingRules.CheckAnonymity(content, listing.Organization.Name)).ToList();
            if (problems.Count > 0) return new Decision(DecisionOutcome.Incomplete, problems);
            if (listing.May(ListingAct.Publish))
            {
                listing.Publish(listing.Number ?? await NextNumberAsync(listing, today.Year, cancellationToken), by, at, checks);
                db.Audit(by, "listing.publish", Subject(listing), at, $"revision {listing.PublishedRevision}");
            }
            else
            {
                listing.PublishRevision(by, at);
                db.Audit(by, "listing.publish-revision", Subject(listing), at, $"revision {listing.PublishedRevision}");
            }
            await db.TellOwnersAsync(listing, NoticeKind.ListingPublished, at, cancellationToken, content.Title, listing.Number!);
            return Decision.Of(DecisionOutcome.Done);
        }, cancellationToken);

    /// <summary>Sends a submitted listing or proposed content back to its owner.</summary>
    public Task<Decision> ReturnAsync(int listingId, int readVersion, string reasons, int by, CancellationToken cancellationToken, IReadOnlyCollection<int>? ticked = null) =>
        DecideAsync(listingId, readVersion, async (listing, at) =>
        {
            if (listing.May(ListingAct.Return)) listing.Return(reasons, by, at, (await checklists.ReadAsync(CheckStage.Staff, ticked ?? [], cancellationToken)).Checks);
            else if (listing.May(ListingAct.ReturnRevision) && listing.PendingRevision is not null) listing.ReturnRevision(reasons, by, at);
            else return Decision.Of(DecisionOutcome.Changed);
            db.Audit(by, listing.State == ListingState.Returned ? "listing.return" : "listing.return-revision", Subject(listing), at);
            await db.TellOwnersAsync(listing, NoticeKind.ListingSentBack, at, cancellationToken, listing.Title);
            return Decision.Of(DecisionOutcome.Done);
        }, cancellationToken);

    /// <summary>The recommending office passes a record on to staff with its opinion and its ticks; staff may do it in its place.</summary>
    public Task<Decision> ForwardAsync(int listingId, int readVersion, string? opinion, IReadOnlyCollection<int> ticked, int by, CancellationToken cancellationToken) =>
        DecideAsync(listingId, readVersion, async (listing, at) =>
        {
            if (!listing.May(ListingAct.Forward)) return Decision.Of(DecisionOutcome.Changed);
            var (checks, missing) = await checklists.ReadAsync(CheckStage.Office, ticked, cancellationToken);
            if (missing > 0) return new Decision(DecisionOutcome.Incomplete, [new Problem("checks", "CheckMissing", missing)]);
            listing.Forward(string.IsNullOrEmpty(opinion) ? null : opinion, by, at, checks);
            db.Audit(by, "listing.forward", Subject(listing), at);
            await db.TellOwnersAsync(listing, NoticeKind.ListingForwarded, at, cancellationToken, listing.Title);
            return Decision.Of(DecisionOutcome.Done);
        }, cancellationToken);

    /// <summary>The recommending office gives a record back to its member.</summary>
    public Task<Decision> SendBackAsync(int listingId, int readVersion, string reasons, IReadOnlyCollection<int> ticked, int by, CancellationToken cancellationToken) =>
        DecideAsync(listingId, readVersion, async (listing, at) =>
        {
            if (!listing.May(ListingAct.SendBack)) return Decision.Of(DecisionOutcome.Changed);
            listing.SendBack(reasons, by, at, (await checklists.ReadAsync(CheckStage.Office, ticked, cancellationToken)).Checks);
            db.Audit(by, "listing.send-back", Subject(listing), at);
            await db.TellOwnersAsync(listing, NoticeKind.ListingSentBack, at, cancellationToken, listing.Title);
            return Decision.Of(DecisionOutcome.Done);
        }, cancellationToken);

    public static string Subject(Listing listing) => $"{(listing.ListingKind == ListingKind.Need ? "need" : "achievement")}:{listing.Id}";

    /// <summary>
    /// Decides on the record as it is now and saves. Two givers of one serial collide on its version or its key; then everything
    /// is read anew, and whoever finds the record changed is told.
    /// </summary>
    private async Task<Decision> DecideAsync(int listingId, int readVersion, Func<Listing, DateTimeOffset, Task<Decision>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var listing = await db.Listings.Include(l => l.Organization).Include(l => l.Revisions).Include(l => l.Attachments).AsSplitQuery()
                .SingleOrDefaultAsync(l => l.Id == listingId, cancellationToken);
            if (listing is null || listing.Version != readVersion) return Decision.Of(DecisionOutcome.Changed);
            var decision = await decide(listing, clock.GetUtcNow());
            if (decision.Outcome != DecisionOutcome.Done) return decision;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return decision;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }

    private async Task<string> NextNumberAsync(Listing listing, int year, CancellationToken cancellationToken)
    {
        var prefix = NumberSerial.PrefixOf(listing, year);
        var serial = await db.NumberSerials.SingleOrDefaultAsync(s => s.Prefix == prefix, cancellationToken);
        if (serial is null)
        {
            serial = new NumberSerial(prefix);
            db.NumberSerials.Add(serial);
        }
        // Records that came with a number of their own (imports) must not be met again.
        string number;
        do number = serial.Next();
        while (await db.Listings.AnyAsync(l => l.Number == number, cancellationToken));
        return number;
    }
}
