using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Tells staff which of the plan's numbers no department has reported although the term of the quarter is over, and the people of a department that its return is missing: when the
/// term is over, and once more two weeks later. Told once each, however often the job runs.
/// </summary>
public sealed class RemindReports(MatchmakingDbContext db, ReadPlan read, JobJournal journal, TimeProvider time)
{
    public const int AgainAfterDays = 14;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(RemindReports), async (report, cancellationToken) =>
    {
        var now = time.GetUtcNow();
        var today = ProvinceTime.DayOf(now);
        var until = PlanDesk.ReportedUntil(today);
        var overdue = (await read.AllAsync(today, cancellationToken)).Where(s => PlanDesk.IsOverdue(s, today)).ToList();
        if (overdue.Count > 0)
        {
            var again = today >= until.AddDays(PlanDesk.ReportDays + AgainAfterDays);
            var link = $"/staff/indicators/desk#{until:yyyy-MM-dd}{(again ? "-again" : "")}";
            var staff = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id
                               where role.Name == Roles.Staff && !db.Notices.Any(n => n.UserId == held.UserId && n.Kind == NoticeKind.PlanOverdue && n.Link == link)
                               orderby held.UserId select held.UserId).ToListAsync(cancellationToken);
            foreach (var person in staff)
                db.Tell(person, NoticeKind.PlanOverdue, link, now, until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), overdue.Count.ToString(CultureInfo.InvariantCulture), string.Join(", ", overdue.Take(10).Select(s => s.Indicator.Code)));
            await db.SaveChangesAsync(cancellationToken);
        }
        await RemindDepartmentsAsync(today, now, cancellationToken);
        await report(overdue.Count, overdue.Count);
    }, cancellationToken);

    private async Task RemindDepartmentsAsync(DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (department, period) in await OverdueReturns.ReadAsync(db, today, cancellationToken))
        {
            var again = today >= Periods.DueOn(Periods.LastDay(period)!.Value).AddDays(AgainAfterDays);
            var link = $"{DepartmentReturns.Pages}#{period}{(again ? "-again" : "")}";
            var people = await db.DepartmentMembers.Where(m => m.Department == department && !db.Notices.Any(n => n.UserId == m.UserId && n.Kind == NoticeKind.PlanReturn && n.Link == link)).OrderBy(m => m.UserId).Select(m => m.UserId).ToListAsync(cancellationToken);
            foreach (var person in people) db.Tell(person, NoticeKind.PlanReturn, link, now, department, period, "@Returnoverdue");
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
