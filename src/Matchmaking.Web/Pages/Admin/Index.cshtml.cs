using System.Net.Mail;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Admin;

public sealed record UserRow(int Id, string Name, string Email, string? Organization, IReadOnlyList<string> Roles, bool Locked);

/// <summary>Accounts and roles: makes accounts for office, broker and staff, gives and takes roles, locks and unlocks.</summary>
public sealed class IndexModel(MatchmakingDbContext db, UserManager<User> users, CurrentUser current, TimeProvider time, IStringLocalizer<AccountText> text) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<UserRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var name = ListingRules.Clean(Input.DisplayName);
        var email = ListingRules.Clean(Input.Email);
        if (name.Length is 0 or > Matching.Organizations.User.MaxDisplayName) ModelState.AddModelError("Input.DisplayName", text["DisplayName.Missing"]);
        if (email.Length is 0 or > 256 || !MailAddress.TryCreate(email, out _)) ModelState.AddModelError("Input.Email", text["Email.Wrong"]);
        if (!Roles.All.Contains(Input.Role)) ModelState.AddModelError("Input.Role", text["Role.Missing"]);
        if (string.IsNullOrEmpty(Input.Password)) ModelState.AddModelError("Input.Password", text["Password.Missing"]);
        var code = string.IsNullOrWhiteSpace(Input.CreditCode) ? null : CreditCode.Normalize(Input.CreditCode);
        var organization = code is null ? null : await db.Organizations.SingleOrDefaultAsync(o => o.CreditCode == code, cancellationToken);
        if (!string.IsNullOrWhiteSpace(Input.CreditCode) && organization is null) ModelState.AddModelError("Input.CreditCode", text["CreditCode.Unknown"]);
        if (ModelState.IsValid)
        {
            var user = Matching.Organizations.User.Create(email, name, time.GetUtcNow());
            if (organization is not null) user.Found(organization);
            var created = await users.CreateAsync(user, Input.Password!);
            foreach (var error in created.Errors)
                ModelState.AddModelError(error.Code.Contains("Password", StringComparison.Ordinal) ? "Input.Password" : "Input.Email", text["Identity." + error.Code]);
            if (created.Succeeded)
            {
                await users.AddToRoleAsync(user, Input.Role!);
                await AuditAsync("user.add", user.Id, Input.Role!, cancellationToken);
                Done = "Done.UserAdded";
                return RedirectToPage();
            }
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRoleAsync(int id, string? role, bool give, CancellationToken cancellationToken)
    {
        if (role is null || !Roles.All.Contains(role) || await users.FindByIdAsync($"{id}") is not { } user) return NotFound();
        if (!give && role == Roles.Administrator && id == current.Id)
        {
            ModelState.AddModelError("", text["Role.OwnAdministrator"]);
            await LoadAsync(cancellationToken);
            return Page();
        }
        if (give && !await users.IsInRoleAsync(user, role)) await users.AddToRoleAsync(user, role);
        if (!give && await users.IsInRoleAsync(user, role)) await users.RemoveFromRoleAsync(user, role);
        await users.UpdateSecurityStampAsync(user);
        await AuditAsync(give ? "user.role.give" : "user.role.take", id, role, cancellationToken);
        Done = "Done.Role";
        return RedirectToPage(new { Q, p = PageNumber });
    }

    public async Task<IActionResult> OnPostLockAsync(int id, bool locked, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync($"{id}") is not { } user) return NotFound();
        if (id == current.Id)
        {
            ModelState.AddModelError("", text["Lock.Own"]);
            await LoadAsync(cancellationToken);
            return Page();
        }
        await users.SetLockoutEndDateAsync(user, locked ? DateTimeOffset.MaxValue.AddYears(-1) : null);
        await users.UpdateSecurityStampAsync(user);
        await AuditAsync(locked ? "user.lock" : "user.unlock", id, "", cancellationToken);
        Done = locked ? "Done.Locked" : "Done.Unlocked";
        return RedirectToPage(new { Q, p = PageNumber });
    }

    private Task<int> AuditAsync(string act, int id, string details, CancellationToken cancellationToken)
    {
        db.Audit(current.Id, act, $"user:{id}", time.GetUtcNow(), details);
        return db.SaveChangesAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var q = ListingRules.Clean(Q).ToUpperInvariant();
        var found = db.Users.AsNoTracking().Where(u => q == "" || u.NormalizedEmail!.Contains(q) || u.DisplayName.Contains(q));
        Total = await found.CountAsync(cancellationToken);
        PageNumber = Math.Clamp(PageNumber, 1, Pages);
        var rows = await found.OrderBy(u => u.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize)
            .Select(u => new { u.Id, u.DisplayName, u.Email, Organization = u.Organization!.Name, u.LockoutEnd }).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.Id).ToList();
        var roles = await (from link in db.UserRoles
                           join role in db.Roles on link.RoleId equals role.Id
                           where ids.Contains(link.UserId)
                           select new { link.UserId, role.Name }).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        Rows = [.. rows.Select(r => new UserRow(r.Id, r.DisplayName, r.Email!, r.Organization, [.. roles.Where(x => x.UserId == r.Id).Select(x => x.Name!).Order()], r.LockoutEnd > now))];
    }

    public sealed class InputModel
    {
        public string? DisplayName { get; set; }
        public string? Email { get; set; }
        public string? Role { get; set; }
        public string? CreditCode { get; set; }
        public string? Password { get; set; }
    }
}
