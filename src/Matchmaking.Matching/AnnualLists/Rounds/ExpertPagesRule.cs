using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>/experts: whoever stands in the register still; a diagnosis only its own expert, and only while it is asked for.</summary>
public sealed class ExpertPagesRule : ReadRule
{
    public const string Diagnoses = "/experts/diagnoses";

    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (!ReadRules.IsUnder(notice.Link, "/experts")) return null;
        if (!await db.Experts.AnyAsync(e => e.UserId == reader.UserId && e.IsActive, cancellationToken)) return Sight.Nothing;
        if (!ReadRules.IsUnder(notice.Link, Diagnoses)) return Sight.Whole;
        return int.TryParse(notice.Link[(Diagnoses.Length + 1)..], CultureInfo.InvariantCulture, out var id)
            && await db.Triages.AnyAsync(t => t.Id == id && t.ExpertId == reader.UserId && t.EndedAt == null, cancellationToken) ? Sight.Whole : Sight.Nothing;
    }
}
