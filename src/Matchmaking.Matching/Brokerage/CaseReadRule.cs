using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

/// <summary>What a mail may say of a case: everything to its broker and to members of a side that knows of it, nothing to anybody else.</summary>
public sealed partial class CaseReadRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (Address().Match(notice.Link) is not { Success: true } match || !int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var id)) return null;
        var found = await db.Cases.AsNoTracking().Include(c => c.Parties).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (found is null) return Sight.Nothing;
        if (match.Groups[1].Value == "desk") return found.BrokerId == reader.UserId ? Sight.Whole : Sight.Nothing;
        return found.Parties.Any(p => p.OrganizationId == reader.OrganizationId && found.IsKnownTo(p.Side)) ? Sight.Whole : Sight.Nothing;
    }

    [GeneratedRegex("^/(my|desk)/cases/([0-9]+)(?:[/?#]|$)")]
    private static partial Regex Address();
}
