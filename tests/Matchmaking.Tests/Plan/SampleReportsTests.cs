using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>The demonstration's invented values enter once, look invented, and none is of a day to come.</summary>
public sealed class SampleReportsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Fact]
    public async Task Reported_values_of_the_samples_enter_once_and_never_before_their_day()
    {
        var files = new SampleFiles(Repository.Path("samples"));
        var staff = await app.AddUserAsync(Roles.Staff);
        var by = await app.WithDbAsync(db => db.Users.Where(u => u.Email == staff).Select(u => u.Id).SingleAsync(TestContext.Current.CancellationToken));
        app.Clock.Now = new DateTimeOffset(2026, 1, 10, 2, 0, 0, TimeSpan.Zero);
        Task<int> ImportAsync() => app.WithServiceAsync<SampleImporter, int>(importer => importer.ImportIndicatorReportsAsync(files, by, TestContext.Current.CancellationToken));

        var first = await ImportAsync();
        var again = await ImportAsync();

        var reports = await app.WithDbAsync(db => db.IndicatorReports.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((first, 0), (reports.Count, again));
        Assert.Equal(files.IndicatorReports().Count(r => r.AsOf.Year < 2026), first);
        Assert.All(reports, r => Assert.EndsWith("（示例）", r.Source, StringComparison.Ordinal));
        // Each has its entry in the log, without which the daily verification would name it.
        Assert.Empty(await app.WithServiceAsync<VerifyFigures, IReadOnlyList<WrongFigure>>(v => v.RunAsync(TestContext.Current.CancellationToken)));
        Assert.All(files.IndicatorReports(), r => Assert.NotNull(PlanIndicators.Find(r.Code)));
    }
}
