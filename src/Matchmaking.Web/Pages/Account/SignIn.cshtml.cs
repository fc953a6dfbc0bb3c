using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account;

public sealed class SignInModel(SignInManager<User> signIn, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "return")]
    public string? Return { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Input.Email)) ModelState.AddModelError("Input.Email", text["Email.Missing"]);
        if (string.IsNullOrEmpty(Input.Password)) ModelState.AddModelError("Input.Password", text["Password.Missing"]);
        if (!ModelState.IsValid) return Page();
        var result = await signIn.PasswordSignInAsync(Input.Email!.Trim(), Input.Password!, Input.Remember, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(Return) ? Return! : await RoomAsync(Input.Email.Trim()));
        ModelState.AddModelError("Input.Password", result.IsLockedOut ? text["SignIn.LockedOut"] : text["SignIn.Wrong"]);
        return Page();
    }

    /// <summary>Where this person works; whoever has no room of his own goes to the home page.</summary>
    private async Task<string> RoomAsync(string email)
    {
        var roles = await signIn.UserManager.FindByNameAsync(email) is { } user ? await signIn.UserManager.GetRolesAsync(user) : [];
        (string Role, string Address)[] rooms =
        [
            (Roles.EnterpriseMember, "/my"), (Roles.Researcher, "/my"), (Roles.Broker, "/desk"), (Roles.Staff, "/staff"), (Roles.Administrator, "/admin"),
        ];
        return rooms.FirstOrDefault(r => roles.Contains(r.Role)).Address ?? "/";
    }

    public sealed class InputModel
    {
        public string? Email { get; set; }
        public string? Password { get; set; }

        public bool Remember { get; set; }
    }
}
