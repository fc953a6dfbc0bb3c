using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

internal static class Waiting
{
    private static readonly PageWaitForURLOptions Address = new() { WaitUntil = WaitUntilState.Commit };

    /// <summary>
    /// Waits for the address and then for the page's own script, which answers keys: a key pressed before it has run is lost. Not for the load event, which may have come before
    /// anybody waits for it.
    /// </summary>
    public static async Task ForAddressAsync(this IPage page, Func<string, bool> matches)
    {
        await page.WaitForURLAsync(matches, Address);
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
