using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Lists;

/// <summary>The public halves of the keys with which lists were signed, and how to check one.</summary>
public sealed class KeysModel(MatchmakingDbContext db) : PageModel
{
    public IReadOnlyList<Row> Keys { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Keys = await db.ListSigningKeys.AsNoTracking().OrderByDescending(k => k.Id)
            .Select(k => new Row(k.Id, k.PublicPem, k.From, k.Until, db.AnnualLists.Count(l => l.SigningKeyId == k.Id && l.State == AnnualListState.Published))).ToListAsync(cancellationToken);

    public sealed record Row(int Id, string Pem, DateTimeOffset From, DateTimeOffset? Until, int Lists);
}
