using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Matching.Plan.Returns;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Data;

public abstract partial class MatchmakingDbContext
{
    public DbSet<AnnualList> AnnualLists => Set<AnnualList>();
    public DbSet<AnnualListEntry> AnnualListEntries => Set<AnnualListEntry>();
    public DbSet<AnnualListStep> AnnualListSteps => Set<AnnualListStep>();
    public DbSet<AnnualListSign> AnnualListSigns => Set<AnnualListSign>();
    public DbSet<ListSigningKey> ListSigningKeys => Set<ListSigningKey>();
    public DbSet<IndicatorReport> IndicatorReports => Set<IndicatorReport>();
    public DbSet<DepartmentReturn> DepartmentReturns => Set<DepartmentReturn>();
    public DbSet<DepartmentMember> DepartmentMembers => Set<DepartmentMember>();
    public DbSet<MonthlyDepartment> MonthlyDepartments => Set<MonthlyDepartment>();
    public DbSet<PlanBulletin> PlanBulletins => Set<PlanBulletin>();
    public DbSet<IndicatorCount> IndicatorCounts => Set<IndicatorCount>();
    public DbSet<IndicatorLine> IndicatorLines => Set<IndicatorLine>();
    public DbSet<IndicatorDefinition> IndicatorDefinitions => Set<IndicatorDefinition>();
    public DbSet<RegisterEntry> RegisterEntries => Set<RegisterEntry>();

    /// <summary>Adds a reported value together with its entry in the audit log; one without the other is found by <see cref="VerifyFigures"/>.</summary>
    public void Report(IndicatorReport report)
    {
        IndicatorReports.Add(report);
        Audit(report.EnteredById, IndicatorReport.LoggedAs, report.LogSubject, report.At, report.LogDetails);
    }
}
