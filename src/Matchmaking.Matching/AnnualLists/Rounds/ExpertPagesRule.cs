using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>/experts: whoever stands in the register still.</summary>
public sealed class ExpertPagesRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken) =>
        !ReadRules.IsUnder(notice.Link, "/experts") ? null
        : await db.Experts.AnyAsync(e => e.UserId == reader.UserId && e.IsActive, cancellationToken) ? Sight.Whole : Sight.Nothing;
}
