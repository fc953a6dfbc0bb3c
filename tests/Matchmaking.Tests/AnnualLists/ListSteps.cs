using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>What people and the clock do to lists, for tests about something else.</summary>
public static class ListSteps
{
    public static async Task RunAsync<TJob>(this MatchmakingApplication app, Func<TJob, CancellationToken, Task> run)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await run(ActivatorUtilities.CreateInstance<TJob>(scope.ServiceProvider), TestContext.Current.CancellationToken);
    }

    public static Task PublishDueListsAsync(this MatchmakingApplication app) => app.RunAsync<PublishAnnualLists>((job, token) => job.RunAsync(token));

    /// <summary>A need that every default rule takes.</summary>
    public static NeedContent ListableNeed(this MatchmakingApplication app, string title = "低温锂电池快充析锂抑制（示例）") => app.NeedContent(title) with
    {
        Quantities = [new("充电时间", Comparison.Le, 40, null, "min"), new("循环寿命", Comparison.Ge, 2000, null, "次")],
    };

    /// <summary>A list with these listings in this order, added by hand.</summary>
    public static Task<int> AddListAsync(this MatchmakingApplication app, AnnualListKind kind, int year, params Listing[] listings) => app.WithDbAsync(async db =>
    {
        var list = new AnnualList(kind, year, AnnualListRules.DefaultOf(kind), 15, 1, app.Clock.Now);
        db.AnnualLists.Add(list);
        foreach (var listing in listings) list.Add(await db.Listings.SingleAsync(l => l.Id == listing.Id), "试验", 1, app.Clock.Now);
        await db.SaveChangesAsync();
        return list.Id;
    });

    /// <summary>Puts the list into a notice of fifteen days from today, signed by three; publication the day after.</summary>
    public static Task StartNoticeAsync(this MatchmakingApplication app, int listId) => app.WithDbAsync(async db =>
    {
        var list = await db.AnnualLists.Include(l => l.Entries).SingleAsync(l => l.Id == listId);
        var today = ProvinceTime.DayOf(app.Clock.Now);
        list.StartNotice(today, today.AddDays(14), today.AddDays(15), 1, app.Clock.Now);
        list.SignByThree(app.Clock.Now);
        await db.SaveChangesAsync();
    });

    public static Task SignAsync(this MatchmakingApplication app, int listId) => app.WithDbAsync(async db =>
    {
        (await db.AnnualLists.SingleAsync(l => l.Id == listId)).SignByThree(app.Clock.Now);
        await db.SaveChangesAsync();
    });

    public static void SignByThree(this AnnualList list, DateTimeOffset at)
    {
        while (list.NextSign is { } role) list.Sign(role, 900 + (int)role, at);
    }

    public static void MoveTo(this MatchmakingApplication app, DateOnly day, int hour = 12) => app.Clock.Now = ProvinceTime.At(day, hour);

    /// <summary>From composing to published.</summary>
    public static async Task<AnnualList> PublishListAsync(this MatchmakingApplication app, AnnualListKind kind, int year, params Listing[] listings)
    {
        var id = await app.AddListAsync(kind, year, listings);
        await app.StartNoticeAsync(id);
        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();
        return await app.ReadListAsync(id);
    }

    public static Task<AnnualList> ReadListAsync(this MatchmakingApplication app, int id) => app.WithDbAsync(db => db.AnnualLists.AsNoTracking()
        .Include(l => l.Entries).Include(l => l.Steps).AsSplitQuery().SingleAsync(l => l.Id == id));
}
