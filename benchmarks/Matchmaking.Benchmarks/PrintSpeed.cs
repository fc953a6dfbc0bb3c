using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Benchmarks;

/// <summary>A published list of many entries as everybody opens it: the page, filtered and whole, and every format; on a fresh database.</summary>
internal static class PrintSpeed
{
    private const int WarmUps = 2, Year = 2025;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--entries", "--requests", "--papers", "--seed", "--keep");
        var entries = options.Number("--entries", 500, 1, 5_000);
        var requests = options.Number("--requests", 20, 3, 1_000);
        Report.Machine();
        var folder = Directory.CreateTempSubdirectory("matchmaking-print-").FullName;
        try
        {
            await using var app = new LoadApplication(folder);
            await FillAsync(app, entries, options);
            await OpenAsync(app, entries, requests, options.Text("--keep"));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task FillAsync(LoadApplication app, int entries, Options options)
    {
        var maker = new ListingMaker(Papers.Read(options.Text("--papers"), null), options.Number("--seed", 7, 0, int.MaxValue));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        // Some of the sample's listings have run out or were withdrawn.
        await new LoadSample(app.Services, maker, new LoadSize(entries * 2, 10, 50)).FillAsync();
        var noticed = ProvinceTime.At(new DateOnly(Year, 11, 1), ProvinceTime.OfficeHour);
        var list = new AnnualList(AnnualListKind.QualityAchievements, Year, AnnualListRules.DefaultOf(AnnualListKind.QualityAchievements), 15, 1, noticed);
        db.AnnualLists.Add(list);
        foreach (var listing in await db.Listings.Include(l => l.Organization).Where(l => l is Achievement && l.State == ListingState.Published).OrderBy(l => l.Id).Take(entries).ToListAsync()) list.Add(listing, "测量", 1, noticed);
        list.StartNotice(new DateOnly(Year, 11, 2), new DateOnly(Year, 11, 16), new DateOnly(Year, 11, 17), 1, noticed);
        while (list.NextSign is { } role) list.Sign(role, 900 + (int)role, noticed);
        await db.SaveChangesAsync();
        if (list.Entries.Count < entries) throw new OptionException($"The sample gave {list.Entries.Count} entries only.");
        var at = ProvinceTime.At(new DateOnly(Year, 11, 18), ProvinceTime.OfficeHour);
        if (!await scope.ServiceProvider.GetRequiredService<PublishAnnualList>().RunAsync(list.Id, at, CancellationToken.None)) throw new OptionException("The list was not published.");
    }

    private static async Task OpenAsync(LoadApplication app, int entries, int requests, string? keep)
    {
        Report.Header($"a list of {entries} entries; ms of {requests} requests after {WarmUps}", "KiB", "p50", "p95", "most");
        const string Address = "/lists/2025/quality-achievements";
        foreach (var address in new[] { Address, Address + "?field=NewMaterials", Address + "/download.json", Address + "/download.csv", Address + "/download.xlsx", Address + "/download.docx", Address + "/download.pdf", "/lists/catalog.jsonld", "/lists/feed.atom" })
        {
            var client = app.CreateClient();
            var all = new Timing();
            byte[] bytes = [];
            for (var i = 0; i < requests + WarmUps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                bytes = await client.GetByteArrayAsync(address);
                if (i >= WarmUps) all.Add(Stopwatch.GetElapsedTime(start));
            }
            if (keep is not null && Path.GetExtension(address).Length > 0) await File.WriteAllBytesAsync(Path.Combine(keep, "list" + Path.GetExtension(address)), bytes);
            Report.Row(address, (bytes.Length / 1024.0).ToString("0", CultureInfo.InvariantCulture), Report.Ms(all.Percentile(50)), Report.Ms(all.Percentile(95)), Report.Ms(all.Percentile(100)));
        }
    }
}
