using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Contracts;

/// <summary>Contracts that the reader may see; what is signed and not registered stands first, the oldest on top (应登尽登).</summary>
public sealed class IndexModel(MatchmakingDbContext db, ContractAccess access, LocalTime time) : PageModel
{
    private const int Size = 30;
    public static IReadOnlyList<string> Views { get; } = ["open", "overdue", "registered", "draft", "cancelled", "all"];

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "page")]
    public int Number { get; set; } = 1;

    public string Shown => Views.Contains(Show) ? Show! : Views[0];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    /// <summary>Both sums of what is listed, 万元.</summary>
    public decimal Total { get; private set; }
    public decimal Technology { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = time.Today;
        var contracts = (await access.ReadableAsync(db.Contracts.AsNoTracking())).Where(c =>
            Shown == "all" || (Shown == "open" && (c.State == ContractState.Signed || c.State == ContractState.Submitted)) || (Shown == "overdue" && c.State == ContractState.Submitted && c.DecisionDue < today)
            || (Shown == "registered" && c.State == ContractState.Registered) || (Shown == "draft" && c.State == ContractState.Draft) || (Shown == "cancelled" && c.State == ContractState.Cancelled));
        if (Enum.TryParse<ContractKind>(Kind, out var kind) && Enum.IsDefined(kind)) contracts = contracts.Where(c => c.Kind == kind);
        else Kind = null;
        var total = await contracts.CountAsync(cancellationToken);
        Total = await contracts.SumAsync(c => c.TotalAmount ?? 0, cancellationToken);
        Technology = await contracts.SumAsync(c => c.TechnologyAmount ?? 0, cancellationToken);
        Pages = new PagerModel(Math.Clamp(Number, 1, Math.Max(1, (int)Math.Ceiling(total / (double)Size))), Size, total, number => $"/contracts?show={Shown}&kind={Kind}&page={number}");
        var page = await contracts.OrderBy(c => c.State == ContractState.Signed ? 0 : c.State == ContractState.Submitted ? 1 : 2).ThenBy(c => c.SignedOn == null ? DateOnly.MaxValue : c.SignedOn).ThenBy(c => c.Id)
            .Skip((Pages.Page - 1) * Size).Take(Size)
            .Select(c => new
            {
                c.Id, c.Title, c.Kind, c.State, c.TotalAmount, c.TechnologyAmount, c.SignedOn, c.DecisionDue,
                Buyer = c.Parties.Where(p => p.Side == ContractSide.Buyer).Select(p => p.Name).FirstOrDefault(), Seller = c.Parties.Where(p => p.Side == ContractSide.Seller).Select(p => p.Name).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        Rows = page.ConvertAll(c => new Row(c.Id, c.Title, c.Kind, c.State, c.Buyer, c.Seller, c.TotalAmount, c.TechnologyAmount, c.SignedOn,
            c.State is ContractState.Signed or ContractState.Submitted && c.SignedOn is { } signed ? today.DayNumber - signed.DayNumber : null, c.DecisionDue, c.State == ContractState.Submitted && c.DecisionDue < today));
    }

    /// <param name="Age">Days since it was signed, while it is not registered.</param>
    /// <param name="Late">The registration office's term has passed.</param>
    public sealed record Row(int Id, string Title, ContractKind? Kind, ContractState State, string? Buyer, string? Seller, decimal? Total, decimal? Technology, DateOnly? SignedOn, int? Age, DateOnly? Due, bool Late);
}
