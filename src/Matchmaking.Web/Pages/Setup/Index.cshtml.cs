using System.Net.Mail;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Setup;

/// <summary>Behind the one-time link of the first start: makes the first administrator. Any other time it does not exist.</summary>
public sealed class IndexModel(FirstAdministrator first, TimeProvider time, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(string secret, CancellationToken cancellationToken) =>
        await first.IsOpenAsync(secret, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string secret, CancellationToken cancellationToken)
    {
        if (!await first.IsOpenAsync(secret, cancellationToken)) return NotFound();
        var name = ListingRules.Clean(DisplayName);
        var email = ListingRules.Clean(Email);
        if (name.Length is 0 or > Matching.Organizations.User.MaxDisplayName) ModelState.AddModelError(nameof(DisplayName), text["DisplayName.Missing"]);
        if (email.Length is 0 or > 256 || !MailAddress.TryCreate(email, out _)) ModelState.AddModelError(nameof(Email), text["Email.Wrong"]);
        if (string.IsNullOrEmpty(Password)) ModelState.AddModelError(nameof(Password), text["Password.Missing"]);
        if (!ModelState.IsValid) return Page();
        var errors = await first.CreateAsync(secret, email, name, Password!, time.GetUtcNow(), cancellationToken);
        foreach (var error in errors ?? [])
            ModelState.AddModelError(error.Code.Contains("Password", StringComparison.Ordinal) ? nameof(Password) : nameof(Email), text["Identity." + error.Code]);
        return ModelState.IsValid ? LocalRedirect("/account/sign-in?return=/admin") : Page();
    }
}
