using System.Diagnostics;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>
/// Waiting for the next page by asking the page itself. Playwright's own waits for an address or a load state ask first and listen afterwards: a page that arrives between the two is
/// waited for until the time is up.
/// </summary>
internal static class Waiting
{
    private const string Mark = "() => { document.documentElement.dataset.left = ''; }";
    // In its first moment a document has no element yet.
    private const string Whole = "() => document.readyState === 'complete' && document.documentElement !== null && !('left' in document.documentElement.dataset)";

    /// <summary>Presses what leads to a new page, be it at the same address, and waits until that page is there whole and its script has run: a key pressed before is lost.</summary>
    /// <exception cref="TimeoutException">No new page came within Playwright's time.</exception>
    public static Task FollowAsync(this IPage page, string selector) => page.Locator(selector).FollowAsync();

    /// <inheritdoc cref="FollowAsync(IPage, string)"/>
    public static Task FollowAsync(this ILocator pressed) => pressed.Page.FollowAsync(() => pressed.ClickAsync());

    /// <summary>The same for whatever else leads to a new page, such as a key.</summary>
    /// <inheritdoc cref="FollowAsync(IPage, string)"/>
    public static async Task FollowAsync(this IPage page, Func<Task> act)
    {
        await page.EvaluateAsync(Mark);
        await act();
        await page.WaitForFunctionAsync(Whole);
    }

    /// <summary>Waits for an address that a key or a click leads to, and until its page is there whole and its script has run.</summary>
    /// <exception cref="TimeoutException">The address did not come within half a minute.</exception>
    public static async Task ForAddressAsync(this IPage page, Func<string, bool> matches)
    {
        var waited = Stopwatch.StartNew();
        while (!matches(page.Url))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException($"Still at {page.Url}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        await page.WaitForFunctionAsync(Whole);
    }
}
