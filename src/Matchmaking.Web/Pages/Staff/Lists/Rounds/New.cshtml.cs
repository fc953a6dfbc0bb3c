using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists.Rounds;

/// <summary>Plans a round: call, calendar, rules. From then on the calendar moves it.</summary>
public sealed class NewModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, RoundsWords words, IStringLocalizer<RoundsText> text) : PageModel
{
    [BindProperty]
    public ListRoundInput Input { get; set; } = new();

    public void OnGet()
    {
        var today = time.Today();
        Input = ListRoundInput.Of(ListRoundRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), "");
        foreach (var criterion in ListRoundRules.DefaultOf(AnnualListKind.QualityAchievements).Criteria) Input.Weights[criterion.Code] = criterion.Weight.ToString("0.##", CultureInfo.InvariantCulture);
        Input.Kind = nameof(AnnualListKind.KeyTechnologyNeeds);
        Input.Year = today.Year.ToString(CultureInfo.InvariantCulture);
        var calendar = new RoundCalendar(today, today.AddDays(30), today.AddDays(51), today.AddDays(61), today.AddDays(76), today.AddDays(86));
        Input.Dates = Enum.GetValues<RoundDate>().ToDictionary(d => d.ToString(), d => (string?)calendar[d].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Input.Fill();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var kind = Enum.TryParse<AnnualListKind>(Input.Kind, out var parsed) && Enum.IsDefined(parsed) ? parsed : (AnnualListKind?)null;
        if (kind is null) ModelState.AddModelError("Input.Kind", text["Kind.Missing"]);
        if (!ListRoundInput.TryNumber(Input.Year, out var year) || year is < AnnualList.FirstYear or > AnnualList.LastYear)
            ModelState.AddModelError("Input.Year", text["Year.Wrong", ListRoundInput.Shown(Input.Year ?? ""), AnnualList.FirstYear, AnnualList.LastYear]);
        var call = ListingRules.Clean(Input.Text);
        if (call.Length == 0) ModelState.AddModelError("Input.Text", text["Text.Missing"]);
        if (call.Length > ListRound.MaxText) ModelState.AddModelError("Input.Text", text["Text.TooLong", call.Length, ListRound.MaxText]);
        var calendar = Input.ReadCalendar(time.Today(), ModelState, text, words);
        var rules = kind is { } known ? Input.ReadRules(known, ModelState, text, words) : null;
        if (!ModelState.IsValid || kind is null || calendar is null || rules is null) return Again();
        if (await IsThereAsync(kind.Value, year, cancellationToken)) return AlreadyThere();

        var at = time.GetUtcNow();
        var round = new ListRound(kind.Value, year, call, calendar, rules, current.Id!.Value, at);
        db.ListRounds.Add(round);
        db.Audit(current.Id, "list-round.plan", $"list:{round.SerialNumber}", at);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A second click, or a colleague was faster: the index let one in.
            db.ChangeTracker.Clear();
            if (!await IsThereAsync(kind.Value, year, cancellationToken)) throw;
            return AlreadyThere();
        }
        return Redirect($"/staff/lists/rounds/{round.Id}");
    }

    private PageResult AlreadyThere()
    {
        ModelState.AddModelError("Input.Year", text["AlreadyPlanned"]);
        return Again();
    }

    private PageResult Again()
    {
        Input.Fill();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Task<bool> IsThereAsync(AnnualListKind kind, int year, CancellationToken cancellationToken) =>
        db.ListRounds.AnyAsync(r => r.Kind == kind && r.Year == year && r.Phase != ListRoundPhase.Cancelled, cancellationToken);
}
