using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk.Triage;

/// <summary>Needs for which nothing good was found, and what was decided about them: sharpen, second diagnosis, long-term following.</summary>
public sealed class IndexModel(MatchmakingDbContext db, BrokerRegister register, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Size = 20;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The need whose form was refused.</summary>
    public int? Refused { get; private set; }

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<Need> Unmatched { get; private set; } = [];
    public IReadOnlyList<Matching.Brokerage.Triage> Standing { get; private set; } = [];
    public IReadOnlyList<BrokerLine> Experts { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    public int? Me => current.Id;

    public Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken) => LoadAsync(asked, cancellationToken);

    public async Task<IActionResult> OnPostDecideAsync(int id, CancellationToken cancellationToken)
    {
        if (await Mine().SingleOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } need) return NotFound();
        var remark = ListingRules.Clean(Input.Remark);
        if (!Enum.TryParse<TriageDecision>(Input.Decision, out var decision)) Complain("Triage.DecisionMissing");
        if (remark.Length == 0 && decision == TriageDecision.Sharpen) Complain("Triage.RemarkMissing");
        if (remark.Length > Matching.Brokerage.Triage.MaxText) Complain("TooLong", remark.Length, Matching.Brokerage.Triage.MaxText);
        int? expert = int.TryParse(Input.Expert, System.Globalization.CultureInfo.InvariantCulture, out var chosen) && await register.IsBrokerAsync(chosen, cancellationToken) ? chosen : null;
        if (decision == TriageDecision.SecondDiagnosis && expert is null) Complain("Triage.ExpertMissing");
        if (ModelState.IsValid)
        {
            var at = time.GetUtcNow();
            if (await db.Triages.SingleOrDefaultAsync(t => t.NeedId == id && t.EndedAt == null, cancellationToken) is { } before) before.End(at);
            db.Triages.Add(new Matching.Brokerage.Triage(id, decision, remark, expert, current.Id!.Value, at));
            // The record's state says to everybody what was decided; sharpening leaves it as it is, or brings it back.
            if (decision == TriageDecision.SecondDiagnosis && need.May(ListingAct.SendToSecondDiagnosis)) need.SendToSecondDiagnosis(current.Id!.Value, at, remark);
            else if (decision == TriageDecision.LongTerm && need.May(ListingAct.Track)) need.Track(current.Id!.Value, at, remark);
            else if (decision == TriageDecision.Sharpen && need.May(ListingAct.BackToPublished)) need.BackToPublished(current.Id!.Value, at, remark);
            db.Audit(current.Id, "triage.decide", $"need:{id}", at, $"{decision}");
            if (expert is { } who) db.Tell(who, NoticeKind.TriageAssigned, "/desk/triage", at, need.Title);
            if (await db.Users.AnyAsync(u => u.Id == need.AuthorId && u.OrganizationId == need.OrganizationId, cancellationToken)) db.Tell(need.AuthorId, NoticeKind.TriageAnswered, $"/my/needs/{id}/matches", at, need.Title);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                Message = text["Triage.Done"];
                return RedirectToPage();
            }
            catch (DbUpdateException)
            {
                // One decision holds; somebody else has just made it.
                db.ChangeTracker.Clear();
                Complain("Triage.Overtaken");
            }
        }
        return await AgainAsync(id, cancellationToken);
    }

    /// <summary>The expert's opinion on a need that waits for it.</summary>
    public async Task<IActionResult> OnPostOpinionAsync(int id, CancellationToken cancellationToken)
    {
        var triage = await db.Triages.Include(t => t.Need).SingleOrDefaultAsync(t => t.Id == id && t.ExpertId == current.Id && t.EndedAt == null && t.OpinionAt == null, cancellationToken);
        if (triage is null) return NotFound();
        var opinion = ListingRules.Clean(Input.Opinion);
        if (opinion.Length == 0) Complain("Text.Missing");
        if (opinion.Length > Matching.Brokerage.Triage.MaxText) Complain("TooLong", opinion.Length, Matching.Brokerage.Triage.MaxText);
        if (!ModelState.IsValid) return await AgainAsync(triage.NeedId, cancellationToken);
        triage.Answer(opinion, time.GetUtcNow());
        db.Audit(current.Id, "triage.opinion", $"need:{triage.NeedId}", time.GetUtcNow());
        if (triage.ById != current.Id) db.Tell(triage.ById, NoticeKind.TriageAnswered, "/desk/triage", time.GetUtcNow(), triage.Need.Title);
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToPage();
    }

    private IQueryable<Need> Mine() => db.Needs.Where(n => ListingStates.Searchable.Contains(n.State) && (n.BrokerId == null || n.BrokerId == current.Id));

    private async Task LoadAsync(int? asked, CancellationToken cancellationToken)
    {
        var unmatched = Mine().AsNoTracking().Where(n => n.MatchedVersion >= n.SearchVersion && !db.Triages.Any(t => t.NeedId == n.Id && t.EndedAt == null)
            && !db.Matches.Any(m => m.NeedId == n.Id && m.Probability >= FollowNeeds.LowestBound && ListingStates.Searchable.Contains(m.Achievement.State)));
        var total = await unmatched.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/desk/triage?page={n}");
        var page = unmatched.OrderBy(n => n.PublishedAt).ThenBy(n => n.Id).Skip((shown - 1) * Size).Take(Size).Select(n => n.Id);
        Unmatched = await db.Needs.AsNoTracking().Where(n => page.Contains(n.Id)).OrderBy(n => n.PublishedAt).ThenBy(n => n.Id).ToListAsync(cancellationToken);
        Standing = await db.Triages.AsNoTracking().Include(t => t.Need).Where(t => t.EndedAt == null && (t.ById == current.Id || t.ExpertId == current.Id || t.Need.BrokerId == current.Id))
            .OrderByDescending(t => t.Id).Take(Size * 2).ToListAsync(cancellationToken);
        Experts = await register.AllAsync(cancellationToken);
    }

    private async Task<PageResult> AgainAsync(int needId, CancellationToken cancellationToken)
    {
        Refused = needId;
        await LoadAsync(null, cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Complain(string key, params object[] arguments) => ModelState.AddModelError("", text[key, arguments]);

    public sealed class InputModel
    {
        public string? Decision { get; set; }
        public string? Remark { get; set; }
        public string? Expert { get; set; }
        public string? Opinion { get; set; }
    }
}
