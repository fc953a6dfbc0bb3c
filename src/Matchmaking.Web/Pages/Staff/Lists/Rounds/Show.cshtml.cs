using Matchmaking.Jobs.Mail;
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

/// <summary>Everything about one round: calendar, rules, experts and what is missing, results, objections, history. Staff move days, decide objections, cancel.</summary>
public sealed class ShowModel(
    MatchmakingDbContext db, HandleObjections objections, CurrentUser current, TimeProvider time, RoundsWords words, Mailer mailer, ILogger<ShowModel> log,
    IStringLocalizer<RoundsText> text, IStringLocalizer<ListsText> lists) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public MoveInput Move { get; set; } = new();

    [BindProperty]
    public string? CancelReason { get; set; }

    [BindProperty]
    public string? Decision { get; set; }

    [BindProperty]
    public string? Verdict { get; set; }

    /// <summary>The objection whose form was sent.</summary>
    public int? Deciding { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public ListRound Round { get; private set; } = null!;
    public IReadOnlyList<ExpertLine> Experts { get; private set; } = [];
    public IReadOnlyDictionary<int, AnnualListEntry> Entries { get; private set; } = new Dictionary<int, AnnualListEntry>();
    public IReadOnlyDictionary<int, (int Submitted, int Open, int Recused)> Sheets { get; private set; } = new Dictionary<int, (int, int, int)>();
    public IReadOnlyList<Objection> Objections { get; private set; } = [];
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();
    public DateOnly Today => time.Today();

    public Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public Task<IActionResult> OnPostMoveAsync(int id, CancellationToken cancellationToken)
    {
        var date = Enum.TryParse<RoundDate>(Move.Date, out var parsed) && Enum.IsDefined(parsed) ? parsed : (RoundDate?)null;
        if (date is null) ModelState.AddModelError("Move.Date", text["Date.Missing"]);
        if (!ListRoundInput.TryDay(Move.Day, out var day)) ModelState.AddModelError("Move.Day", string.IsNullOrWhiteSpace(Move.Day) ? text["Day.Missing"] : text["Day.NotOne", ListRoundInput.Shown(Move.Day)]);
        var reason = Reason(Move.Reason, "Move.Reason");
        return ActAsync(id, "list-round.move", "Done.Moved", "Move.Day", (round, by, at) => round.MoveDate(date!.Value, day, reason, by, at), cancellationToken);
    }

    public Task<IActionResult> OnPostCancelAsync(int id, CancellationToken cancellationToken)
    {
        var reason = Reason(CancelReason, nameof(CancelReason));
        return ActAsync(id, "list-round.cancel", "Done.Cancelled", nameof(CancelReason), (round, by, at) => round.Cancel(reason, by, at), cancellationToken);
    }

    public async Task<IActionResult> OnPostDecideAsync(int id, int objection, CancellationToken cancellationToken)
    {
        if (await db.Objections.Include(o => o.Round.List!.Entries).AsSplitQuery().SingleOrDefaultAsync(o => o.Id == objection && o.RoundId == id && o.State != ObjectionState.Unconfirmed, cancellationToken) is not { } found) return NotFound();
        Deciding = objection;
        var decision = ListingRules.Clean(Decision);
        if (decision.Length == 0) ModelState.AddModelError(nameof(Decision), text["Decision.Missing"]);
        if (decision.Length > Objection.MaxDecision) ModelState.AddModelError(nameof(Decision), text["Reason.TooLong", decision.Length, Objection.MaxDecision]);
        if (Verdict is not ("uphold" or "reject")) ModelState.AddModelError(nameof(Verdict), text["Verdict.Missing"]);
        try
        {
            if (ModelState.IsValid || found.State != ObjectionState.Open) objections.Decide(found, Verdict == "uphold", decision, current.Id!.Value, time.GetUtcNow());
            if (ModelState.IsValid)
            {
                await db.SaveChangesAsync(cancellationToken);
                Done = "Done.Decided";
                if (found.UserId is null) await MailAsync(found, cancellationToken);
                return Redirect($"/staff/lists/rounds/{id}#objections");
            }
        }
        catch (ListRoundRefusedException refused)
        {
            ModelState.AddModelError("", words.Refusal(refused));
        }
        catch (AnnualListRefusedException refused)
        {
            ModelState.AddModelError(nameof(Verdict), lists["Refused." + refused.Code]);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", text["Stale"]);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(id, cancellationToken);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(id, cancellationToken);
    }

    /// <summary>Who objected by mail is told by mail; the decision stands whether or not it arrives.</summary>
    private async Task MailAsync(Objection objection, CancellationToken cancellationToken)
    {
        try
        {
            var link = $"{Request.Scheme}://{Request.Host}{Web.Lists.ListAddress.Of(objection.Round.Kind, objection.Round.Year)}";
            await mailer.SendAsync(objection.Email, text["Mail.Decided.Subject", objection.Serial!], text["Mail.Decided", objection.Serial!, text["Objection." + objection.State].Value, link], cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Objection {Objection}: the mail did not go: {Failure}", objection.Id, failure.GetType().Name);
            Done = "Done.Decided.NoMail";
        }
    }

    private async Task<IActionResult> ActAsync(int id, string action, string done, string field, Action<ListRound, int, DateTimeOffset> act, CancellationToken cancellationToken)
    {
        if (await db.ListRounds.Include(r => r.List).SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } round) return NotFound();
        try
        {
            if (Version != round.Version) throw new DbUpdateConcurrencyException();
            if (ModelState.IsValid)
            {
                act(round, current.Id!.Value, time.GetUtcNow());
                db.Audit(current.Id, action, AdvanceListRound.Subject(round), time.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                Done = done;
                return Redirect($"/staff/lists/rounds/{id}");
            }
        }
        catch (ListRoundRefusedException refused)
        {
            ModelState.AddModelError(field, words.Refusal(refused));
        }
        catch (AnnualListRefusedException refused)
        {
            ModelState.AddModelError(field, lists["Refused." + refused.Code, [.. refused.Arguments]]);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", text["Stale"]);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(id, cancellationToken);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(id, cancellationToken);
    }

    private string Reason(string? typed, string field)
    {
        var reason = ListingRules.Clean(typed);
        if (reason.Length == 0) ModelState.AddModelError(field, text["Reason.Missing"]);
        if (reason.Length > ListRound.MaxReason) ModelState.AddModelError(field, text["Reason.TooLong", reason.Length, ListRound.MaxReason]);
        return reason;
    }

    private async Task<IActionResult> ShowAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (await db.ListRounds.AsNoTracking().Include(r => r.Steps).Include(r => r.Invitations).AsSplitQuery().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } round) return NotFound();
        Round = round;
        Version = round.Version;
        ModelState.SetModelValue(nameof(Version), Version.ToString(System.Globalization.CultureInfo.InvariantCulture), null);
        var sheets = await db.ScoreSheets.AsNoTracking().Where(s => s.RoundId == id).Select(s => new { s.InvitationId, s.EntryId, s.State, Complete = s.SavedAt != null }).ToListAsync(cancellationToken);
        var names = await db.RoundInvitations.AsNoTracking().Where(i => i.RoundId == id).Select(i => new { i.Id, i.ExpertId, i.Expert.User.DisplayName }).ToDictionaryAsync(i => i.Id, cancellationToken);
        var byExpert = sheets.ToLookup(s => s.InvitationId);
        Experts = [.. round.Invitations.OrderBy(i => i.Alias, StringComparer.Ordinal).Select(i => new ExpertLine(i.Alias, names[i.Id].ExpertId, names[i.Id].DisplayName, i.IsFromFirm,
            byExpert[i.Id].Count(s => s.State == ScoreSheetState.Submitted), byExpert[i.Id].Count(s => s.State != ScoreSheetState.Recused), i.RemindedFor))];
        Sheets = sheets.GroupBy(s => s.EntryId).ToDictionary(g => g.Key, g => (g.Count(s => s.State == ScoreSheetState.Submitted), g.Count(s => s.State == ScoreSheetState.Open), g.Count(s => s.State == ScoreSheetState.Recused)));
        Entries = await db.AnnualListEntries.AsNoTracking().Include(e => e.Listing).Where(e => e.ListId == round.ListId).ToDictionaryAsync(e => e.Id, cancellationToken);
        Objections = await db.Objections.AsNoTracking().Include(o => o.Entry.Listing).Where(o => o.RoundId == id && o.State != ObjectionState.Unconfirmed).OrderBy(o => o.Id).ToListAsync(cancellationToken);
        var ids = round.Steps.Select(s => s.ById).OfType<int>().ToHashSet();
        People = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return Page();
    }

    public sealed class MoveInput
    {
        public string? Date { get; set; }
        public string? Day { get; set; }
        public string? Reason { get; set; }
    }

    /// <param name="Asked">Without those from which he stood down.</param>
    public sealed record ExpertLine(string Alias, int ExpertId, string Name, bool IsFromFirm, int Submitted, int Asked, int? RemindedFor);
}
