using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>/experts: whoever stands in the register still; a diagnosis only its own expert, and only while it is asked for; a report only its committee, while it is a draft.</summary>
public sealed class ExpertPagesRule : ReadRule
{
    public const string Diagnoses = "/experts/diagnoses", Reports = "/experts/reports";

    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (!ReadRules.IsUnder(notice.Link, "/experts")) return null;
        if (!await db.Experts.AnyAsync(e => e.UserId == reader.UserId && e.IsActive, cancellationToken)) return Sight.Nothing;
        if (ReadRules.IsUnder(notice.Link, Reports)) return await OfReportAsync(db, reader, notice.Link[(Reports.Length + 1)..], cancellationToken) ? Sight.Whole : Sight.Nothing;
        if (!ReadRules.IsUnder(notice.Link, Diagnoses)) return Sight.Whole;
        return int.TryParse(notice.Link[(Diagnoses.Length + 1)..], CultureInfo.InvariantCulture, out var id)
            && await db.Triages.AnyAsync(t => t.Id == id && t.ExpertId == reader.UserId && t.EndedAt == null, cancellationToken) ? Sight.Whole : Sight.Nothing;
    }

    private static async Task<bool> OfReportAsync(MatchmakingDbContext db, NoticeReader reader, string id, CancellationToken cancellationToken) =>
        int.TryParse(id, CultureInfo.InvariantCulture, out var number)
        && await db.ForesightReports.AsNoTracking().SingleOrDefaultAsync(r => r.Id == number && r.State == ForesightState.Draft, cancellationToken) is { } report && report.Committee.Contains(reader.UserId);
}
