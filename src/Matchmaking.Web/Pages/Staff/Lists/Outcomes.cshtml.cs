using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Lists;

/// <summary>What became of a published list's entries, with the introductions and contracts behind it; and on request the list made once more from its frozen inputs.</summary>
public sealed class OutcomesModel(MatchmakingDbContext db, ReadAnnualLists read, ReadOutcomes outcomes, VerifyPublishedList verify) : PageModel
{
    public AnnualList List { get; private set; } = null!;
    public ListDocument Document { get; private set; } = null!;
    public IReadOnlyDictionary<string, EntryOutcome> Outcomes { get; private set; } = new Dictionary<string, EntryOutcome>();

    /// <summary>What does not hold; null while nobody has asked.</summary>
    public IReadOnlyList<ListFault>? Faults { get; private set; }

    /// <summary>SHA-256 of what the frozen inputs make now; null while nobody has asked, and for a list from before inputs were frozen.</summary>
    public string? Rebuilt { get; private set; }

    public Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } list) return NotFound();
        Faults = await verify.RunAsync(id, cancellationToken);
        if (list.InputsJson is { } inputs) Rebuilt = await verify.RebuildAsync(inputs, cancellationToken);
        return await ShowAsync(id, cancellationToken);
    }

    private Task<AnnualList?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.AnnualLists.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id && l.State == AnnualListState.Published, cancellationToken);

    private async Task<IActionResult> ShowAsync(int id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } list) return NotFound();
        List = list;
        Document = await read.DocumentAsync(list, cancellationToken);
        Outcomes = await outcomes.OfAsync(list.Kind, [.. Document.Entries.Select(e => e.Number)], cancellationToken);
        return Page();
    }
}
