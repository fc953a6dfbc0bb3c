using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account;

/// <summary>My account: name, password, my organisation and who waits to join it.</summary>
[Authorize]
public sealed class IndexModel(
    MatchmakingDbContext db, CurrentUser current, OfficeMembers offices, UserManager<User> users, SignInManager<User> signIn, TimeProvider time, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? OldPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    /// <summary>Id of the recommending office, as chosen.</summary>
    [BindProperty]
    public string? Office { get; set; }

    [TempData]
    public string? Done { get; set; }

    public User Person { get; private set; } = null!;
    /// <summary>Offices near the organisation, and its own.</summary>
    public IReadOnlyList<Organization> Offices { get; private set; } = [];
    public IReadOnlyList<User> Members { get; private set; } = [];
    public IReadOnlyList<User> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        DisplayName = Person.DisplayName;
    }

    public async Task<IActionResult> OnPostNameAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var name = ListingRules.Clean(DisplayName);
        if (name.Length == 0) ModelState.AddModelError(nameof(DisplayName), text["DisplayName.Missing"]);
        if (name.Length > Matching.Organizations.User.MaxDisplayName)
            ModelState.AddModelError(nameof(DisplayName), text["TooLong", name.Length, Matching.Organizations.User.MaxDisplayName]);
        if (!ModelState.IsValid) return Page();
        Person.Rename(name);
        await db.SaveChangesAsync(cancellationToken);
        Done = "Done.Name";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        DisplayName = Person.DisplayName;
        if (string.IsNullOrEmpty(OldPassword)) ModelState.AddModelError(nameof(OldPassword), text["Password.Missing"]);
        if (string.IsNullOrEmpty(NewPassword)) ModelState.AddModelError(nameof(NewPassword), text["Password.Missing"]);
        if (!ModelState.IsValid) return Page();
        var result = await users.ChangePasswordAsync(Person, OldPassword!, NewPassword!);
        foreach (var error in result.Errors)
            ModelState.AddModelError(error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? nameof(OldPassword) : nameof(NewPassword), text["Identity." + error.Code]);
        if (!ModelState.IsValid) return Page();
        await signIn.RefreshSignInAsync(Person);
        Done = "Done.Password";
        return RedirectToPage();
    }

    /// <summary>A member says which office recommends the organisation's records.</summary>
    public async Task<IActionResult> OnPostOfficeAsync(CancellationToken cancellationToken)
    {
        if (await current.OrganizationAsync() is not { } organization || !OfficeMembers.MayChoose(organization)) return NotFound();
        // Loading shows the present office where none was chosen.
        var typed = Office;
        await LoadAsync(cancellationToken);
        DisplayName = Person.DisplayName;
        var chosen = Offices.SingleOrDefault(o => o.Id.ToString(CultureInfo.InvariantCulture) == typed);
        if (chosen is null || !await offices.PlaceAsync(organization.Id, await offices.FindAsync(chosen.Id, cancellationToken), Person.Id, cancellationToken))
        {
            ModelState.AddModelError(nameof(Office), text[string.IsNullOrEmpty(typed) ? "Office.Missing" : "Office.Unknown"]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Done = "Done.Office";
        return RedirectToPage();
    }

    public Task<IActionResult> OnPostLetInAsync(int id, CancellationToken cancellationToken) =>
        DecideAsync(id, person => person.LetIn(), "organization.letin", cancellationToken);

    public Task<IActionResult> OnPostTurnAwayAsync(int id, CancellationToken cancellationToken) =>
        DecideAsync(id, person => person.TurnAway(), "organization.turnaway", cancellationToken);

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        await signIn.SignOutAsync();
        return LocalRedirect("/");
    }

    /// <summary>A member decides about somebody who asked to join the same organisation; anybody else is told that there is no such request.</summary>
    private async Task<IActionResult> DecideAsync(int id, Action<User> decide, string act, CancellationToken cancellationToken)
    {
        if (await current.OrganizationAsync() is not { } organization) return NotFound();
        var asker = await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.OrganizationId == organization.Id && u.Membership == Membership.Requested, cancellationToken);
        if (asker is null) return NotFound();
        decide(asker);
        db.Audit(current.Id, act, $"organization:{organization.Id}", time.GetUtcNow(), $"user:{id}");
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Person = await current.RequireAsync();
        if (await current.OrganizationAsync() is not { } organization) return;
        Offices = [.. (await offices.OfficesAsync(cancellationToken)).Where(o => OfficeMembers.IsNear(o, organization.Region) || o.Id == organization.OfficeId)];
        Office ??= organization.OfficeId?.ToString(CultureInfo.InvariantCulture);
        var people = await db.Users.Where(u => u.OrganizationId == organization.Id).OrderBy(u => u.Id).ToListAsync(cancellationToken);
        Members = [.. people.Where(p => p.Membership == Membership.Member)];
        Waiting = [.. people.Where(p => p.Membership == Membership.Requested)];
    }
}
