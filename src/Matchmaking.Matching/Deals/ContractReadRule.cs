using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Deals;

/// <summary>What a mail may say of a contract: everything to its parties' members, to whoever entered it, to its broker and to staff.</summary>
public sealed partial class ContractReadRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (Address().Match(notice.Link) is not { Success: true } match || !int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var id)) return null;
        var contract = await db.Contracts.AsNoTracking().Include(c => c.Parties).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contract is null) return Sight.Nothing;
        var reads = reader.Roles.Contains(Roles.Staff) || contract.BrokerId == reader.UserId || contract.CreatedById == reader.UserId
            || (reader.OrganizationId is { } own && contract.Parties.Any(p => p.OrganizationId == own)
                && (contract.State != ContractState.Draft || await db.OpenLicenceAcceptances.AnyAsync(a => a.ContractId == id, cancellationToken)));
        return reads ? Sight.Whole : Sight.Nothing;
    }

    [GeneratedRegex("^/contracts/([0-9]+)(?:[/?#]|$)")]
    private static partial Regex Address();
}
