using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Notices;

/// <summary>How much the signed-in person has not read, for the head of every page: one look into an index, and no further than is shown.</summary>
public sealed class InboxCount(MatchmakingDbContext db, CurrentUser current)
{
    /// <summary>More are shown as 99+.</summary>
    public const int Most = 99;

    public async Task<int> UnreadAsync(CancellationToken cancellationToken) => current.Id is { } id
        ? await db.Notices.Where(n => n.UserId == id && n.ReadAt == null).OrderBy(n => n.Id).Take(Most + 1).CountAsync(cancellationToken) : 0;
}
