using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>The plan by department: what is overdue, and what lies ready that would close a gap.</summary>
public sealed class DeskModel(ReadPlan read, PlanDesk desk, LocalTime time) : PageModel
{
    private IReadOnlyList<IndicatorStanding> all = [];

    public IReadOnlyList<DepartmentStanding> Departments { get; private set; } = [];
    public IReadOnlyList<GapCloser> Closers { get; private set; } = [];

    /// <summary>The day up to which values should be reported by now.</summary>
    public DateOnly Until => PlanDesk.ReportedUntil(time.Today);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        all = await read.AllAsync(time.Today, cancellationToken);
        Departments = PlanDesk.ByDepartment(all, time.Today);
        Closers = await desk.ClosersAsync(cancellationToken);
    }

    public IndicatorStanding Of(string code) => all.Single(s => s.Indicator.Code == code);

    public static string AddressOf(GapCloser closer) => closer.Name switch
    {
        "ContractsUnregistered" => "/contracts?show=all",
        "ProofsOpen" => "/staff/proofs",
        "BrokersUntrained" => "/staff/brokers",
        _ => "/staff/experts",
    };
}
