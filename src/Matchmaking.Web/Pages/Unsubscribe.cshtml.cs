using Matchmaking.Matching.Notices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages;

/// <summary>
/// The end of a mail's links: GET asks, POST does (RFC 8058: the mail program posts here without cookies, so there is neither sign-in nor antiforgery
/// token; the token in the address is signed with the person's own key). A GET changes nothing, because scanners open links.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(Unsubscribing unsubscribing) : PageModel
{
    public Unsubscription What { get; private set; } = null!;

    public bool Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellationToken) => await ReadAsync(token, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        if (!await ReadAsync(token, cancellationToken)) return NotFound();
        await unsubscribing.RunAsync(What, cancellationToken);
        Done = true;
        return Page();
    }

    private async Task<bool> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (await unsubscribing.ReadAsync(token, cancellationToken) is not { } what) return false;
        What = what;
        return true;
    }
}
