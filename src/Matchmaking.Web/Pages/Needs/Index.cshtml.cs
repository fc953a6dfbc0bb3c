using Matchmaking.Matching.Search;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Needs;

public sealed class IndexModel(ListingSearch search) : PageModel
{
    public ListingPage Result { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Result = await search.RunAsync(ListingQuery.Read(Request.Query, ListingKind.Need), cancellationToken);
}
