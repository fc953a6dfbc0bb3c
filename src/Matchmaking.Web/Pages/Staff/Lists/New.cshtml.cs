using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

public sealed class NewModel(
    MatchmakingDbContext db, CurrentUser current, AnnualListOptions options, LocalTime local, TimeProvider time, IStringLocalizer<ListsText> text) : PageModel
{
    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public RulesInput Rules { get; set; } = new();

    /// <summary>The list that is already there, when the form asked for one of the same kind and year.</summary>
    public int? Existing { get; private set; }

    public void OnGet()
    {
        Kind = nameof(AnnualListKind.KeyTechnologyNeeds);
        Year = local.Today.Year.ToString(CultureInfo.InvariantCulture);
        Rules = RulesInput.Of(AnnualListRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), options.NoticeDays);
        Rules.LeastTrl = AnnualListRules.DefaultOf(AnnualListKind.QualityAchievements).LeastTrl?.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var kind = Enum.TryParse<AnnualListKind>(Kind, out var parsed) && Enum.IsDefined(parsed) ? parsed : (AnnualListKind?)null;
        if (kind is null) ModelState.AddModelError(nameof(Kind), text["Kind.Missing"]);
        if (!RulesInput.TryNumber(Year, out var year) || year is < AnnualList.FirstYear or > AnnualList.LastYear)
            ModelState.AddModelError(nameof(Year), text["Year.Wrong", RulesInput.Shown(Year ?? ""), AnnualList.FirstYear, AnnualList.LastYear]);
        var rules = Rules.Read(ModelState, text, nameof(Rules) + ".");
        if (!ModelState.IsValid || kind is null || rules is null) return Page();
        if (await FindAsync(kind.Value, year, cancellationToken) is { } existing) return AlreadyThere(existing);

        var now = time.GetUtcNow();
        var list = new AnnualList(kind.Value, year, rules.Value.Rules, rules.Value.NoticeDays, current.Id, now);
        db.AnnualLists.Add(list);
        db.Audit(current.Id, "list.open", $"list:{list.SerialNumber}", now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A second click or the job opened the same list in between; the index let only one in.
            db.ChangeTracker.Clear();
            if (await FindAsync(kind.Value, year, cancellationToken) is not { } other) throw;
            return AlreadyThere(other);
        }
        return Redirect($"/staff/lists/{list.Id}");
    }

    private PageResult AlreadyThere(int id)
    {
        Existing = id;
        ModelState.AddModelError(nameof(Year), text["AlreadyOpen"]);
        return Page();
    }

    private Task<int?> FindAsync(AnnualListKind kind, int year, CancellationToken cancellationToken) =>
        db.AnnualLists.Where(l => l.Kind == kind && l.Year == year && l.Edition == 1).Select(l => (int?)l.Id).SingleOrDefaultAsync(cancellationToken);
}
