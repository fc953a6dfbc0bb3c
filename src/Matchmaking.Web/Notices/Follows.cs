using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Notices;

/// <summary>A thing on a record's page that can be followed; an anonymous owner is none.</summary>
/// <param name="FollowId">Null while it is not followed.</param>
public sealed record Followable(string Target, string Kind, string Name, int? FollowId);

/// <summary>Following from the page of a record. What may be followed is decided by what everybody can read there.</summary>
public sealed class Follows(MatchmakingDbContext db, CurrentUser current, TimeProvider time)
{
    public const string OfListing = "Listing";
    public const string OfOrganization = "Organization";
    public const string OfField = "Field";

    /// <summary>What of a public record the signed-in person may follow; nothing for anybody else and for what is not public.</summary>
    public async Task<IReadOnlyList<Followable>> OfAsync(Listing listing, CancellationToken cancellationToken)
    {
        if (current.Id is not { } user || !listing.IsPublic) return [];
        var targets = new List<(string Target, string Kind, string Name)> { (Follow.TargetOf(listing), OfListing, listing.Title) };
        if (!listing.IsAnonymous) targets.Add((Follow.TargetOfOrganization(listing.OrganizationId), OfOrganization, listing.Organization.Name));
        if (listing.Field is { } field) targets.Add((Follow.TargetOfField(field), OfField, field.ToString()));
        var names = targets.ConvertAll(t => t.Target);
        var known = await db.Follows.Where(f => f.UserId == user && names.Contains(f.Target)).ToDictionaryAsync(f => f.Target, f => f.Id, cancellationToken);
        return [.. targets.Select(t => new Followable(t.Target, t.Kind, t.Name, known.TryGetValue(t.Target, out var id) ? id : null))];
    }

    /// <summary>Follows something of the public record of this number; false when there is no such thing to follow, null when the person has all he may.</summary>
    public async Task<bool?> AddAsync(string number, string kind, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        var listing = await db.Listings.AsNoTracking().Include(l => l.Organization).SingleOrDefaultAsync(l => l.Number == number, cancellationToken);
        if (listing is null || (await OfAsync(listing, cancellationToken)).SingleOrDefault(f => f.Kind == kind) is not { } wanted) return false;
        if (wanted.FollowId is not null) return true;
        var at = time.GetUtcNow();
        var frequency = NoticeKinds.Default(NoticeKind.Followed);
        return await AddAsync(kind switch
        {
            OfListing => Follow.OfListing(user.Id, listing, frequency, at),
            OfOrganization => Follow.OfOrganization(user.Id, listing.OrganizationId, frequency, at),
            _ => Follow.OfField(user.Id, listing.Field!.Value, frequency, at),
        }, cancellationToken);
    }

    public async Task<bool?> AddFieldAsync(TechnologyField field, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        return await AddAsync(Follow.OfField(user.Id, field, NoticeKinds.Default(NoticeKind.Followed), time.GetUtcNow()), cancellationToken);
    }

    private async Task<bool?> AddAsync(Follow follow, CancellationToken cancellationToken)
    {
        var own = db.Follows.Where(f => f.UserId == follow.UserId);
        if (await own.AnyAsync(f => f.Target == follow.Target, cancellationToken)) return true;
        if (await own.CountAsync(cancellationToken) >= Follow.Most) return null;
        db.Follows.Add(follow);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A double click: the other one has it.
            db.ChangeTracker.Clear();
            return await own.AnyAsync(f => f.Target == follow.Target, cancellationToken);
        }
        return true;
    }
}
