using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>Monthly: each organisation hears why its introductions of the month before came to nothing, in numbers; a month is made once.</summary>
public sealed class TellDeclineStatistics(MatchmakingDbContext db, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    private const int MostReaders = 50;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(TellDeclineStatistics), async (report, cancellationToken) =>
    {
        var month = new DateOnly(calendar.Today.Year, calendar.Today.Month, 1).AddMonths(-1);
        var (first, until) = (calendar.StartOf(month), calendar.StartOf(month.AddMonths(1)));
        var ended = await (from step in db.CaseSteps
                           where step.To == CaseStage.Ended && step.At >= first && step.At < until && step.Case.PushedAt != null
                           from party in step.Case.Parties
                           select new { party.OrganizationId, step.Case.EndReason, step.Case.Achievement.Trl, step.Case.Field }).ToListAsync(cancellationToken);
        var graded = await db.Matches.Where(m => m.CurrentGrade <= 2 && m.GradedAt >= first && m.GradedAt < until)
            .Select(m => new { Need = m.Need.OrganizationId, Achievement = m.Achievement.OrganizationId, m.Achievement.Trl, m.Need.Field }).ToListAsync(cancellationToken);
        var introduced = await db.CaseParties.Where(p => p.Case.PushedAt >= first && p.Case.PushedAt < until).GroupBy(p => p.OrganizationId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var declined = ended.Select(e => new DeclinedMatch(e.OrganizationId, e.EndReason, e.Trl, e.Field))
            .Concat(graded.SelectMany(g => new[] { new DeclinedMatch(g.Need, null, g.Trl, g.Field), new DeclinedMatch(g.Achievement, null, g.Trl, g.Field) })).ToLookup(d => d.OrganizationId);
        var told = await db.DeclineReports.Where(r => r.Month == month).Select(r => r.OrganizationId).ToListAsync(cancellationToken);
        var open = declined.Select(d => d.Key).Union(introduced.Keys).Except(told).Order().ToList();
        for (var i = 0; i < open.Count; i++)
        {
            await TellAsync(open[i], month, DeclineCounts.Of(introduced.GetValueOrDefault(open[i]), [.. declined[open[i]]]), cancellationToken);
            await report(i + 1, open.Count);
        }
        if (open.Count == 0) await report(0, 0);
    }, cancellationToken);

    private async Task TellAsync(int organizationId, DateOnly month, DeclineCounts counts, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var at = time.GetUtcNow();
        db.DeclineReports.Add(new DeclineReport(organizationId, month, JsonSerializer.Serialize(counts, Revision.Json), at));
        var readers = await (from user in db.Users
                             join held in db.UserRoles on user.Id equals held.UserId
                             join role in db.Roles on held.RoleId equals role.Id
                             where user.OrganizationId == organizationId && user.Membership == Membership.Member && (role.Name == Roles.EnterpriseMember || role.Name == Roles.Researcher)
                             orderby user.Id
                             select user.Id).Distinct().Take(MostReaders).ToListAsync(cancellationToken);
        foreach (var reader in readers) db.Tell(reader, NoticeKind.DeclineStatistics, "/my/statistics", at, month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellationToken);
    }
}
