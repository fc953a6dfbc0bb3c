using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>Proofs that wait for a decision, oldest first. Accepting one makes the need solved.</summary>
public sealed class ProofsModel(MatchmakingDbContext db, SolveNeed solve, AttachmentStore store, CurrentUser current, IStringLocalizer<DealsText> text) : PageModel
{
    private const int Size = 50;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>What was typed as the reason, beside the proof it was typed for.</summary>
    public (int Id, string Text) Typed { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnGetFileAsync(int id, CancellationToken cancellationToken)
    {
        var proof = await db.SolutionProofs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (proof?.StoredName is not { } name || store.Open(name) is not { } file) return NotFound();
        Response.Headers.CacheControl = "private, no-store";
        return File(file, "application/octet-stream", proof.FileName);
    }

    public async Task<IActionResult> OnPostAsync(int id, int version, string? act, string? reasons, CancellationToken cancellationToken)
    {
        if (act is not ("accept" or "refuse") || !await db.SolutionProofs.AnyAsync(p => p.Id == id, cancellationToken)) return NotFound();
        var remark = ListingRules.Clean(reasons);
        Typed = (id, remark);
        if (act == "refuse" && remark.Length == 0) ModelState.AddModelError($"reasons-{id}", text["Problem.Missing", text["Label.reason"]]);
        if (remark.Length > SolutionProof.MaxText) ModelState.AddModelError($"reasons-{id}", text["Problem.TooLong", text["Label.reason"], remark.Length, SolutionProof.MaxText]);
        if (ModelState.IsValid)
        {
            var outcome = await solve.DecideAsync(id, version, act == "refuse" ? remark : null, (await current.RequireAsync()).Id, cancellationToken);
            if (outcome == ProofOutcome.Done) return Redirect("/staff/proofs");
            ModelState.AddModelError("", text[outcome switch { ProofOutcome.Changed => "Overtaken", ProofOutcome.NotOpen => "Proof.NotOpen", _ => "Proof.NotRegistered" }]);
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Rows = await db.SolutionProofs.AsNoTracking().Where(p => p.State == ProofState.Open).OrderBy(p => p.At).Take(Size)
            .Join(db.Needs, p => p.NeedId, n => n.Id, (p, n) => new Row(p, n.Title, n.Number!)).ToListAsync(cancellationToken);
    }

    public sealed record Row(SolutionProof Proof, string Need, string Number);
}
