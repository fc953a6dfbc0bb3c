using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages;

/// <summary>What people see instead of an empty answer: not found, refused, too large, too often.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class NotFoundModel : PageModel
{
    private static readonly int[] Known = [400, 403, 404, 413, 429, 503];

    public string Key { get; private set; } = "Status.404";

    public void OnGet(int? code) => Show(code);

    public void OnPost(int? code) => Show(code);

    private void Show(int? code)
    {
        // Opened by its own address, this page is itself something that is not there.
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = StatusCodes.Status404NotFound;
        else if (code is { } given) Key = Known.Contains(given) ? $"Status.{given}" : "Status.Other";
    }
}
