using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account.Data;

/// <summary>The link that went to a new address leads here; a button, because scanners open links.</summary>
[Authorize]
public sealed class MailModel(CurrentUser current, AddressChange change, SignInManager<User> signIn, IStringLocalizer<PersonalText> text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "mail")]
    public string? Address { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [TempData]
    public string? Done { get; set; }

    /// <summary>Whether the address was opened with both parts of the link that was mailed.</summary>
    public bool IsWhole => !string.IsNullOrEmpty(Address) && !string.IsNullOrEmpty(Token);

    public void OnGet()
    {
        if (!IsWhole) ModelState.AddModelError("", text["Mail.LinkWrong"]);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        var errors = IsWhole ? await change.ConfirmAsync(person, Address!, Token!, cancellationToken) : [new IdentityError { Code = "InvalidToken" }];
        if (errors.Any())
        {
            ModelState.AddModelError("", text["Mail.LinkWrong"]);
            return Page();
        }
        await signIn.RefreshSignInAsync(person);
        Done = "Done.Mail";
        return Redirect("/account/data");
    }
}
