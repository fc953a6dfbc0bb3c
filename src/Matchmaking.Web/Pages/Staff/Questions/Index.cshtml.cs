using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Questions;

/// <summary>Answered questions wait here: staff edit both, then show them on the record's public page, or refuse.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Most = 50;

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public int? Refused { get; private set; }
    public IReadOnlyList<ListingQuestion> Waiting { get; private set; } = [];
    public IReadOnlyList<ListingQuestion> Unanswered { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(int id, string? act, CancellationToken cancellationToken)
    {
        var question = await db.ListingQuestions.Include(q => q.Listing.Organization).SingleOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (question is null || act is not ("show" or "refuse")) return NotFound();
        var (asked, answer) = (ListingRules.Clean(Text), ListingRules.Clean(Answer));
        var at = time.GetUtcNow();
        if (act == "show") Check(question, asked, answer);
        if (ModelState.IsValid)
        {
            if (act == "show") question.Show(asked, answer, at);
            else question.Refuse(at);
            db.Audit(current.Id, act == "show" ? "question.show" : "question.refuse", PublishListing.Subject(question.Listing), at, $"question:{id}");
            if (act == "show") db.Tell(question.AskerId, NoticeKind.ListingAnswered, $"/needs/{question.Listing.Number}", at, question.Listing.Title);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return RedirectToPage();
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                ModelState.AddModelError("", text["Questions.Changed"]);
            }
        }
        Refused = id;
        await LoadAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Check(ListingQuestion question, string asked, string answer)
    {
        if (question.State != QuestionState.Answered) ModelState.AddModelError("", text["Questions.Changed"]);
        foreach (var (field, typed) in new[] { (nameof(Text), asked), (nameof(Answer), answer) })
        {
            if (typed.Length == 0) ModelState.AddModelError(field, text["Text.Missing"]);
            if (typed.Length > ListingQuestion.MaxText) ModelState.AddModelError(field, text["TooLong", typed.Length, ListingQuestion.MaxText]);
            if (CaseWords.ContactIn(typed) is { } contact) ModelState.AddModelError(field, text["Text.Contact", contact]);
            if (question.Listing.IsAnonymous && CaseWords.NameIn(typed, question.Listing.Organization.Name) is { } name) ModelState.AddModelError(field, text["Text.Name", name]);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Waiting = await db.ListingQuestions.AsNoTracking().Include(q => q.Listing).Where(q => q.State == QuestionState.Answered).OrderBy(q => q.At).Take(Most).ToListAsync(cancellationToken);
        Unanswered = await db.ListingQuestions.AsNoTracking().Include(q => q.Listing).Where(q => q.State == QuestionState.Asked).OrderBy(q => q.At).Take(Most).ToListAsync(cancellationToken);
    }
}
