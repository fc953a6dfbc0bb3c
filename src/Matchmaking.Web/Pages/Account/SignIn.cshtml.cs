using System.ComponentModel.DataAnnotations;
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
        if (!ModelState.IsValid) return Page();
        var result = await signIn.PasswordSignInAsync(Input.Email.Trim(), Input.Password, Input.Remember, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(Return) ? Return! : "/my");
        ModelState.AddModelError("Input.Password", result.IsLockedOut ? text["SignIn.LockedOut"] : text["SignIn.Wrong"]);
        return Page();
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Email.Missing"), StringLength(256)]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Password.Missing"), StringLength(128)]
        public string Password { get; set; } = "";

        public bool Remember { get; set; }
    }
}
