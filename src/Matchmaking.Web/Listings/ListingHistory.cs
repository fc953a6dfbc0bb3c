using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>One line of a record's past, newest first.</summary>
public sealed record HistoryLine(DateTimeOffset At, string Who, string What, string? Remark, IReadOnlyList<CheckTick>? Checks = null);

/// <summary>The stamped steps of a record in words. People of the owner are named; staff and brokers appear by their task, except to staff.</summary>
public sealed class ListingHistory(MatchmakingDbContext db, Formatting format, IStringLocalizer<ListingsText> text)
{
    /// <param name="forStaff">Staff read who did what: everybody is named, with what was ticked.</param>
    public async Task<IReadOnlyList<HistoryLine>> OfAsync(Listing listing, CancellationToken cancellationToken, bool forStaff = false)
    {
        var people = listing.Steps.Where(s => s.ById is not null).Select(s => s.ById!.Value).Distinct().ToList();
        var own = await db.Users.Where(u => people.Contains(u.Id) && (forStaff || u.OrganizationId == listing.OrganizationId))
            .ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return [.. listing.Steps.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(step => new HistoryLine(
            step.At,
            step.ById is not { } id ? text["History.System"] : own.TryGetValue(id, out var name) ? name : text["History.Platform"],
            step.From == step.To ? text["History.Note"] : text["History.Move", format.State(step.From, listing.ListingKind), format.State(step.To, listing.ListingKind)],
            step.Remark, forStaff ? step.Checks : null))];
    }
}
