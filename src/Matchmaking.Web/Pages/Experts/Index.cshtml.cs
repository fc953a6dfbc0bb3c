using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Experts;

/// <summary>What the signed-in expert was asked to score: his own sheets, nobody else's.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time) : PageModel
{
    private const int MostDiagnoses = 30;

    public IReadOnlyList<RoundLine> Rounds { get; private set; } = [];

    /// <summary>Second diagnoses that were asked of him, the latest first.</summary>
    public IReadOnlyList<Triage> Diagnoses { get; private set; } = [];

    /// <summary>Drafts of foresight reports on whose committee he is.</summary>
    public IReadOnlyList<ForesightReport> Reports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = current.Id!.Value;
        var today = time.Today();
        Diagnoses = await db.Triages.AsNoTracking().Include(t => t.Need).Where(t => t.ExpertId == me && (t.EndedAt == null || t.OpinionAt != null)).OrderByDescending(t => t.Id).Take(MostDiagnoses).ToListAsync(cancellationToken);
        Reports = [.. (await db.ForesightReports.AsNoTracking().Where(r => r.State == ForesightState.Draft).OrderByDescending(r => r.Id).ToListAsync(cancellationToken)).Where(r => r.Committee.Contains(me))];
        var sheets = await db.ScoreSheets.AsNoTracking().Include(s => s.Round).Include(s => s.Entry.Listing).Where(s => s.Invitation.Expert.UserId == me && s.Round.Phase != ListRoundPhase.Cancelled)
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);
        Rounds = [.. sheets.GroupBy(s => s.RoundId).OrderByDescending(g => g.Key).Select(g =>
        {
            var round = g.First().Round;
            return new RoundLine(round, round.TakesScoresOn(today), [.. g.Select(s => new SheetLine(s.Id, s.Entry.Listing.Title, s.State, s.IsComplete, s.Scores.Count(x => x.Value is not null)))]);
        })];
    }

    public sealed record RoundLine(ListRound Round, bool IsOpen, IReadOnlyList<SheetLine> Sheets);

    /// <param name="Filled">Criteria with a score.</param>
    public sealed record SheetLine(int Id, string Title, ScoreSheetState State, bool IsComplete, int Filled);
}
