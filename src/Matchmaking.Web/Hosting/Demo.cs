using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>The demonstration: samples, one account a role, and the papers imported by an ordinary job in the background.</summary>
public sealed class Demo(
    MatchmakingDbContext db, UserManager<User> users, SampleImporter importer, ProposeEntries propose, PublishAnnualList publish, AnnualListOptions options,
    IBackgroundJobClient jobs, DemoCases cases, DemoRounds rounds, DemoReturns returns, TimeProvider time)
{
    public const string Password = "Demo-2026-jilin";

    /// <summary>One need in so many has the demonstration's broker.</summary>
    private const int BrokersShare = 3;

    private static readonly (string Email, string Role, string Name, string Organization)[] Accounts =
    [
        ("enterprise@demo.test", Roles.EnterpriseMember, "示例企业甲", "E01"),
        ("researcher@demo.test", Roles.Researcher, "示例教授甲", "U01"),
        ("office@demo.test", Roles.RecommendingOffice, "示例归口甲", "O01"),
        ("broker@demo.test", Roles.Broker, "示例经纪人甲", "B01"),
        ("staff@demo.test", Roles.Staff, "示例管理员甲", "P01"),
        ("staff2@demo.test", Roles.Staff, "示例管理员乙", "P01"),
        ("staff3@demo.test", Roles.Staff, "示例管理员丙", "P01"),
        ("admin@demo.test", Roles.Administrator, "示例系统管理员甲", "P01"),
    ];

    private const string RoundText = "面向全省企业征集技术需求。请写明要解决的问题、现有水平和目标指标；企业自己能够解决的、涉密的不受理。归口部门核对后统一转交。";

    private static readonly (string Member, string Office)[] Members = [("E01", "O01"), ("E02", "O01"), ("E25", "O01"), ("E28", "O01"), ("U12", "O01"), ("U01", "O02")];

    public static string Welcome { get; } =
        $"""

        Demonstration at {StartOptions.DemoAddress}

          email                   password           role
        {string.Join('\n', Accounts.Select(a => $"  {a.Email,-22}  {Password}    {a.Role}"))}
          {DemoRounds.Waiting,-22}  {Password}    {Roles.Researcher}, expert
          {DemoReturns.Writer,-22}  {Password}    reports for a department
          {DemoReturns.Checker,-22}  {Password}    checks its reports

        Samples are imported and indexed in the background; progress is printed here and on {StartOptions.DemoAddress}/status

        """;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var files = new SampleFiles(SamplesFolder());
        var organizations = await importer.ImportOrganizationsAsync(files, cancellationToken);
        foreach (var (email, role, name, key) in Accounts)
        {
            if (await db.Users.AnyAsync(u => u.Email == email, cancellationToken)) continue;
            var user = User.Create(email, name, time.GetUtcNow());
            user.EmailConfirmed = true;
            user.Found(organizations[key]);
            await users.CreateAsync(user, Password);
            await users.AddToRoleAsync(user, role);
        }
        var broker = await db.Users.SingleAsync(u => u.Email == "broker@demo.test", cancellationToken);
        var staff = await db.Users.SingleAsync(u => u.Email == "staff@demo.test", cancellationToken);
        var signers = await db.Users.Where(u => u.Email == "staff@demo.test" || u.Email == "staff2@demo.test" || u.Email == "staff3@demo.test").OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(cancellationToken);
        // In the order of time: the list of a year is made from what was there in that year, then the rest arrives.
        foreach (var year in new[] { 2024, 2025 })
        {
            await importer.ImportListingsAsync(files, new DateOnly(year, 12, 31), cancellationToken);
            await importer.ImportGradesAsync(files, broker.Id, need => need.PublishedAt!.Value.Year <= year, cancellationToken);
            foreach (var kind in Enum.GetValues<AnnualListKind>()) await PublishPastListAsync(kind, year, signers, cancellationToken);
        }
        await importer.ImportListingsAsync(files, DateOnly.MaxValue, cancellationToken);
        // What the demonstration's broker is responsible for waits for his grades; the rest he has done.
        await importer.ImportGradesAsync(files, broker.Id, need => need.PublishedAt!.Value.Year < 2026 || need.Id % BrokersShare != 0, cancellationToken);
        foreach (var kind in Enum.GetValues<AnnualListKind>()) await OpenListAsync(kind, 2026, time.GetUtcNow(), cancellationToken);
        await AssignBrokerAsync(broker.Id, staff.Id, cancellationToken);
        await cases.PrepareAsync(cancellationToken);
        await importer.ImportIndicatorReportsAsync(files, staff.Id, cancellationToken);
        await returns.PrepareAsync(staff.Id, Password, cancellationToken);
        await FillOfficesAsync(files, staff.Id, cancellationToken);
        await rounds.PrepareAsync(organizations, 2026, staff.Id, Password, cancellationToken);
        jobs.Enqueue<CallRounds>(job => job.RunAsync(CancellationToken.None));
        jobs.Enqueue<CountIndicators>(job => job.RunAsync(CancellationToken.None));
        // Not to wait for the night; by then the hand-written samples have their vectors.
        jobs.Schedule<EvaluateRanker>(job => job.RunAsync(CancellationToken.None), TimeSpan.FromMinutes(2));
        // Reports speak of matches: they are drafted once the hand-written needs have theirs.
        jobs.Schedule<DemoReports>(job => job.PrepareAsync(CancellationToken.None), TimeSpan.FromMinutes(1));
        jobs.Enqueue<ImportPapers>(job => job.RunAsync(SamplesFolder(), CancellationToken.None));
    }

    /// <summary>The round of a past year by the same code as any other, with the dates of that year; an interrupted one goes on where it stood.</summary>
    private async Task PublishPastListAsync(AnnualListKind kind, int year, List<int> signers, CancellationToken cancellationToken)
    {
        DateTimeOffset At(int month, int day) => new(year, month, day, 2, 0, 0, TimeSpan.Zero);
        var list = await OpenListAsync(kind, year, At(9, 1), cancellationToken);
        if (!list.Listed.Any()) return;
        if (list.State == AnnualListState.Open)
        {
            list.StartNotice(new DateOnly(year, 10, 20), new DateOnly(year, 11, 4), new DateOnly(year, 11, 10), signers[0], At(10, 17));
            await db.SaveChangesAsync(cancellationToken);
        }
        while (list.NextSign is { } role) list.Sign(role, signers[(int)role], At(11, 5 + (int)role));
        await db.SaveChangesAsync(cancellationToken);
        if (list.State == AnnualListState.InNotice) await publish.RunAsync(list.Id, At(11, 10), cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task<AnnualList> OpenListAsync(AnnualListKind kind, int year, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.AnnualLists.Include(l => l.Entries).Include(l => l.Signs).AsSplitQuery().SingleOrDefaultAsync(l => l.Kind == kind && l.Year == year && l.Edition == 1, cancellationToken) is { } known) return known;
        var list = new AnnualList(kind, year, AnnualListRules.DefaultOf(kind) with { Size = 20 }, options.NoticeDays, null, at);
        db.AnnualLists.Add(list);
        db.Audit(null, "list.open", $"list:{list.SerialNumber}", at);
        await propose.RunAsync(list, null, at, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return list;
    }

    /// <summary>The demonstration's offices get members and records that wait for them, and there is a round to submit to.</summary>
    private async Task FillOfficesAsync(SampleFiles files, int staffId, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var organizations = await importer.ImportOrganizationsAsync(files, cancellationToken);
        foreach (var (member, office) in Members) organizations[member].PlaceUnder(organizations[office]);
        await db.SaveChangesAsync(cancellationToken);
        await importer.ImportWaitingNeedsAsync(files, organizations, cancellationToken);
        if (await db.CollectionRounds.AnyAsync(cancellationToken)) return;
        var today = ProvinceTime.DayOf(time.GetUtcNow());
        var round = new CollectionRound(new RoundTerms($"{today.Year + 1}年度企业技术需求征集（示例）", RoundText, today, today.AddDays(45), [], [OrganizationKind.Enterprise], [], [], 3, 20,
            [RoundField.Quantities], RoundTerms.UsualIntensity), staffId, time.GetUtcNow());
        round.Open(time.GetUtcNow());
        db.CollectionRounds.Add(round);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Every third need has the demonstration's broker, so that his own queue is not empty.</summary>
    private async Task AssignBrokerAsync(int brokerId, int staffId, CancellationToken cancellationToken)
    {
        foreach (var need in await db.Needs.Where(n => n.BrokerId == null && n.Id % BrokersShare == 0).ToListAsync(cancellationToken)) need.AssignBroker(brokerId, staffId, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The folder <c>samples</c> beside the program or above it, as in a clone.</summary>
    public static string SamplesFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "samples");
            if (File.Exists(Path.Combine(samples, "organizations.csv"))) return samples;
        }
        throw new DirectoryNotFoundException("The folder 'samples' lies neither beside the program nor above it.");
    }
}

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services.AddScoped<DemoCases>().AddScoped<DemoRounds>().AddScoped<DemoReports>().AddScoped<DemoReturns>().AddScoped<Demo>();
}
