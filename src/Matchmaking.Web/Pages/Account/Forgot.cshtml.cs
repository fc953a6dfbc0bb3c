using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account;

/// <summary>Sends a link to set a new password. The answer is the same whether or not the address has an account.</summary>
public sealed class ForgotModel(UserManager<User> users, Mailer mailer, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public bool Sent { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var email = ListingRules.Clean(Email);
        if (email.Length is 0 or > 256) ModelState.AddModelError(nameof(Email), text["Email.Missing"]);
        if (!ModelState.IsValid) return Page();
        if (await users.FindByEmailAsync(email) is { } user)
        {
            var token = await users.GeneratePasswordResetTokenAsync(user);
            var link = QueryHelpers.AddQueryString($"{Request.Scheme}://{Request.Host}/account/reset", new Dictionary<string, string?> { ["id"] = $"{user.Id}", ["token"] = token });
            await mailer.SendAsync(user.Email!, text["Reset.Subject"], text["Reset.Mail", link], cancellationToken);
        }
        Sent = true;
        return Page();
    }
}
