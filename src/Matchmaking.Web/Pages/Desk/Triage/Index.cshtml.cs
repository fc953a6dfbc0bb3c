using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists.Rounds;
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
public sealed class IndexModel(MatchmakingDbContext db, DiagnosisExperts register, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
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
    public IReadOnlyDictionary<int, IReadOnlyList<DiagnosisExpert>> Experts { get; private set; } = new Dictionary<int, IReadOnlyList<DiagnosisExpert>>();

    /// <summary>Names of the experts who were asked, by account.</summary>
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();
    public PagerModel Pages { get; private set; } = null!;

    /// <summary>Whether this broker may decide anew: the need is his or nobody's, and still looked for.</summary>
    public bool MayDecide(Matching.Brokerage.Triage triage) => triage.Need.IsSearchable && (triage.Need.BrokerId is null || triage.Need.BrokerId == current.Id);

    public DecideForm FormOf(Need need, string summary) => new(need.Id, summary, Experts.GetValueOrDefault(need.Id, []), Refused == need.Id ? Input : null);

    public Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken) => LoadAsync(asked, cancellationToken);

    public async Task<IActionResult> OnPostDecideAsync(int id, CancellationToken cancellationToken)
    {
        if (await Mine().SingleOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } need) return NotFound();
        var remark = ListingRules.Clean(Input.Remark);
        if (!Enum.TryParse<TriageDecision>(Input.Decision, out var decision)) Complain("Triage.DecisionMissing");
        if (remark.Length == 0 && decision == TriageDecision.Sharpen) Complain("Triage.RemarkMissing");
        if (remark.Length > Matching.Brokerage.Triage.MaxText) Complain("TooLong", remark.Length, Matching.Brokerage.Triage.MaxText);
        int? expert = int.TryParse(Input.Expert, System.Globalization.CultureInfo.InvariantCulture, out var chosen) && (await register.ForAsync([need], cancellationToken))[id].Any(e => e.UserId == chosen) ? chosen : null;
        if (decision == TriageDecision.SecondDiagnosis && expert is null) Complain("Triage.ExpertMissing");
        if (ModelState.IsValid)
        {
            var at = time.GetUtcNow();
            if (await db.Triages.SingleOrDefaultAsync(t => t.NeedId == id && t.EndedAt == null, cancellationToken) is { } before) before.End(at);
            var triage = new Matching.Brokerage.Triage(id, decision, remark, expert, current.Id!.Value, at);
            db.Triages.Add(triage);
            // The record's state says to everybody what was decided; sharpening leaves it as it is, or brings it back.
            if (decision == TriageDecision.SecondDiagnosis && need.May(ListingAct.SendToSecondDiagnosis)) need.SendToSecondDiagnosis(current.Id!.Value, at, remark);
            else if (decision == TriageDecision.LongTerm && need.May(ListingAct.Track)) need.Track(current.Id!.Value, at, remark);
            else if (decision == TriageDecision.Sharpen && need.May(ListingAct.BackToPublished)) need.BackToPublished(current.Id!.Value, at, remark);
            db.Audit(current.Id, "triage.decide", $"need:{id}", at, $"{decision}");
            if (await db.Users.AnyAsync(u => u.Id == need.AuthorId && u.OrganizationId == need.OrganizationId, cancellationToken)) db.Tell(need.AuthorId, NoticeKind.TriageAnswered, $"/my/needs/{id}/matches", at, need.Title);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                if (triage.ExpertId is { } who)
                {
                    db.Tell(who, NoticeKind.TriageAssigned, $"{ExpertPagesRule.Diagnoses}/{triage.Id}", at, need.Title);
                    await db.SaveChangesAsync(cancellationToken);
                }
                await transaction.CommitAsync(cancellationToken);
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
        Standing = await db.Triages.AsNoTracking().Include(t => t.Need).Where(t => t.EndedAt == null && (t.ById == current.Id || t.Need.BrokerId == current.Id))
            .OrderByDescending(t => t.Id).Take(Size * 2).ToListAsync(cancellationToken);
        Experts = await register.ForAsync([.. Unmatched, .. Standing.Where(MayDecide).Select(t => t.Need)], cancellationToken);
        var people = Standing.Select(t => t.ExpertId).OfType<int>().Distinct().ToList();
        if (people.Count > 0) Names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
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
    }
}

/// <summary>The form that decides about one need.</summary>
/// <param name="Summary">Key of what opens it.</param>
/// <param name="Typed">What was sent and refused.</param>
public sealed record DecideForm(int NeedId, string Summary, IReadOnlyList<DiagnosisExpert> Experts, IndexModel.InputModel? Typed)
{
    public bool IsOpen => Typed is not null;
}
