using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Writing;

public enum JoinOutcome
{
    Done,

    /// <summary>No published need has this id or number.</summary>
    Unknown,

    /// <summary>It is the organisation's own, or the two records are one.</summary>
    Own,

    /// <summary>The record cannot be withdrawn in its state, or somebody else changed it first.</summary>
    Changed,
}

/// <summary>Two records that are one need: an organisation joins another's, or staff merge them.</summary>
public sealed class JoinNeeds(MatchmakingDbContext db, TimeProvider clock)
{
    /// <summary>Puts the organisation behind a published need. Once done, doing it again changes nothing. The need's author is told.</summary>
    public async Task<JoinOutcome> JoinAsync(int needId, int organizationId, int userId, CancellationToken cancellationToken)
    {
        var need = await db.Needs.SingleOrDefaultAsync(n => n.Id == needId && ListingStates.Searchable.Contains(n.State), cancellationToken);
        if (need is null) return JoinOutcome.Unknown;
        if (need.OrganizationId == organizationId) return JoinOutcome.Own;
        if (await db.CoPosters.AnyAsync(c => c.ListingId == needId && c.OrganizationId == organizationId, cancellationToken)) return JoinOutcome.Done;
        var at = clock.GetUtcNow();
        db.CoPosters.Add(new CoPoster(needId, organizationId, userId, at));
        db.Audit(userId, "need.join", PublishListing.Subject(need), at, $"organization {organizationId.ToString(CultureInfo.InvariantCulture)}");
        await TellAsync(need, at, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The other half of a double click.
            db.ChangeTracker.Clear();
            if (!await db.CoPosters.AnyAsync(c => c.ListingId == needId && c.OrganizationId == organizationId, cancellationToken)) throw;
        }
        return JoinOutcome.Done;
    }

    /// <summary>Withdraws a need in favour of a published one; its organisation and its co-posters stand behind the other from then on, and both authors are told.</summary>
    /// <param name="intoNumber">Public number of the need that goes on.</param>
    public async Task<JoinOutcome> MergeAsync(int needId, int readVersion, string intoNumber, int byId, CancellationToken cancellationToken)
    {
        var need = await db.Needs.Include(n => n.Organization).Include(n => n.Revisions).AsSplitQuery().SingleOrDefaultAsync(n => n.Id == needId, cancellationToken);
        var number = intoNumber.Trim().ToUpperInvariant();
        var into = await db.Needs.SingleOrDefaultAsync(n => n.Number == number && ListingStates.Searchable.Contains(n.State), cancellationToken);
        if (need is null || into is null) return JoinOutcome.Unknown;
        if (need.Id == into.Id) return JoinOutcome.Own;
        if (need.Version != readVersion || !need.May(ListingAct.Withdraw)) return JoinOutcome.Changed;
        var at = clock.GetUtcNow();
        need.Withdraw(byId, at);
        // A need that comes back and is merged once more has one place where it went.
        db.ListingMerges.RemoveRange(await db.ListingMerges.Where(m => m.ListingId == need.Id).ToListAsync(cancellationToken));
        db.ListingMerges.Add(new ListingMerge(need.Id, into.Id, byId, at));
        var behind = await db.CoPosters.Where(c => c.ListingId == into.Id).Select(c => c.OrganizationId).ToListAsync(cancellationToken);
        var moving = await db.CoPosters.AsNoTracking().Where(c => c.ListingId == need.Id).ToListAsync(cancellationToken);
        foreach (var (organization, user) in moving.Select(c => (c.OrganizationId, c.UserId)).Prepend((need.OrganizationId, need.AuthorId)).DistinctBy(c => c.Item1))
        {
            if (organization != into.OrganizationId && !behind.Contains(organization)) db.CoPosters.Add(new CoPoster(into.Id, organization, user, at));
        }
        db.Audit(byId, "need.merge", PublishListing.Subject(need), at, $"into {PublishListing.Subject(into)}");
        await TellAsync(need, at, cancellationToken, into);
        await TellAsync(into, at, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return JoinOutcome.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return JoinOutcome.Changed;
        }
    }

    /// <summary>Tells a need's author. Arguments: the number and the public title of the need that goes on.</summary>
    private async Task TellAsync(Need need, DateTimeOffset at, CancellationToken cancellationToken, Need? goesOn = null)
    {
        // Imported records have no person behind them.
        if (!await db.Users.AnyAsync(u => u.Id == need.AuthorId, cancellationToken)) return;
        goesOn ??= need;
        db.Tell(need.AuthorId, NoticeKind.ListingDuplicate, $"/my/needs/{need.Id.ToString(CultureInfo.InvariantCulture)}/view", at, goesOn.Number ?? "", goesOn.Title);
    }
}
