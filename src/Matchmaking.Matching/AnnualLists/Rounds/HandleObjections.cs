using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>Takes, confirms and decides objections. The caller saves.</summary>
public sealed class HandleObjections(MatchmakingDbContext db, ExpertRegister register, WorkingDays calendar)
{
    /// <summary>The round of a list that takes objections that day, tracked, with its list; null when there is none.</summary>
    public async Task<ListRound?> FindRoundAsync(int listId, DateOnly today, CancellationToken cancellationToken)
    {
        var round = await db.ListRounds.Include(r => r.List!.Entries).ThenInclude(e => e.Listing).AsSplitQuery().SingleOrDefaultAsync(r => r.ListId == listId && r.Phase == ListRoundPhase.InNotice, cancellationToken);
        return round is not null && round.TakesObjectionsOn(today) ? round : null;
    }

    /// <summary>Makes the objection count, keeps the publication behind its answer, and tells staff.</summary>
    /// <param name="objection">Tracked, with its round and the round's list.</param>
    public async Task ConfirmAsync(Objection objection, DateTimeOffset at, CancellationToken cancellationToken)
    {
        objection.Confirm(calendar, at);
        var list = objection.Round.List!;
        if (ProvinceTime.DayOf(list.PublishAt!.Value) <= objection.DueOn)
        {
            list.Postpone(calendar.After(objection.DueOn!.Value, 1), at);
            objection.Round.TakeDates(list, at);
        }
        db.Audit(objection.UserId, "objection.confirm", $"objection:{objection.Serial}", at);
        foreach (var id in await register.StaffAsync(cancellationToken)) db.Tell(id, NoticeKind.ObjectionReceived, AdvanceListRound.Address(objection.Round), at, objection.Serial!, Day(objection.DueOn!.Value));
    }

    /// <param name="objection">Tracked, with its round, the list and its entries.</param>
    public void Decide(Objection objection, bool upheld, string decision, int by, DateTimeOffset at)
    {
        objection.Decide(objection.Round.List!, upheld, decision, by, at);
        db.Audit(by, upheld ? "objection.uphold" : "objection.reject", $"objection:{objection.Serial}", at);
        if (objection.UserId is { } person) db.Tell(person, NoticeKind.ObjectionDecided, "/lists", at, objection.Serial!);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
