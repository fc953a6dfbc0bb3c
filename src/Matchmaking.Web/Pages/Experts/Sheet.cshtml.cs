using System.Globalization;
using System.Text;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Experts;

/// <summary>
/// One entry with the expert's scores: saves itself while he writes, is handed in once. Blind rounds show neither the owner nor who invented it. A sheet of
/// somebody else is not there.
/// </summary>
public sealed class SheetModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, RoundsWords words, Formatting format, IStringLocalizer<RoundsText> text) : PageModel
{
    [BindProperty]
    public Dictionary<string, string?> Scores { get; set; } = [];

    [BindProperty]
    public string? Remark { get; set; }

    /// <summary>The sheet's version when the page was opened.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>Why he stands down.</summary>
    [BindProperty]
    public string? Why { get; set; }

    [TempData]
    public string? Done { get; set; }

    public ScoreSheet Sheet { get; private set; } = null!;
    public ListDocumentEntry Entry { get; private set; } = null!;
    public ListingContent Texts { get; private set; } = null!;
    public bool IsOpen { get; private set; }

    /// <summary>The next sheet without scores; null when all are done.</summary>
    public int? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        Stand();
        return await ShowAsync(cancellationToken);
    }

    public Task<IActionResult> OnPostSaveAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Done.Saved", (sheet, at) =>
    {
        var scores = Read();
        if (ModelState.IsValid) sheet.Save(scores, Words(), at);
    }, cancellationToken);

    public Task<IActionResult> OnPostSubmitAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Done.Submitted", (sheet, at) =>
    {
        var scores = Read();
        foreach (var criterion in sheet.Round.Rules.Criteria.Where(c => string.IsNullOrWhiteSpace(Scores.GetValueOrDefault(c.Code)))) ModelState.AddModelError(Field(criterion.Code), text["Score.Missing"]);
        if (sheet.State == ScoreSheetState.Open && !ModelState.IsValid) return;
        sheet.Save(scores, Words(), at);
        sheet.Submit(at);
    }, cancellationToken);

    public Task<IActionResult> OnPostRecuseAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Done.Recused", (sheet, at) =>
    {
        var why = ListingRules.Clean(Why);
        if (why.Length == 0) ModelState.AddModelError(nameof(Why), text["Reason.Missing"]);
        if (why.Length > ListRound.MaxReason) ModelState.AddModelError(nameof(Why), text["Reason.TooLong", why.Length, ListRound.MaxReason]);
        if (ModelState.IsValid) sheet.Recuse(why, at);
    }, cancellationToken);

    /// <summary>What the page's script sends while he writes; what cannot be read is said and stays in the form.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Version != Number(Sheet.Version)) return new JsonResult(new { state = "stale", message = text["Stale"].Value });
        try
        {
            var at = time.GetUtcNow();
            var scores = Read();
            if (ModelState.IsValid) Sheet.Save(scores, Words(), at);
            if (!ModelState.IsValid) return new JsonResult(new { state = "unreadable", message = ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage });
            await db.SaveChangesAsync(cancellationToken);
            return new JsonResult(new { state = "saved", version = Number(Sheet.Version), message = text["Autosave.Saved", format.TimeOfDay(at)].Value });
        }
        catch (ListRoundRefusedException refused)
        {
            return new JsonResult(new { state = "closed", message = words.Refusal(refused) });
        }
        catch (DbUpdateConcurrencyException)
        {
            return new JsonResult(new { state = "stale", message = text["Stale"].Value });
        }
    }

    public static string Field(string code) => $"Scores[{code}]";

    private async Task<IActionResult> ActAsync(int id, string done, Action<ScoreSheet, DateTimeOffset> act, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        try
        {
            // First what the sheet itself says: one that was handed in twice is told so, not that it is old.
            if (Sheet.State == ScoreSheetState.Open && Version != Number(Sheet.Version)) return await StaleAsync(id, cancellationToken);
            act(Sheet, time.GetUtcNow());
            if (ModelState.IsValid)
            {
                db.Audit(current.Id, done switch { "Done.Submitted" => "score.submit", "Done.Recused" => "score.recuse", _ => "score.save" }, $"sheet:{id}", time.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                Done = done;
                return Redirect($"/experts/{id}");
            }
        }
        catch (ListRoundRefusedException refused)
        {
            if (refused.Code != "ScoresMissing") ModelState.AddModelError("", words.Refusal(refused));
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        db.ChangeTracker.Clear();
        return await FindAsync(id, cancellationToken) ? await ShowAsync(cancellationToken) : NotFound();
    }

    private async Task<IActionResult> StaleAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        ModelState.AddModelError("", Sheet.State == ScoreSheetState.Open ? text["Stale"] : words.Refusal(new ListRoundRefusedException(Sheet.State == ScoreSheetState.Submitted ? "AlreadySubmitted" : "AlreadyRecused", Sheet.SubmittedAt!)));
        // What was typed stays in the form; sent once more it replaces the other window's.
        Version = Number(Sheet.Version);
        ModelState.SetModelValue(nameof(Version), Version, Version);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync(cancellationToken);
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        var me = current.Id!.Value;
        var sheet = await db.ScoreSheets.Include(s => s.Round).Include(s => s.Entry.Listing.Organization).SingleOrDefaultAsync(s => s.Id == id && s.Invitation.Expert.UserId == me && s.Round.Phase != ListRoundPhase.Cancelled, cancellationToken);
        if (sheet is null) return false;
        Sheet = sheet;
        return true;
    }

    private void Stand()
    {
        Scores = Sheet.Scores.ToDictionary(s => s.Code, s => s.Value?.ToString("0.#", CultureInfo.InvariantCulture));
        Remark = Sheet.Remark;
        Version = Number(Sheet.Version);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        foreach (var criterion in Sheet.Round.Rules.Criteria) Scores.TryAdd(criterion.Code, "");
        Version ??= Number(Sheet.Version);
        IsOpen = Sheet.State == ScoreSheetState.Open && Sheet.Round.TakesScoresOn(Matching.ProvinceTime.DayOf(time.GetUtcNow()));
        var revision = await db.Revisions.AsNoTracking().SingleAsync(r => r.ListingId == Sheet.Entry.ListingId && r.Number == Sheet.Entry.Revision, cancellationToken);
        Texts = revision.Content(Sheet.Entry.Listing.ListingKind);
        Entry = ListDocumentEntry.Of(1, Sheet.Entry.Listing, Sheet.Entry.Revision, Texts);
        Next = await db.ScoreSheets.Where(s => s.InvitationId == Sheet.InvitationId && s.State == ScoreSheetState.Open && s.Id != Sheet.Id).OrderBy(s => s.Id < Sheet.Id).ThenBy(s => s.Id).Select(s => (int?)s.Id).FirstOrDefaultAsync(cancellationToken);
        return Page();
    }

    private string Words() => ListingRules.Clean(Remark);

    /// <summary>The scores that are there, complaining at those that are none.</summary>
    private List<CriterionScore> Read()
    {
        var scores = new List<CriterionScore>();
        foreach (var criterion in Sheet.Round.Rules.Criteria)
        {
            var typed = Scores.GetValueOrDefault(criterion.Code)?.Trim();
            if (string.IsNullOrEmpty(typed)) continue;
            if (!decimal.TryParse(typed.Normalize(NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) ModelState.AddModelError(Field(criterion.Code), text["Score.NotOne", ListRoundInput.Shown(typed)]);
            else if (!ScoreSheet.IsScore(value)) ModelState.AddModelError(Field(criterion.Code), text["Refused.ScoreOutOfRange", ListRoundInput.Shown(typed)]);
            else scores.Add(new CriterionScore(criterion.Code, value));
        }
        if (Words().Length > ScoreSheet.MaxRemark) ModelState.AddModelError(nameof(Remark), text["Refused.RemarkTooLong", Words().Length, ScoreSheet.MaxRemark]);
        return scores;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
