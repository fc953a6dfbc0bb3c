using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>What every page must hold: no axe violation (WCAG 2.2 AA), no sideways scrolling, no text below 13 px.</summary>
public static class Accessible
{
    public static async Task AssertAsync(IPage page, string address) => Assert.Empty(await ViolationsAsync(page, address));

    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string address)
    {
        var found = new List<string>();
        var result = await page.RunAxe();
        found.AddRange(result.Violations.Select(v => $"{address}: {v.Id} {string.Join(" | ", v.Nodes.Take(2).Select(n => n.Html))}"));
        var sideways = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (sideways > 0) found.Add($"{address}: scrolls sideways by {sideways} px");
        var small = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 12.99 && parseFloat(getComputedStyle(e).fontSize) > 0).slice(0, 3).map(e => e.tagName + ' ' + e.textContent.slice(0, 20))");
        found.AddRange(small.Select(s => $"{address}: text below 13 px in {s}"));
        return found;
    }
}
