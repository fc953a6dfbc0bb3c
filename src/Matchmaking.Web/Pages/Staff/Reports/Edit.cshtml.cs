using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Foresight;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Reports;

/// <summary>A report from its draft to its publication: sections, committee, versions, three signatures, corrections.</summary>
public sealed class EditModel(MatchmakingDbContext db, SignReport sign, IBackgroundJobClient jobs, CurrentUser current, TimeProvider time, IStringLocalizer<ForesightText> text)
    : SectionsPageModel(db, current, time, text)
{
    public override string Address => $"/staff/reports/{Report.Id}";

    /// <summary>Experts of the register who may be asked to write, those of the report's field first.</summary>
    public IReadOnlyList<ExpertChoice> Experts { get; private set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnPostSignAsync(int id, string role, CancellationToken cancellationToken) => ActAsync(id, "Signed", (report, _) =>
        sign.RunAsync(report, Enum.TryParse<ListSignRole>(role, out var known) ? known : throw new ForesightRefusedException("SignOrder", role), Current.Id!.Value, cancellationToken), cancellationToken);

    /// <summary>The figures of today, by the job.</summary>
    public Task<IActionResult> OnPostRecountAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Recounting", (report, _) =>
    {
        if (report.State == ForesightState.Published) throw new ForesightRefusedException("Published");
        var (year, scope, by) = (report.Year, report.Scope, Current.Id);
        jobs.Enqueue<DraftForesight>(job => job.RunOneAsync(year, scope, by, CancellationToken.None));
        return Task.CompletedTask;
    }, cancellationToken);

    /// <summary>Asks an expert of the register to write sections; he is told.</summary>
    public Task<IActionResult> OnPostSeatAsync(int id, int expert, CancellationToken cancellationToken) => ActAsync(id, "Seated", async (report, at) =>
    {
        var asked = await Db.Experts.Where(e => e.Id == expert && e.IsActive).Select(e => (int?)e.UserId).SingleOrDefaultAsync(cancellationToken) ?? throw new ForesightRefusedException("NoExpert");
        report.Seat(asked);
        Db.Tell(asked, NoticeKind.ReportCommittee, $"{ExpertPagesRule.Reports}/{report.Id}", at, $"{report.Year}", report.Serial, $"{report.Committee.Count}");
        Db.Audit(Current.Id, "foresight.seat", $"report:{report.Serial}", at, $"user:{asked}");
        await Db.SaveChangesAsync(cancellationToken);
    }, cancellationToken);

    public Task<IActionResult> OnPostUnseatAsync(int id, int person, CancellationToken cancellationToken) => ActAsync(id, "Unseated", (report, at) =>
    {
        report.Unseat(person);
        Db.Audit(Current.Id, "foresight.unseat", $"report:{report.Serial}", at, $"user:{person}");
        return Db.SaveChangesAsync(cancellationToken);
    }, cancellationToken);

    public async Task<IActionResult> OnPostCorrectAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        var reason = ListingRules.Clean(Reason);
        if (reason.Length == 0) ModelState.AddModelError(nameof(Reason), Text["Reason.Missing"]);
        if (reason.Length > ForesightReport.MaxReason) ModelState.AddModelError(nameof(Reason), Text["TooLong", reason.Length, ForesightReport.MaxReason]);
        if (await LaterAsync(cancellationToken) is { } there) return Redirect($"/staff/reports/{there}");
        if (ModelState.IsValid)
        {
            try
            {
                var at = Now;
                var next = Report.Correct(reason, at);
                Db.ForesightReports.Add(next);
                Db.Audit(Current.Id, "foresight.correct", $"report:{next.Serial}", at, Report.ContentHash ?? "");
                await Db.SaveChangesAsync(cancellationToken);
                return Redirect($"/staff/reports/{next.Id}");
            }
            catch (ForesightRefusedException refused)
            {
                ModelState.AddModelError("", Refusal(refused));
            }
            catch (DbUpdateException)
            {
                // A second click or a colleague opened it in between; the index let only one in.
                Db.ChangeTracker.Clear();
                if (await LaterAsync(cancellationToken) is not { } other) throw;
                return Redirect($"/staff/reports/{other}");
            }
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(cancellationToken);
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (Report.State == ForesightState.Published) return;
        var experts = await Db.Experts.AsNoTracking().Where(e => e.IsActive).OrderBy(e => e.User.DisplayName).ThenBy(e => e.Id)
            .Select(e => new { e.Id, e.UserId, e.User.DisplayName, Organization = e.User.Organization!.Name, e.Fields }).ToListAsync(cancellationToken);
        Experts = [.. experts.Where(e => !Report.Committee.Contains(e.UserId)).OrderByDescending(e => Report.Field is { } field && e.Fields.Contains(field)).Select(e => new ExpertChoice(e.Id, e.DisplayName, e.Organization, e.Fields))];
    }

    private Task<int?> LaterAsync(CancellationToken cancellationToken) =>
        Db.ForesightReports.Where(r => r.Year == Report.Year && r.Scope == Report.Scope && r.Edition == Report.Edition + 1).Select(r => (int?)r.Id).SingleOrDefaultAsync(cancellationToken);

    public sealed record ExpertChoice(int Id, string Name, string? Organization, IReadOnlyList<TechnologyField> Fields);
}
