using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Learning;

/// <param name="Hash">SHA-256 over pair, grade and time of all of them: the same hash means the same grades.</param>
public sealed record GradedPairs(IReadOnlyList<GradedPair> Pairs, IReadOnlyList<DateTimeOffset> GradedAt, string Hash)
{
    public int Needs => Pairs.Select(p => p.Need.Document.Id).Distinct().Count();
}

/// <summary>The grades that hold, oldest first, with both records and the pair's features as this program describes them today.</summary>
public sealed class GradeBook(MatchmakingDbContext db, EncoderHolder encoder, LocalCalendar calendar)
{
    public async Task<GradedPairs> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Matches.AsNoTracking().Where(m => m.CurrentGrade != null)
            .Select(m => new { m.Id, m.NeedId, m.AchievementId, Grade = m.CurrentGrade!.Value, At = m.GradedAt!.Value }).ToListAsync(cancellationToken);
        rows = [.. rows.OrderBy(r => r.At).ThenBy(r => r.Id)];
        var source = new DatabaseCandidates(db, encoder.Encoder?.ModelVersion);
        var entries = (await source.LoadGradedAsync([.. rows.Select(r => r.NeedId).Concat(rows.Select(r => r.AchievementId)).Distinct()], cancellationToken)).ToDictionary(e => e.Document.Id);
        var terms = await source.TermsAsync(cancellationToken);
        var prepared = entries.ToDictionary(e => e.Key, e => new PreparedListing(e.Value.Document, e.Value.Vectors));
        List<GradedPair> pairs = [.. rows.Select(r => new GradedPair(entries[r.NeedId], entries[r.AchievementId],
            PairFeatures.Describe(prepared[r.NeedId], prepared[r.AchievementId], terms, calendar.Today).Values, r.Grade))];
        var text = string.Join('\n', rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.NeedId} {r.AchievementId} {r.Grade} {r.At.ToUnixTimeMilliseconds()}")));
        return new GradedPairs(pairs, [.. rows.Select(r => r.At)], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
