using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

internal static class Waiting
{
    private static readonly PageWaitForURLOptions Address = new() { WaitUntil = WaitUntilState.Commit };

    /// <summary>Waits for the address alone: the page's load event may have come before anybody waits for it, and what is read afterwards waits by itself.</summary>
    public static Task ForAddressAsync(this IPage page, Func<string, bool> matches) => page.WaitForURLAsync(matches, Address);
}
