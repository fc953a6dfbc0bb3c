using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk.Cases;

/// <summary>A broker's page of one introduction: where it stands, whose turn it is, and everything he does with it.</summary>
public sealed partial class ShowModel(
    MatchmakingDbContext db, CaseAccess access, CasePapers papers, Introductions introductions, Meetings meetings, AttachmentStore store, CurrentUser current, CaseViews views,
    TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Message { get; set; }

    public Case Case { get; private set; } = null!;
    public CasePapersView Papers { get; private set; } = null!;

    /// <summary>The contact just opened, with its side; only in the answer to that act.</summary>
    public (CaseSide Side, Contact Contact)? Opened { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostAcceptAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        if (Case.Match.CurrentGrade >= Case.LowestGrade) return introductions.AcceptAsync(id, Me, null, cancellationToken);
        var reason = ListingRules.Clean(Input.Reason);
        if (Input.Grade is not ("3" or "4")) Complain(nameof(Input.Grade), "Grade.Missing");
        TooLong(nameof(Input.Reason), reason, Grade.MaxReason);
        return ModelState.IsValid ? introductions.AcceptAsync(id, Me, (Input.Grade![0] - '0', reason), cancellationToken) : null;
    }, "Done.Accepted", cancellationToken);

    public Task<IActionResult> OnPostPushAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () => introductions.PushAsync(id, Me, cancellationToken), "Done.Pushed", cancellationToken);

    public Task<IActionResult> OnPostAdvanceAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        if (!Enum.TryParse<CaseAct>(Input.Act, out var act) || act is not (CaseAct.Meet or CaseAct.Negotiate or CaseAct.Sign or CaseAct.Register or CaseAct.Close)) Complain("", "Act.Unknown");
        return ModelState.IsValid ? introductions.AdvanceAsync(id, act, Me, cancellationToken) : null;
    }, "Done.Advanced", cancellationToken);

    public Task<IActionResult> OnPostEndAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        if (!Enum.TryParse<EndReason>(Input.EndReason, out var reason)) Complain(nameof(Input.EndReason), "End.ReasonMissing");
        var remark = ListingRules.Clean(Input.Remark);
        TooLong(nameof(Input.Remark), remark, Case.MaxText);
        return ModelState.IsValid ? introductions.EndAsync(id, reason, remark, Me, cancellationToken) : null;
    }, "Done.Ended", cancellationToken);

    public Task<IActionResult> OnPostNoteAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        var note = ListingRules.Clean(Input.Text);
        if (note.Length == 0) Complain(nameof(Input.Text), "Text.Missing");
        TooLong(nameof(Input.Text), note, CaseNote.MaxText);
        return ModelState.IsValid ? introductions.WriteAsync(id, null, Input.Private, note, Me, cancellationToken) : null;
    }, Input.Private ? "Done.Noted" : "Done.Sent", cancellationToken);

    public Task<IActionResult> OnPostNdaAsync(int id, CancellationToken cancellationToken) => ActAsync(id, () =>
    {
        var nda = ListingRules.Clean(Input.Nda);
        if (nda.Length == 0) Complain(nameof(Input.Nda), "Text.Missing");
        TooLong(nameof(Input.Nda), nda, ListingContent.MaxDescription);
        return ModelState.IsValid ? introductions.AskNdaAsync(id, nda, Me, cancellationToken) : null;
    }, "Done.NdaAsked", cancellationToken);

    /// <summary>Shows the contact in the answer itself; asking again is another showing.</summary>
    public async Task<IActionResult> OnPostContactAsync(int id, string? side, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || !Enum.TryParse<CaseSide>(side, out var of) || Case.BrokerId is null) return NotFound();
        var decision = await introductions.ShowToBrokerAsync(id, of, Me, cancellationToken);
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!decision.Done) return Say(views.Of(decision, Case.Stage));
        Opened = (of, Case.Listing(of).Contact);
        return Page();
    }

    private int Me => current.Id!.Value;

    /// <summary>Loads, acts, and answers: done goes back to the page, a refusal shows it with what was typed.</summary>
    private async Task<IActionResult> ActAsync(int id, Func<Task<CaseDecision>?> act, string done, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var decision = act() is { } pending ? await pending : null;
        if (decision is { Done: true })
        {
            Message = text[done];
            return RedirectToPage(new { id });
        }
        if (!await LoadAsync(id, cancellationToken)) return decision is null ? NotFound() : Elsewhere(decision);
        if (decision is null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        return Say(views.Of(decision, Case.Stage));
    }

    /// <summary>Another broker has taken it in this moment, so that its page is not this one's any more.</summary>
    private RedirectToPageResult Elsewhere(CaseDecision decision)
    {
        Message = decision.Problem is { } problem ? views.Problem(problem) : text["Taken"];
        return RedirectToPage("/Desk/Cases/Index");
    }

    private PageResult Say(string words)
    {
        ModelState.AddModelError("", words);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError(field.Length == 0 ? "" : "Input." + field, text[key, arguments]);

    private void TooLong(string field, string typed, int limit)
    {
        if (typed.Length > limit) Complain(field, "TooLong", typed.Length, limit);
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await access.FindForBrokerAsync(id, cancellationToken) is not { } found) return false;
        Case = found;
        Papers = await papers.LoadAsync(new CaseReader(found, null), cancellationToken);
        return true;
    }

    public sealed partial class InputModel
    {
        public string? Grade { get; set; }
        public string? Reason { get; set; }
        public string? Act { get; set; }
        public string? EndReason { get; set; }
        public string? Remark { get; set; }
        public string? Text { get; set; }
        public bool Private { get; set; }
        public string? Nda { get; set; }
    }
}
