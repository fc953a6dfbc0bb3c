using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Notices;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account.Notices;

/// <summary>A saved search: makes it from the search in the address, renames it, chooses how often, deletes it.</summary>
[Authorize]
public sealed class SearchModel(MatchmakingDbContext db, CurrentUser current, MailPreferences preferences, TimeProvider time, IStringLocalizer<ToldText> text) : PageModel
{
    private const int LongestValue = 60;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Done { get; set; }

    /// <summary>Null while it is being made.</summary>
    public SavedSearch? Saved { get; private set; }

    public ListingQuery Query { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Input = new InputModel
        {
            Name = Saved?.Name ?? (Query.Text.Length > SavedSearch.MaxName ? Query.Text[..SavedSearch.MaxName] : Query.Text),
            Frequency = (Saved?.Frequency ?? NoticeKinds.Default(NoticeKind.SavedSearch)).ToString(),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var user = await current.RequireAsync();
        var name = ListingRules.CleanLine(Input.Name);
        if (name.Length == 0) ModelState.AddModelError("Input.Name", text["Search.NameMissing"]);
        if (name.Length > SavedSearch.MaxName) ModelState.AddModelError("Input.Name", text["Search.NameTooLong", name.Length, SavedSearch.MaxName]);
        if (!Enum.TryParse<MailFrequency>(Input.Frequency, out var frequency) || !Enum.IsDefined(frequency)) ModelState.AddModelError("Input.Frequency", text["Search.FrequencyMissing"]);
        if (Saved is null && Query.Text.Length > SavedSearch.MaxText) ModelState.AddModelError("", text["Search.TextTooLong", Query.Text.Length, SavedSearch.MaxText]);
        if (Saved is null && await db.SavedSearches.CountAsync(s => s.UserId == user.Id, cancellationToken) >= SavedSearch.Most) ModelState.AddModelError("", text["Search.TooMany", SavedSearch.Most]);
        if (!ModelState.IsValid) return Page();
        if (Saved is null)
        {
            var facets = Query.Filters.SelectMany(f => f.Value.Where(v => v.Length <= LongestValue).Select(v => new ChosenFacet(f.Key, v))).Take(SavedSearch.MaxFacets).ToList();
            db.SavedSearches.Add(new SavedSearch(user.Id, name, Query.Kind, Query.Text, facets, frequency, time.GetUtcNow()));
        }
        else
        {
            Saved.Rename(name);
            Saved.Choose(frequency);
        }
        await db.SaveChangesAsync(cancellationToken);
        await preferences.ReconsiderAsync(user.Id, cancellationToken);
        Done = "Done.Search";
        return Redirect("/account/notices");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int? id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || Saved is null) return NotFound();
        db.SavedSearches.Remove(Saved);
        await db.SaveChangesAsync(cancellationToken);
        Done = "Done.SearchDeleted";
        return Redirect("/account/notices");
    }

    /// <summary>One's own saved search, or the search in the address; somebody else's is not there.</summary>
    private async Task<bool> LoadAsync(int? id, CancellationToken cancellationToken)
    {
        var user = current.Id ?? 0;
        if (id is null)
        {
            Query = ListingQuery.Read(Request.Query, Request.Query["kind"] == nameof(ListingKind.Achievement) ? ListingKind.Achievement : ListingKind.Need);
            return true;
        }
        Saved = await db.SavedSearches.SingleOrDefaultAsync(s => s.Id == id && s.UserId == user, cancellationToken);
        if (Saved is null) return false;
        Query = NoticeViews.Query(Saved);
        return true;
    }

    public sealed class InputModel
    {
        public string? Name { get; set; }
        public string? Frequency { get; set; }
    }
}
