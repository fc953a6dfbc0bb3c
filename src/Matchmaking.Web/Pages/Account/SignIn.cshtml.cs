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
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(Return) ? Return! : "/my");
        ModelState.AddModelError("Input.Password", result.IsLockedOut ? text["SignIn.LockedOut"] : text["SignIn.Wrong"]);
        return Page();
    }

    public sealed class InputModel
    {
        public string? Email { get; set; }
        public string? Password { get; set; }

        public bool Remember { get; set; }
    }
}
