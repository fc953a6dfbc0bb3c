using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>Who is responsible for how much, and what nobody is responsible for yet.</summary>
public sealed class BrokersModel(MatchmakingDbContext db, Brokers brokers) : PageModel
{
    private const int Size = 50;

    public IReadOnlyList<BrokerLoad> All { get; private set; } = [];

    /// <summary>Published records without a broker, oldest first; at most 50.</summary>
    public IReadOnlyList<Listing> Unassigned { get; private set; } = [];

    public int UnassignedTotal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        All = await brokers.AllAsync(cancellationToken);
        var open = db.Listings.AsNoTracking().Where(l => ListingStates.Searchable.Contains(l.State) && l.BrokerId == null);
        UnassignedTotal = await open.CountAsync(cancellationToken);
        Unassigned = await open.OrderBy(l => l.PublishedAt).ThenBy(l => l.Id).Take(Size).ToListAsync(cancellationToken);
    }
}
