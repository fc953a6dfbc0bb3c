using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;

namespace Matchmaking.Web.Pages.Staff.Rounds;

/// <summary>Writes a round; it is a draft that only staff see until it is opened.</summary>
public sealed class NewModel(MatchmakingDbContext db, OfficeMembers offices, RoundWords words, CurrentUser current, LocalCalendar calendar, TimeProvider clock) : RoundPageModel(offices, words)
{
    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input = RoundInput.Fresh(calendar.Today);
        return ChoicesAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (ReadTerms(calendar.Today) is not { } terms)
        {
            await ChoicesAsync(cancellationToken);
            return Page();
        }
        var (by, at) = ((await current.RequireAsync()).Id, clock.GetUtcNow());
        var round = new CollectionRound(terms, by, at);
        db.CollectionRounds.Add(round);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(by, "round.create", $"round:{round.Id}", at);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Redirect($"/staff/rounds/{round.Id}");
    }
}
