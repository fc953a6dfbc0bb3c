using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Benchmarks;

/// <summary>What it costs to import a file of so many rows, step by step and as the job does it, on a fresh SQLite database; and the same file once more.</summary>
internal static class ImportSpeed
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--rows");
        var rows = options.Number("--rows", 2_000, 1, 5_000);
        Report.Machine();
        var folder = Directory.CreateTempSubdirectory("matchmaking-import-").FullName;
        try
        {
            MatchmakingDbContext Open() => new SqliteMatchmakingDbContext(new DbContextOptionsBuilder<SqliteMatchmakingDbContext>().UseSqlite($"Data Source={Path.Combine(folder, "matchmaking.db")};Foreign Keys=True;Pooling=False").Options);
            await using var services = new ServiceCollection().AddScoped(_ => Open()).BuildServiceProvider();
            var db = Open();
            await using (db)
            {
                await db.MigrateAsync(CancellationToken.None);
                var user = await PersonAsync(db);
                var store = new ImportStore(Path.Combine(folder, "imports"));
                var calendar = new LocalCalendar(TimeProvider.System, TimeZoneInfo.FindSystemTimeZoneById(LocalCalendar.DefaultZone));
                var reading = new ImportReading(db, store, new ImportScope(db), new ImportCheck(db, Checker(services)), calendar);
                var run = new RunImport(db, store, reading, calendar, TimeProvider.System);
                Report.Header($"{rows:N0} rows of needs with all columns, SQLite", "file", "preview (read, map, check)", "whole job", "imported", "known");
                foreach (var format in new[] { "xlsx", "csv" })
                {
                    var listings = Enumerable.Range(1, rows).Select(i => Listing(i, format, user.Organization!)).ToList();
                    var file = format == "csv" ? ListingSheet.Csv(listings, ListingKind.Need, ImportWords.Of("zh-CN")) : ListingSheet.Xlsx(listings, ListingKind.Need, ImportWords.Of("zh-CN"));
                    foreach (var time in new[] { "first time", "same file again" })
                    {
                        var (name, hash) = await store.SaveAsync(file, CancellationToken.None);
                        var import = new Import(user.Id, user.OrganizationId, ListingKind.Need, "a." + format, name, hash, "zh-CN", TimeProvider.System.GetUtcNow());
                        db.Imports.Add(import);
                        await db.SaveChangesAsync();
                        var start = Stopwatch.GetTimestamp();
                        await reading.ReadAsync(import, null, CancellationToken.None);
                        var preview = Stopwatch.GetElapsedTime(start);
                        import.Queue(submits: true, TimeProvider.System.GetUtcNow());
                        await db.SaveChangesAsync();
                        start = Stopwatch.GetTimestamp();
                        await run.RunAsync(import.Id, CancellationToken.None);
                        var whole = Stopwatch.GetElapsedTime(start);
                        db.ChangeTracker.Clear();
                        var done = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import.Id);
                        Report.Row($"{format}, {time}", $"{file.Length / 1024:N0} KiB", Seconds(preview), Seconds(whole), done.Imported.ToString("N0", CultureInfo.InvariantCulture), done.Known.ToString("N0", CultureInfo.InvariantCulture));
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static DraftChecker Checker(IServiceProvider services) => new(
        new NeedLinter(new WordList(WritingRegistration.DefaultForbiddenWords), new WordList(WritingRegistration.DefaultBrands)), new VaguenessReference(services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);

    private static async Task<User> PersonAsync(MatchmakingDbContext db)
    {
        const string Code = "91220100MA0TQ001X";
        var organization = new Organization("示例甲公司", OrganizationKind.Enterprise, Code + CreditCode.CheckCharacter(Code), "220100", "C28", null, TimeProvider.System.GetUtcNow());
        var user = User.Create("a@test.invalid", "示例", TimeProvider.System.GetUtcNow());
        user.Found(organization);
        var role = new IdentityRole<int>(Roles.EnterpriseMember);
        db.AddRange(organization, user, role);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = role.Id });
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A complete need of usual length.</summary>
    private static ExportedListing Listing(int i, string format, Organization owner) => new(
        new NeedContent
        {
            Title = $"低温环境下锂电池快充析锂抑制第{i}项{format}", Summary = "在零下三十度快充时抑制析锂，充电时间不超过40分钟。", Description = string.Concat(Enumerable.Repeat("现有电池在低温快充时析锂，循环寿命下降。希望在零下三十度充电时间不超过40 min。", 10)),
            Keywords = ["锂电池", "低温", "快充"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
            Quantities = [new("充电时间", Comparison.Le, 40, null, "min"), new("循环寿命", Comparison.Ge, 1500, null, "次"), new("能量密度", Comparison.Ge, 280, null, "Wh/kg")],
            Cooperation = [CooperationMode.JointDevelopment, CooperationMode.CommissionedDevelopment], Money = 120 + (i % 50), ValidUntil = TimeProvider.System.Today().AddDays(300),
            Kind = NeedKind.Research, Horizon = Horizon.Near, WorkDone = "已试过预热膜，升温太慢。", Deadline = TimeProvider.System.Today().AddDays(400), MinimumTrl = 6,
            Payment = PaymentMode.Instalments, Openness = Openness.Yes, Consents = [NeedConsent.ExpertService, NeedConsent.Selection], Reward = 5,
        },
        new Contact("联系人甲（示例）", "0431-00000000", "name@example.test"), owner.CreditCode, owner.Name, null, null, ListingState.Draft);
}
