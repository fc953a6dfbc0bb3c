using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

/// <summary>What the pages that work on one list share: a reason is asked for, a stale page is told, a refusal is shown, and nothing typed is lost.</summary>
public abstract class ListPageModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<ListsText> text) : PageModel
{
    /// <summary>The list's version when the page was opened.</summary>
    [BindProperty]
    public string? Version { get; set; }

    public AnnualList List { get; private set; } = null!;

    protected MatchmakingDbContext Db => db;

    protected int CurrentId => current.Id!.Value;

    protected DateTimeOffset Now => time.GetUtcNow();

    protected IStringLocalizer<ListsText> Text => text;

    /// <summary>Loads for display, with entries, listings and steps.</summary>
    protected async Task<bool> ShowAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var list = await db.AnnualLists.AsNoTrackingWithIdentityResolution()
            .Include(l => l.Entries).ThenInclude(e => e.Listing).Include(l => l.Steps).Include(l => l.Signs)
            .AsSplitQuery().SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (list is null) return false;
        List = list;
        return true;
    }

    /// <summary>Does one act and goes to <paramref name="next"/>; a refusal stands at <paramref name="field"/>.</summary>
    protected async Task<IActionResult> ActAsync(
        int id, string action, string field, string next, Func<AnnualList, int, DateTimeOffset, Task<string>> act, CancellationToken cancellationToken)
    {
        var by = (await current.RequireAsync()).Id;
        var list = await db.AnnualLists.Include(l => l.Entries).Include(l => l.Signs).AsSplitQuery().SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (list is null) return NotFound();
        if (Version != list.Version.ToString(CultureInfo.InvariantCulture)) return await StaleAsync(id, cancellationToken);
        if (!ModelState.IsValid) return await AgainAsync(id, cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var details = await act(list, by, now);
            if (action.Length > 0) db.Audit(by, action, $"list:{list.SerialNumber}", now, details);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (AnnualListRefusedException refused)
        {
            ModelState.AddModelError(field, text["Refused." + refused.Code, [.. refused.Arguments.Select(Printed)]]);
            return await AgainAsync(id, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        return Redirect(next);
    }

    /// <summary>The reason as cleaned text; complains when there is none.</summary>
    protected string ReadReason(string? typed, string field)
    {
        var reason = ListingRules.Clean(typed);
        if (reason.Length == 0) ModelState.AddModelError(field, text["Reason.Missing"]);
        if (reason.Length > AnnualList.MaxReason) ModelState.AddModelError(field, text["Reason.TooLong", reason.Length, AnnualList.MaxReason]);
        return reason;
    }

    /// <summary>A day as typed, 2026-11-23; complains when it is none.</summary>
    protected DateOnly ReadDay(string? typed, string field)
    {
        if (DateOnly.TryParseExact(typed?.Trim(), ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        ModelState.AddModelError(field, string.IsNullOrWhiteSpace(typed) ? text["Day.Missing"] : text["Day.NotOne", Web.Lists.RulesInput.Shown(typed)]);
        return default;
    }

    protected virtual async Task<IActionResult> AgainAsync(int id, CancellationToken cancellationToken) =>
        await ShowAsync(id, cancellationToken) ? Page() : NotFound();

    private async Task<IActionResult> StaleAsync(int id, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("", text["Stale"]);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await AgainAsync(id, cancellationToken);
    }

    private static object Printed(object argument) => argument switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => argument,
    };
}
