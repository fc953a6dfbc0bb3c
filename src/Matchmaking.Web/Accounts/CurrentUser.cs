using System.Globalization;
using System.Security.Claims;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Accounts;

/// <summary>The person of this request with organisation and membership as they are now, not as they were at sign-in; one query a request.</summary>
public sealed class CurrentUser(IHttpContextAccessor accessor, MatchmakingDbContext db)
{
    private User? user;
    private bool loaded;

    public ClaimsPrincipal Principal => accessor.HttpContext?.User ?? new ClaimsPrincipal();

    public int? Id => int.TryParse(Principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public async Task<User?> GetAsync()
    {
        if (loaded) return user;
        loaded = true;
        if (Id is { } id) user = await db.Users.Include(u => u.Organization).SingleOrDefaultAsync(u => u.Id == id);
        return user;
    }

    /// <summary>The signed-in person; only for pages that require sign-in.</summary>
    public async Task<User> RequireAsync() =>
        await GetAsync() ?? throw new InvalidOperationException("This page requires sign-in.");

    /// <summary>The organisation whose member this person is; null while a request to join waits.</summary>
    public async Task<Organization?> OrganizationAsync() =>
        await GetAsync() is { Membership: Membership.Member } member ? member.Organization : null;
}
