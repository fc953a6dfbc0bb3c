using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// Brings sample files into the database as published records. Every record carries a key made from its key in the file,
/// so that a repeated or interrupted import adds only what is missing.
/// </summary>
public sealed class SampleImporter(MatchmakingDbContext db, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>The organisation that stands for the literature repository.</summary>
    public const string RepositoryKey = "R01";

    public static Guid KeyOf(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes("sample:" + key)).AsSpan(0, 16));

    /// <summary>Organisations by their key in the file; missing ones are added, verified.</summary>
    public async Task<IReadOnlyDictionary<string, Organization>> ImportOrganizationsAsync(SampleFiles files, CancellationToken cancellationToken)
    {
        var rows = files.Organizations();
        var codes = rows.Select(r => r.CreditCode).ToList();
        var known = await db.Organizations.Where(o => codes.Contains(o.CreditCode)).ToDictionaryAsync(o => o.CreditCode, cancellationToken);
        var byKey = new Dictionary<string, Organization>();
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.CreditCode, out var organization))
            {
                organization = new Organization(row.Name, row.Kind, row.CreditCode, row.Region, row.Industry, row.Size, time.GetUtcNow());
                organization.Verify(0, time.GetUtcNow());
                db.Organizations.Add(organization);
            }
            byKey[row.Key] = organization;
        }
        await db.SaveChangesAsync(cancellationToken);
        return byKey;
    }

    /// <summary>Needs and achievements written by hand, published until the given day; returns how many were new.</summary>
    public async Task<int> ImportListingsAsync(SampleFiles files, DateOnly until, CancellationToken cancellationToken)
    {
        var organizations = await ImportOrganizationsAsync(files, cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var rows = files.Needs().Concat(files.Achievements()).Where(r => r.Published <= until).OrderBy(r => r.Published).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
        var known = await KnownAsync(rows.Select(r => KeyOf(r.Key)), cancellationToken);
        var serials = new Dictionary<string, NumberSerial>();
        var added = 0;
        foreach (var row in rows.Where(r => !known.Contains(KeyOf(r.Key))))
        {
            var at = new DateTimeOffset(row.Published, new TimeOnly(2, 0), TimeSpan.Zero);
            var organization = organizations[row.Organization];
            Listing listing = row.Content is NeedContent ? new Need(organization, 0, at) : new Achievement(organization, 0, at);
            listing.CreatedBy(KeyOf(row.Key));
            listing.Describe(row.Content, new Contact("联系人（示例）", "0431-00000000", "contact@demo.test"), at);
            listing.Submit(0, at, row.Published);
            if (listing.May(ListingAct.Forward)) listing.Forward(null, 0, at);
            listing.Publish(await NextNumberAsync(serials, listing, row.Published.Year, cancellationToken), 0, at);
            // A sample has no owner who could keep it open.
            if (today.AddDays(SampleFiles.ValidDays) is var open && open > listing.ValidUntil) listing.Renew(open, 0, at);
            db.Listings.Add(listing);
            added++;
        }
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    /// <summary>Needs that wait at their recommending offices, each submitted some days before the next; returns how many were new.</summary>
    /// <param name="organizations">By their keys in the file, tracked and placed under their offices.</param>
    public async Task<int> ImportWaitingNeedsAsync(SampleFiles files, IReadOnlyDictionary<string, Organization> organizations, CancellationToken cancellationToken)
    {
        const int DaysBetween = 4;
        var now = time.GetUtcNow();
        var today = ProvinceTime.DayOf(now);
        var rows = files.WaitingNeeds();
        var known = await KnownAsync(rows.Select(r => KeyOf(r.Key)), cancellationToken);
        var fresh = rows.Where(r => !known.Contains(KeyOf(r.Key))).ToList();
        for (var i = 0; i < fresh.Count; i++)
        {
            var at = now.AddDays(-DaysBetween * (fresh.Count - i));
            var need = new Need(organizations[fresh[i].Organization], 0, at);
            need.CreatedBy(KeyOf(fresh[i].Key));
            // The file's days are those of its writing; what waits must not be over already.
            need.Describe((NeedContent)fresh[i].Content with { ValidUntil = today.AddDays(SampleFiles.ValidDays), Deadline = today.AddDays(SampleFiles.ValidDays) },
                new Contact("联系人（示例）", "0431-00000000", "contact@demo.test"), at);
            need.Submit(0, at, today);
            db.Listings.Add(need);
        }
        await db.SaveChangesAsync(cancellationToken);
        return fresh.Count;
    }

    /// <summary>Papers of a repository as achievements; what a paper does not state (maturity, rights) stays empty.</summary>
    public async Task<int> ImportPapersAsync(SampleFiles files, CancellationToken cancellationToken)
    {
        var organization = (await ImportOrganizationsAsync(files, cancellationToken))[RepositoryKey];
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var rows = files.Papers();
        var known = await KnownAsync(rows.Select(r => KeyOf("csl:" + r.Id)), cancellationToken);
        var serials = new Dictionary<string, NumberSerial>();
        var added = 0;
        foreach (var batch in rows.Where(r => !known.Contains(KeyOf("csl:" + r.Id))).Chunk(Batch))
        {
            foreach (var row in batch)
            {
                var achievement = new Achievement(organization, 0, now);
                achievement.CreatedBy(KeyOf("csl:" + row.Id));
                achievement.ImportedFrom("csl:" + row.Id);
                achievement.PublishImported(ContentOf(row, today), await NextNumberAsync(serials, achievement, now.Year, cancellationToken), now);
                db.Listings.Add(achievement);
                added++;
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        return added;
    }

    /// <summary>Grades of pairs whose need fits the condition, as given by one broker at the need's time; known ones are left.</summary>
    public async Task<int> ImportGradesAsync(SampleFiles files, int graderId, Func<Need, bool> condition, CancellationToken cancellationToken)
    {
        var listings = await db.Listings.Where(l => l.Number != null).ToDictionaryAsync(l => l.CreationKey, cancellationToken);
        var matches = (await db.Matches.Include(m => m.Grades).ToListAsync(cancellationToken)).ToDictionary(m => (m.NeedId, m.AchievementId));
        var added = 0;
        foreach (var row in files.Grades())
        {
            if (listings.GetValueOrDefault(KeyOf(row.Need)) is not Need need || listings.GetValueOrDefault(KeyOf(row.Achievement)) is not Achievement achievement) continue;
            if (!condition(need)) continue;
            if (!matches.TryGetValue((need.Id, achievement.Id), out var match))
            {
                match = new Match(need.Id, achievement.Id, need.PublishedAt!.Value);
                db.Matches.Add(match);
            }
            if (match.Grades.Count > 0) continue;
            match.GradeAs(row.Value, row.Reason, graderId, need.PublishedAt!.Value.AddDays(3));
            added++;
        }
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    /// <summary>Values of the plan's indicators as departments would have reported them, those of days that have been; known ones are left.</summary>
    public async Task<int> ImportIndicatorReportsAsync(SampleFiles files, int enteredById, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = (await db.IndicatorReports.Select(r => r.CreationKey).ToListAsync(cancellationToken)).ToHashSet();
        var rows = files.IndicatorReports().Where(r => r.AsOf <= ProvinceTime.DayOf(now)).Select(r => (Row: r, Key: KeyOf($"indicator:{r.Code}:{r.AsOf:yyyy-MM-dd}"))).Where(r => !known.Contains(r.Key)).ToList();
        foreach (var (row, key) in rows)
        {
            var indicator = PlanIndicators.Find(row.Code) ?? throw new FormatException($"indicator-reports.csv: the plan has no indicator {row.Code}.");
            db.Report(new IndicatorReport(indicator, row.AsOf, row.Value, row.Source, enteredById, key, now));
        }
        await db.SaveChangesAsync(cancellationToken);
        return rows.Count;
    }

    private static AchievementContent ContentOf(PaperRow row, DateOnly today) => new()
    {
        Title = row.Title[..Math.Min(row.Title.Length, ListingContent.MaxTitle)],
        Summary = SentenceSplitter.Split(row.Abstract, 1) is [var first, ..] ? first.Text[..Math.Min(first.Text.Length, ListingContent.MaxSummary)] : "",
        Description = row.Abstract,
        Keywords = [.. row.Keywords.Where(k => k.Length <= ListingContent.MaxKeyword).Take(ListingContent.MaxKeywords)],
        Field = Disciplines.FieldOf(row.Discipline),
        Industry = "M73",
        Region = "220000",
        ValidUntil = today.AddDays(SampleFiles.ValidDays),
    };

    private async Task<HashSet<Guid>> KnownAsync(IEnumerable<Guid> keys, CancellationToken cancellationToken)
    {
        var all = (await db.Listings.Select(l => l.CreationKey).ToListAsync(cancellationToken)).ToHashSet();
        all.IntersectWith(keys);
        return all;
    }

    private async Task<string> NextNumberAsync(Dictionary<string, NumberSerial> serials, Listing listing, int year, CancellationToken cancellationToken)
    {
        var prefix = NumberSerial.PrefixOf(listing, year);
        if (!serials.TryGetValue(prefix, out var serial))
        {
            serial = await db.NumberSerials.FindAsync([prefix], cancellationToken);
            if (serial is null) db.NumberSerials.Add(serial = new NumberSerial(prefix));
            serials[prefix] = serial;
        }
        return serial.Next();
    }
}
