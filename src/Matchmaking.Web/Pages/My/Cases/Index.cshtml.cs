using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.My.Cases;

/// <summary>The introductions proposed to my organisation, what waits for an answer first.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CaseAccess access, CurrentUser current) : PageModel
{
    private const int Size = 20;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        var organization = (await current.OrganizationAsync())?.Id ?? 0;
        var own = await access.OfSidesAsync(db.Cases.AsNoTracking());
        var total = await own.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/my/cases?page={n}");
        var rows = await own.Select(c => new
        {
            c.Id, c.Stage, c.DueOn, Need = c.Need.Title, Achievement = c.Achievement.Title, c.UpdatedAt, Party = c.Parties.First(p => p.OrganizationId == organization),
        }).OrderBy(c => c.Stage == CaseStage.Ended || c.Stage == CaseStage.Closed)
            .ThenByDescending(c => (c.Stage == CaseStage.Pushed || c.Stage == CaseStage.OneInterested) && c.Party.Answer == SideAnswer.None).ThenByDescending(c => c.UpdatedAt).ThenBy(c => c.Id)
            .Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        Rows = [.. rows.Select(c => new Row(c.Id, c.Party.Side, c.Party.Side == CaseSide.Need ? c.Need : c.Achievement, c.Party.Side == CaseSide.Need ? c.Achievement : c.Need, c.Stage, c.DueOn,
            c.Stage is CaseStage.Pushed or CaseStage.OneInterested && c.Party.Answer == SideAnswer.None, c.UpdatedAt))];
    }

    /// <param name="Waits">My answer is waited for.</param>
    public sealed record Row(int Id, CaseSide Side, string Own, string Other, CaseStage Stage, DateOnly? DueOn, bool Waits, DateTimeOffset UpdatedAt);
}
