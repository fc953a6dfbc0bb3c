using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account;

public sealed class ResetModel(UserManager<User> users, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    public bool Done { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrEmpty(NewPassword)) ModelState.AddModelError(nameof(NewPassword), text["Password.Missing"]);
        if (!ModelState.IsValid) return Page();
        var user = string.IsNullOrEmpty(Id) ? null : await users.FindByIdAsync(Id);
        if (user is null || string.IsNullOrEmpty(Token))
        {
            ModelState.AddModelError("", text["Identity.InvalidToken"]);
            return Page();
        }
        var result = await users.ResetPasswordAsync(user, Token, NewPassword!);
        foreach (var error in result.Errors)
            ModelState.AddModelError(error.Code == "InvalidToken" ? "" : nameof(NewPassword), text["Identity." + error.Code]);
        if (result.Succeeded) await users.SetLockoutEndDateAsync(user, null);
        Done = result.Succeeded;
        return Page();
    }
}
