using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

/// <summary>One entry of a list: another place, off the list, or back on it, each with a reason.</summary>
public sealed class EntryModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<ListsText> text)
    : ListPageModel(db, current, time, text)
{
    [BindProperty]
    public string? Position { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public AnnualListEntry Entry { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, int entryId, CancellationToken cancellationToken)
    {
        if (!await ShowEntryAsync(id, entryId, cancellationToken)) return NotFound();
        Position = Entry.Position.ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    public Task<IActionResult> OnPostPlaceAsync(int id, int entryId, CancellationToken cancellationToken)
    {
        if (!RulesInput.TryNumber(Position, out var position) || position < 1)
            ModelState.AddModelError(nameof(Position), Text["Position.Wrong", RulesInput.Shown(Position ?? "")]);
        var reason = ReadReason(Reason, nameof(Reason));
        return ActAsync(id, "list.order", nameof(Position), Next(id), (list, by, at) =>
        {
            list.Place(entryId, position, reason, by, at);
            return Task.FromResult($"entry:{entryId} {position}");
        }, cancellationToken);
    }

    public Task<IActionResult> OnPostDropAsync(int id, int entryId, CancellationToken cancellationToken)
    {
        var reason = ReadReason(Reason, nameof(Reason));
        return ActAsync(id, "list.drop", nameof(Reason), Next(id), (list, by, at) =>
        {
            list.Drop(entryId, reason, by, at);
            return Task.FromResult($"entry:{entryId}");
        }, cancellationToken);
    }

    public Task<IActionResult> OnPostRestoreAsync(int id, int entryId, CancellationToken cancellationToken)
    {
        var reason = ReadReason(Reason, nameof(Reason));
        return ActAsync(id, "list.restore", nameof(Reason), Next(id), (list, by, at) =>
        {
            list.Restore(entryId, reason, by, at);
            return Task.FromResult($"entry:{entryId}");
        }, cancellationToken);
    }

    protected override async Task<IActionResult> AgainAsync(int id, CancellationToken cancellationToken) =>
        int.TryParse(RouteData.Values["entryId"] as string, CultureInfo.InvariantCulture, out var entryId) && await ShowEntryAsync(id, entryId, cancellationToken)
            ? Page() : NotFound();

    private async Task<bool> ShowEntryAsync(int id, int entryId, CancellationToken cancellationToken)
    {
        if (!await ShowAsync(id, cancellationToken) || List.Entries.SingleOrDefault(e => e.Id == entryId) is not { } entry) return false;
        Entry = entry;
        return true;
    }

    private static string Next(int id) => $"/staff/lists/{id}";
}
