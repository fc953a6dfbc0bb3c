using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.ListRounds;

/// <summary>What everybody may read of a list's round: how it was scored, changes of the order with their reasons, decided objections. No expert and nobody who objected is named.</summary>
public sealed class ListRoundFactsViewComponent(MatchmakingDbContext db, TimeProvider time) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(int listId)
    {
        var round = await db.ListRounds.AsNoTracking().SingleOrDefaultAsync(r => r.ListId == listId && r.Phase != ListRoundPhase.Cancelled);
        if (round is null) return Content("");
        var scored = round.ComputedAt;
        string[] acts = [nameof(AnnualListAct.Order), nameof(AnnualListAct.Add), nameof(AnnualListAct.Drop), nameof(AnnualListAct.Restore)];
        var steps = scored is null ? [] : await db.AnnualListSteps.AsNoTracking().Where(s => s.ListId == listId && s.ById != null && acts.Contains(s.Act) && s.At >= scored)
            .OrderBy(s => s.Id).Select(s => new Change(s.At, s.Act, s.Entry!.Listing.Number!, s.Remark ?? "")).ToListAsync();
        var objections = await db.Objections.AsNoTracking().Where(o => o.RoundId == round.Id && (o.State == ObjectionState.Upheld || o.State == ObjectionState.Rejected))
            .OrderBy(o => o.Serial).Select(o => new Decided(o.Serial!, o.Entry.Listing.Number!, o.State, o.Decision!, o.DecidedAt!.Value)).ToListAsync();
        var waiting = await db.Objections.CountAsync(o => o.RoundId == round.Id && o.State == ObjectionState.Open);
        return View(new Facts(round, [.. steps.Where(s => !s.Reason.StartsWith(AnnualList.UpheldPrefix, StringComparison.Ordinal))], objections, waiting, round.TakesObjectionsOn(time.Today())));
    }

    public sealed record Facts(ListRound Round, IReadOnlyList<Change> Changes, IReadOnlyList<Decided> Objections, int Waiting, bool TakesObjections);

    public sealed record Change(DateTimeOffset At, string Act, string Number, string Reason);

    public sealed record Decided(string Serial, string Number, ObjectionState State, string Decision, DateTimeOffset At);
}
