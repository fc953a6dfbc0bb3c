using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Contracts;

/// <summary>Where the owner, the responsible broker or staff hand in what shows that a need is solved.</summary>
public sealed class ProofModel(MatchmakingDbContext db, OwnListings own, SolveNeed solve, AttachmentStore store, ContractWords words, ListingMessages messages, CurrentUser current, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Listing Need { get; private set; } = null!;
    public IReadOnlyList<SolutionProof> Proofs { get; private set; } = [];
    public IReadOnlyList<(int Id, string Title)> Contracts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int needId, CancellationToken cancellationToken) => await LoadAsync(needId, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int needId, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(needId, cancellationToken)) return NotFound();
        var typed = new TypedFields();
        var kind = typed.Choice<ProofKind>(nameof(Input.ProofKind), Input.ProofKind);
        if (kind is null && typed.Problems.Count == 0) typed.Add(nameof(Input.ProofKind), "Missing");
        var words200 = ListingRules.Clean(Input.Text);
        if (words200.Length == 0) typed.Add(nameof(Input.Text), "Missing");
        if (words200.Length > SolutionProof.MaxText) typed.Add(nameof(Input.Text), "TooLong", words200.Length, SolutionProof.MaxText);
        var contractId = kind == ProofKind.RegisteredContract ? typed.Whole(nameof(Input.Contract), Input.Contract, int.MaxValue) : null;
        if (kind == ProofKind.RegisteredContract && contractId is null) typed.Add(nameof(Input.Contract), "Missing");
        words.AddTo(ModelState, typed.Problems, "Input.");
        if (kind is ProofKind.AcceptanceDocument or ProofKind.Letter && upload is null) ModelState.AddModelError("upload", text["Proof.NoFile"]);
        if (!ModelState.IsValid || kind is null) return Page();
        StoredFile? file = null;
        if (kind != ProofKind.RegisteredContract)
        {
            await using var stream = upload!.OpenReadStream();
            (file, var problem) = await store.SaveAsync(upload.FileName, stream, cancellationToken);
            if (file is null)
            {
                ModelState.AddModelError("upload", messages.Of(new Problem("Files", problem!), ListingKind.Need));
                return Page();
            }
        }
        var outcome = await solve.HandInAsync(needId, kind.Value, contractId, file?.FileName, file?.StoredName, file?.Sha256, words200, (await current.RequireAsync()).Id, cancellationToken);
        if (outcome == ProofOutcome.Done) return Redirect($"/contracts/proof/{needId}");
        ModelState.AddModelError("Input.Contract", text["Proof.NotRegistered"]);
        return Page();
    }

    private async Task<bool> LoadAsync(int needId, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(ListingKind.Need, needId, Policies.ReadListing, cancellationToken) is not { } found || found.Number is null) return false;
        Need = found;
        Proofs = await db.SolutionProofs.AsNoTracking().Where(p => p.NeedId == needId).OrderByDescending(p => p.Id).ToListAsync(cancellationToken);
        Contracts = (await db.Contracts.AsNoTracking().Where(c => c.NeedId == needId && c.State == ContractState.Registered).OrderBy(c => c.Id).Select(c => new { c.Id, c.Title }).ToListAsync(cancellationToken)).ConvertAll(c => (c.Id, c.Title));
        return true;
    }

    public sealed class InputModel
    {
        public string? ProofKind { get; set; }
        public string? Contract { get; set; }
        public string? Text { get; set; }
    }
}
