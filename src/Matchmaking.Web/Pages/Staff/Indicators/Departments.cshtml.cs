using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>Who reports for which department of the plan, and which departments report each month.</summary>
public sealed class DepartmentsModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<PlanText> text) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public IReadOnlyList<(string Department, bool Monthly, IReadOnlyList<(int Id, string Name, string Email)> People)> Departments { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var email = ListingRules.Clean(Email).ToUpperInvariant();
        if (Department is null || !PlanDepartments.All.Contains(Department)) ModelState.AddModelError(nameof(Department), text["Departments.Which"]);
        var person = email.Length == 0 ? null : await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == email && u.DeletedAt == null, cancellationToken);
        if (person is null) ModelState.AddModelError(nameof(Email), text[email.Length == 0 ? "Departments.Email.Missing" : "Register.NoAccount"]);
        else if (await db.DepartmentMembers.SingleOrDefaultAsync(m => m.UserId == person.Id, cancellationToken) is { } there) ModelState.AddModelError(nameof(Email), text["Departments.Known", there.Department]);
        if (ModelState.IsValid)
        {
            db.DepartmentMembers.Add(new DepartmentMember(person!.Id, Department!, current.Id!.Value, time.GetUtcNow()));
            db.Audit(current.Id, "department.add", $"department:{Department}", time.GetUtcNow(), $"user:{person.Id}");
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                Done = "Departments.Added";
                return Redirect("/staff/indicators/departments");
            }
            catch (DbUpdateException)
            {
                // A second click: the key let one in.
                db.ChangeTracker.Clear();
                if (!await db.DepartmentMembers.AnyAsync(m => m.UserId == person.Id, cancellationToken)) throw;
                ModelState.AddModelError(nameof(Email), text["Departments.Known", Department!]);
            }
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int person, CancellationToken cancellationToken)
    {
        if (await db.DepartmentMembers.SingleOrDefaultAsync(m => m.UserId == person, cancellationToken) is not { } member) return NotFound();
        db.DepartmentMembers.Remove(member);
        db.Audit(current.Id, "department.remove", $"department:{member.Department}", time.GetUtcNow(), $"user:{person}");
        await db.SaveChangesAsync(cancellationToken);
        Done = "Departments.Removed";
        return Redirect("/staff/indicators/departments");
    }

    public async Task<IActionResult> OnPostPeriodAsync(string department, bool monthly, CancellationToken cancellationToken)
    {
        if (!PlanDepartments.All.Contains(department)) return NotFound();
        var known = await db.MonthlyDepartments.SingleOrDefaultAsync(d => d.Name == department, cancellationToken);
        if (monthly && known is null) db.MonthlyDepartments.Add(new MonthlyDepartment(department));
        if (!monthly && known is not null) db.MonthlyDepartments.Remove(known);
        db.Audit(current.Id, "department.period", $"department:{department}", time.GetUtcNow(), monthly ? "month" : "quarter");
        await db.SaveChangesAsync(cancellationToken);
        Done = "Departments.Set";
        return Redirect("/staff/indicators/departments");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var monthly = await db.MonthlyDepartments.Select(d => d.Name).ToListAsync(cancellationToken);
        var people = (await (from member in db.DepartmentMembers join user in db.Users on member.UserId equals user.Id orderby user.DisplayName, user.Id select new { member.Department, user.Id, user.DisplayName, user.Email }).ToListAsync(cancellationToken)).ToLookup(p => p.Department);
        Departments = [.. PlanDepartments.All.Select(d => (d, monthly.Contains(d), (IReadOnlyList<(int, string, string)>)[.. people[d].Select(p => (p.Id, p.DisplayName, p.Email ?? ""))]))];
    }
}
