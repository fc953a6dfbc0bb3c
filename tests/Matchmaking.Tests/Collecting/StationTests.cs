using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Collecting;

/// <summary>Days at each station, from stamped steps.</summary>
public sealed class StationTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Fact]
    public async Task Days_are_counted_from_entering_a_station_to_leaving_it()
    {
        var (office, member) = await app.AddOfficeAsync();
        var ticks = await app.RequiredTicksAsync();
        foreach (var days in new[] { 1, 2, 6 })
        {
            var need = await app.SubmittedAsync(member);
            app.Clock.Advance(TimeSpan.FromDays(days));
            await app.WithServiceAsync<PublishListing, Decision>(p => p.ForwardAsync(need.Id, need.Version, null, ticks, 1, CancellationToken.None));
        }
        var still = await app.SubmittedAsync(member);
        app.Clock.Advance(TimeSpan.FromDays(40));

        var year = app.Clock.Now.Year;
        var stays = await app.WithServiceAsync<StationTimes, IReadOnlyList<Stay>>(t => t.ReadAsync(new DateOnly(year - 1, 1, 1), new DateOnly(year + 1, 1, 1), CancellationToken.None));

        var figure = StayFigure.Of(stays.Where(s => s.Station == ListingState.AwaitingOffice))!;
        Assert.Equal((3, 3.0, 2.0), (figure.Count, figure.Mean, figure.Median));
        Assert.All(stays, s => Assert.Equal(office.Id, s.OfficeId));
        Assert.Equal(ListingState.AwaitingOffice, await app.StateAsync(still.Id));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var page = await staff.GetPageAsync($"/staff/stations?year={stays[0].Month.Year}");
        Assert.Contains("平均3天，中位2天（3次）", page.MainText(), StringComparison.Ordinal);
        Assert.Equal(["全部", "按归口部门", "按月"], page.QuerySelectorAll("main caption").Select(c => c.TextContent));
        Assert.Equal(["全部"], (await staff.GetPageAsync($"/staff/stations?year={stays[0].Month.Year - 1}")).QuerySelectorAll("main caption").Select(c => c.TextContent));
    }

    [Fact]
    public void The_median_of_an_even_number_is_the_mean_of_the_middle_two()
    {
        var stays = new[] { 1.0, 2.0, 4.0, 9.0 }.Select(d => new Stay(ListingState.Submitted, null, new DateOnly(2026, 1, 1), d));
        Assert.Equal(new StayFigure(4, 4, 3), StayFigure.Of(stays));
        Assert.Null(StayFigure.Of([]));
    }
}
