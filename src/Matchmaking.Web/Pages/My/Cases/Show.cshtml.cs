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

namespace Matchmaking.Web.Pages.My.Cases;

/// <summary>One introduction as one of its sides sees it: what is proposed and why, its answer, its consent, and what the other side has opened.</summary>
public sealed class ShowModel(
    MatchmakingDbContext db, CaseAccess access, CasePapers papers, Introductions introductions, Meetings meetings, AttachmentStore store, CurrentUser current, CaseViews views,
    TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Message { get; set; }

    public Case Case { get; private set; } = null!;
    public CaseSide Side { get; private set; }
    public CaseSide Other => Case.Other(Side);
    public CasePapersView Papers { get; private set; } = null!;

    /// <summary>The other side's contact just opened; only in the answer to that act.</summary>
    public OpenedContact? Opened { get; private set; }

    public bool MayAnswer => Case.May(CaseAct.Interest) && Case.Party(Side).Answer == SideAnswer.None;

    /// <summary>Who receives what is consented to, in the words of the form.</summary>
    public string Receiver => views.Owner(Case, Other);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostInterestedAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        var interest = InterestForm.Read(Input.Cooperation, Input.Unclear, Input.AboutUs, (field, key, arguments) => Complain(field, key, arguments));
        CheckWords(nameof(Input.Unclear), interest.Unclear);
        return ModelState.IsValid ? introductions.SayInterestedAsync(id, Side, interest, Me, cancellationToken) : null;
    }, "Done.Interested", cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        if (!Enum.TryParse<EndReason>(Input.Reason, out var reason)) Complain(nameof(Input.Reason), "End.ReasonMissing");
        var remark = ListingRules.Clean(Input.Remark);
        if (remark.Length > Case.MaxText) Complain(nameof(Input.Remark), "TooLong", remark.Length, Case.MaxText);
        CheckWords(nameof(Input.Remark), remark);
        return ModelState.IsValid ? introductions.DeclineAsync(id, Side, reason, remark, Me, cancellationToken) : null;
    }, "Done.Declined", cancellationToken);

    public Task<IActionResult> OnPostAskAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        var question = ReadText(nameof(Input.Question), Input.Question);
        return ModelState.IsValid ? introductions.AskAsync(id, Side, question, Me, cancellationToken) : null;
    }, "Done.Asked", cancellationToken);

    public Task<IActionResult> OnPostMessageAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        var message = ReadText(nameof(Input.Text), Input.Text);
        return ModelState.IsValid ? introductions.WriteAsync(id, Side, false, message, Me, cancellationToken) : null;
    }, "Done.Sent", cancellationToken);

    public Task<IActionResult> OnPostConsentAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        if (!Enum.TryParse<ConsentPurpose>(Input.Purpose, out var purpose)) Complain(nameof(Input.Purpose), "Consent.PurposeMissing");
        if (!Input.Agree) Complain(nameof(Input.Agree), "Consent.AgreeMissing");
        CaseLayer[] layers = Input.Documents ? [CaseLayer.Contact, CaseLayer.Documents] : [CaseLayer.Contact];
        return ModelState.IsValid ? introductions.ConsentAsync(id, Side, layers, purpose, Receiver, Me, cancellationToken) : null;
    }, "Done.Consented", cancellationToken);

    public Task<IActionResult> OnPostWithdrawAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
        Enum.TryParse<CaseLayer>(Input.Layer, out var layer) ? introductions.WithdrawConsentAsync(id, Side, layer, Me, cancellationToken) : null, "Done.Withdrawn", cancellationToken);

    public Task<IActionResult> OnPostNdaAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        // What is accepted is the text that was read; a text changed meanwhile is read again.
        if (Input.NdaLength != Case.NdaText?.Length) Complain("", "Nda.Changed");
        return ModelState.IsValid ? introductions.AcceptNdaAsync(id, Side, Me, cancellationToken) : null;
    }, "Done.NdaAccepted", cancellationToken);

    /// <summary>Shows the other side's contact in the answer itself; each is a showing that the other side sees.</summary>
    public async Task<IActionResult> OnPostContactAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var decision = await introductions.ShowAsync(id, Other, CaseLayer.Contact, Me, cancellationToken);
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!decision.Done) return Say(views.Of(decision, Case.Stage));
        var listing = Case.Listing(Other);
        Opened = new OpenedContact(listing.Organization.Name, listing.Contact);
        return Page();
    }

    public async Task<IActionResult> OnPostTaskDoneAsync(int id, int task, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (await db.CaseTasks.SingleOrDefaultAsync(t => t.Id == task && t.CaseId == id && t.Side == Side, cancellationToken) is not { } found) return NotFound();
        found.Finish(Me, time.GetUtcNow());
        db.Audit(Me, "case.task-done", Introductions.Subject(id), time.GetUtcNow(), $"task:{task}");
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostFileAsync(int id, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (await CaseUploads.StoreAsync(db, store, Case, Side, upload, Me, time.GetUtcNow(), cancellationToken) is { } problem)
        {
            ModelState.AddModelError("upload", text["File." + problem, CaseFile.MaxPerCase]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Message = text["Done.File"];
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostChooseAsync(int id, int meeting, int[] times, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var outcome = await meetings.ChooseAsync(id, meeting, Side, times, Me, cancellationToken);
        if (outcome == MeetingOutcome.Missing) return NotFound();
        if (outcome == MeetingOutcome.Overtaken) return await LoadAsync(id, cancellationToken) ? Say(text["Meeting.Overtaken"]) : NotFound();
        Message = text["Done.Chosen"];
        return RedirectToPage(new { id });
    }

    private int Me => current.Id!.Value;

    private string ReadText(string field, string? typed)
    {
        var words = ListingRules.Clean(typed);
        if (words.Length == 0) Complain(field, "Text.Missing");
        if (words.Length > CaseNote.MaxText) Complain(field, "TooLong", words.Length, CaseNote.MaxText);
        CheckWords(field, words);
        return words;
    }

    /// <summary>Until both have consented, nobody tells the other in a text who he is or how he is reached.</summary>
    private void CheckWords(string field, string words)
    {
        if (Case.ContactsOpen) return;
        if (CaseWords.ContactIn(words) is { } contact) Complain(field, "Text.Contact", contact);
        if (Case.IsAnonymous(Side) && CaseWords.NameIn(words, Case.Listing(Side).Organization.Name) is { } name) Complain(field, "Text.Name", name);
    }

    private async Task<IActionResult> ActAsync(int id, Func<Task<CaseDecision>?> act, string done, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var decision = act() is { } pending ? await pending : null;
        if (decision is { Done: true })
        {
            Message = text[done];
            return RedirectToPage(new { id });
        }
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (decision is not null) return Say(views.Of(decision, Case.Stage));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private PageResult Say(string words)
    {
        ModelState.AddModelError("", words);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError(field.Length == 0 ? "" : "Input." + field, text[key, arguments]);

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await access.FindForSideAsync(id, cancellationToken) is not { } found) return false;
        (Case, Side) = found;
        Papers = await papers.LoadAsync(new CaseReader(Case, Side), cancellationToken);
        return true;
    }

    public sealed record OpenedContact(string Organization, Contact Contact);

    public sealed class InputModel
    {
        public List<string> Cooperation { get; set; } = [];
        public string? Unclear { get; set; }
        public string? AboutUs { get; set; }
        public string? Reason { get; set; }
        public string? Remark { get; set; }
        public string? Question { get; set; }
        public string? Text { get; set; }
        public string? Purpose { get; set; }
        public bool Documents { get; set; }
        public bool Agree { get; set; }
        public string? Layer { get; set; }
        public int? NdaLength { get; set; }
    }
}
