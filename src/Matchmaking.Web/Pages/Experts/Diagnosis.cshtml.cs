using System.Globalization;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Experts;

/// <summary>
/// Second diagnosis of a need for which nothing good was found, by the one expert who was asked; not found for everybody else. He accepts the confidentiality line first;
/// of the need he reads the public layer, as in a blind review, and never who an anonymous owner is.
/// </summary>
public sealed class DiagnosisModel(MatchmakingDbContext db, ListingPresentation present, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int MostTried = 3;

    public Triage Triage { get; private set; } = null!;
    public ListingReading Reading { get; private set; } = null!;

    /// <summary>The best that was found so far, best first.</summary>
    public IReadOnlyList<Match> Tried { get; private set; } = [];

    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public string? Agreed { get; set; }

    [BindProperty]
    public string? Opinion { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [TempData]
    public string? Done { get; set; }

    /// <summary>Whether anything is still waited for: the broker has not decided otherwise, the need is still looked for.</summary>
    public bool IsOpen => Triage.EndedAt is null && Triage.Need.IsSearchable && Triage.Diagnosis is DiagnosisState.Asked or DiagnosisState.Accepted;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) ? await ShowAsync(cancellationToken) : NotFound();

    public Task<IActionResult> OnPostAcceptAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "accept", (triage, at) =>
    {
        if (Agreed != "yes") ModelState.AddModelError(nameof(Agreed), text["Diagnosis.AgreeMissing"]);
        else triage.Accept(at);
    }, cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "decline", (triage, at) =>
    {
        if (Words(nameof(Why), Why) is { } why) triage.Decline(why, at);
    }, cancellationToken);

    public Task<IActionResult> OnPostAnswerAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "answer", (triage, at) =>
    {
        if (!Enum.TryParse<DiagnosisOutcome>(Outcome, out var outcome) || !Enum.IsDefined(outcome)) ModelState.AddModelError(nameof(Outcome), text["Diagnosis.OutcomeMissing"]);
        if (Words(nameof(Opinion), Opinion) is { } opinion && ModelState.IsValid) triage.Answer(opinion, outcome, at);
    }, cancellationToken);

    private async Task<IActionResult> ActAsync(int id, string act, Action<Triage, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (!IsOpen || Version != Number(Triage.Version)) return await StaleAsync(id, cancellationToken);
        var at = time.GetUtcNow();
        change(Triage, at);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(cancellationToken);
        }
        var need = Triage.Need;
        db.Audit(current.Id, "diagnosis." + act, $"need:{need.Id}", at);
        if (act != "accept")
        {
            db.Tell(Triage.ById, NoticeKind.TriageAnswered, "/desk/triage", at, need.Title);
            if (act == "answer" && await db.Users.AnyAsync(u => u.Id == need.AuthorId && u.OrganizationId == need.OrganizationId, cancellationToken)) db.Tell(need.AuthorId, NoticeKind.TriageAnswered, $"/my/needs/{need.Id}/matches", at, need.Title);
        }
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        Done = "Diagnosis.Done." + act;
        return Redirect(Address(id));
    }

    public static string Address(int id) => $"{Matching.AnnualLists.Rounds.ExpertPagesRule.Diagnoses}/{id}";

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        var me = current.Id;
        if (await db.Triages.Include(t => t.Need.Organization).SingleOrDefaultAsync(t => t.Id == id && t.ExpertId == me, cancellationToken) is not { } triage) return false;
        Triage = triage;
        return true;
    }

    /// <summary>Another window, or the broker, was faster. What was typed stays in its fields.</summary>
    private async Task<IActionResult> StaleAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        ModelState.AddModelError("", text[IsOpen ? "Diagnosis.Stale" : "Diagnosis.Over"]);
        Version = Number(Triage.Version);
        ModelState.SetModelValue(nameof(Version), Version, Version);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Version ??= Number(Triage.Version);
        Reading = present.Read(Triage.Need, Triage.Need.Content());
        if (Triage.AcceptedAt is not null)
            Tried = await db.Matches.AsNoTracking().Include(m => m.Achievement).Where(m => m.NeedId == Triage.NeedId && m.Rank != null && ListingStates.Searchable.Contains(m.Achievement.State))
                .OrderByDescending(m => m.Score).ThenBy(m => m.Id).Take(MostTried).ToListAsync(cancellationToken);
        return Page();
    }

    /// <summary>Null with a message at the field when there are none, too many, or a way to reach somebody outside the platform among them.</summary>
    private string? Words(string field, string? typed)
    {
        var words = ListingRules.Clean(typed);
        if (words.Length == 0) ModelState.AddModelError(field, text["Text.Missing"]);
        else if (words.Length > Triage.MaxText) ModelState.AddModelError(field, text["TooLong", words.Length, Triage.MaxText]);
        else if (CaseWords.ContactIn(words) is { } contact) ModelState.AddModelError(field, text["Text.Contact", contact]);
        else return words;
        return null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
