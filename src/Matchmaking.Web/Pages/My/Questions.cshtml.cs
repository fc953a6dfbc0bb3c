using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My;

/// <summary>Public questions on my organisation's records, unanswered ones first.</summary>
public sealed class QuestionsModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Most = 50;

    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>The question whose answer was refused, so that what was typed comes back to it.</summary>
    public int? Refused { get; private set; }

    public IReadOnlyList<ListingQuestion> Questions { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (await Own().Include(q => q.Listing.Organization).SingleOrDefaultAsync(q => q.Id == id, cancellationToken) is not { } question) return NotFound();
        var answer = ListingRules.Clean(Answer);
        if (answer.Length == 0) ModelState.AddModelError(nameof(Answer), text["Text.Missing"]);
        if (answer.Length > ListingQuestion.MaxText) ModelState.AddModelError(nameof(Answer), text["TooLong", answer.Length, ListingQuestion.MaxText]);
        if (CaseWords.ContactIn(answer) is { } contact) ModelState.AddModelError(nameof(Answer), text["Text.Contact", contact]);
        if (question.Listing.IsAnonymous && CaseWords.NameIn(answer, question.Listing.Organization.Name) is { } name) ModelState.AddModelError(nameof(Answer), text["Text.Name", name]);
        if (question.State is not (QuestionState.Asked or QuestionState.Answered)) ModelState.AddModelError("", text["Questions.Decided"]);
        if (ModelState.IsValid)
        {
            question.Reply(answer, current.Id!.Value, time.GetUtcNow());
            db.Audit(current.Id, "question.answer", PublishListing.Subject(question.Listing), time.GetUtcNow(), $"question:{id}");
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return RedirectToPage();
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                ModelState.AddModelError("", text["Questions.Decided"]);
            }
        }
        Refused = id;
        await LoadAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Questions = await Own().AsNoTracking().Include(q => q.Listing).OrderBy(q => q.State).ThenByDescending(q => q.Id).Take(Most).ToListAsync(cancellationToken);

    private IQueryable<ListingQuestion> Own()
    {
        var me = current.Id;
        return db.ListingQuestions.Where(q => db.Users.Any(u => u.Id == me && u.Membership == Matching.Organizations.Membership.Member && u.OrganizationId == q.Listing.OrganizationId));
    }
}
