using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Listings;

/// <summary>Loads whole records for the pages of their owners and of staff; what the reader may not have is not found.</summary>
public sealed class OwnListings(MatchmakingDbContext db, IAuthorizationService authorization, IHttpContextAccessor accessor)
{
    public async Task<Listing?> FindAsync(ListingKind kind, int id, string policy, CancellationToken cancellationToken) =>
        await FindAsync(id, policy, cancellationToken) is { } listing && listing.ListingKind == kind ? listing : null;

    public async Task<Listing?> FindAsync(int id, string policy, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.Include(l => l.Organization).ThenInclude(o => o.Office).Include(l => l.Revisions).Include(l => l.Attachments).Include(l => l.Steps).AsSplitQuery()
            .SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (listing is null) return null;
        var answer = await authorization.AuthorizeAsync(accessor.HttpContext!.User, listing, policy);
        return answer.Succeeded ? listing : null;
    }

    /// <summary>The record as it is now, after somebody else's save refused ours.</summary>
    public Task<Listing?> FindAgainAsync(int id, string policy, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return FindAsync(id, policy, cancellationToken);
    }
}

public static class PostedForm
{
    /// <summary>The posted values; null when the body is no readable form, with the status that says why.</summary>
    public static async Task<(IFormCollection? Form, int Status)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType) return (null, StatusCodes.Status400BadRequest);
        try
        {
            return (await request.ReadFormAsync(cancellationToken), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException refused)
        {
            return (null, refused.StatusCode);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }
}
