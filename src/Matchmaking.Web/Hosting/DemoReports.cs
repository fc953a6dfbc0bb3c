using Hangfire;
using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>The demonstration's foresight reports: last year's published, this year's being written. By the same code as any other, from the figures of the first day on which the needs are matched.</summary>
public sealed class DemoReports(MatchmakingDbContext db, DraftReport draft, SignReport sign, IBackgroundJobClient jobs, TimeProvider time)
{
    private static readonly ForesightSection[] Sections =
    [
        new(ForesightSectionKey.Summary, "本报告由示例专家委员会根据平台公开的需求和成果撰写，供演示。（示例）"),
        new(ForesightSectionKey.Near, "近期宜先解决没有应答、指标明确的需求，由经纪人逐条走访，补齐测试条件。（示例）"),
        new(ForesightSectionKey.Mid, "中期在需求多、成果少的领域布局联合开发，优先支持已有样机的团队。（示例）"),
        new(ForesightSectionKey.Long, "远期跟踪目前没有成果写明的指标，每年重新统计。（示例）"),
    ];

    /// <summary>Comes again in a minute while needs wait to be matched.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (await db.Needs.AnyAsync(n => ListingStates.Searchable.Contains(n.State) && n.MatchedVersion < n.SearchVersion, cancellationToken))
        {
            jobs.Schedule<DemoReports>(job => job.PrepareAsync(CancellationToken.None), TimeSpan.FromMinutes(1));
            return;
        }
        var year = ProvinceTime.DayOf(time.GetUtcNow()).Year;
        var signers = await db.Users.Where(u => u.Email == "staff@demo.test" || u.Email == "staff2@demo.test" || u.Email == "staff3@demo.test").OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(cancellationToken);
        foreach (var each in new[] { year - 1, year })
        {
            if (await db.ForesightReports.AnyAsync(r => r.Year == each && r.Scope == ForesightReport.AllFields && (r.State == ForesightState.Published || each == year), cancellationToken)) continue;
            var id = await draft.RunAsync(each, ForesightReport.AllFields, signers[0], cancellationToken);
            var report = await db.ForesightReports.Include(r => r.Revisions).SingleAsync(r => r.Id == id, cancellationToken);
            if (report.Revisions.Count == 0) report.Write([.. Sections.Where(s => each < year || s.Key != ForesightSectionKey.Long)], signers[0], time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            if (each == year) continue;
            while (report.NextSign is { } role) await sign.RunAsync(report, role, signers[(int)role], cancellationToken);
            db.ChangeTracker.Clear();
        }
    }
}
