using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Foresight;

/// <summary>Makes the draft of a year's report, or brings its figures up to date while it is one.</summary>
public sealed class DraftReport(MatchmakingDbContext db, ReadForesight read, TimeProvider time)
{
    /// <returns>The id of the report; of a published one too, which is left as it is.</returns>
    public async Task<int> RunAsync(int year, string scope, int? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await db.ForesightReports.Where(r => r.Year == year && r.Scope == scope).OrderByDescending(r => r.Edition).FirstOrDefaultAsync(cancellationToken);
        if (known is { State: ForesightState.Published }) return known.Id;
        var figures = ForesightFigures.Of(await read.RunAsync(withVectors: true, cancellationToken), ForesightReport.FieldOf(scope), ProvinceTime.DayOf(now));
        if (known is null) db.ForesightReports.Add(known = new ForesightReport(year, scope, figures, now));
        else known.Recount(figures, now);
        if (db.ChangeTracker.HasChanges()) db.Audit(by, "foresight.count", $"report:{known.Serial}", now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return known.Id;
        }
        catch (DbUpdateException) when (known.Id == 0)
        {
            // Somebody else has made it in between; the index lets one in.
            db.ChangeTracker.Clear();
            return await db.ForesightReports.Where(r => r.Year == year && r.Scope == scope).OrderByDescending(r => r.Edition).Select(r => r.Id).FirstAsync(cancellationToken);
        }
    }
}

/// <summary>Signs a report for one of the three; with the third it is published, all in one transaction.</summary>
public sealed class SignReport(MatchmakingDbContext db, IListSigner signer, AnnualListOptions options, TimeProvider time)
{
    /// <exception cref="ForesightRefusedException">It is not this one's turn, he has signed, sections are missing, or it is published.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed or signed it meanwhile; nothing was written.</exception>
    /// <returns>Whether it is published now.</returns>
    public async Task<bool> RunAsync(ForesightReport report, ListSignRole role, int by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // The frozen text must be what the database gives back.
        now = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        report.Sign(role, by, now);
        db.Audit(by, "foresight.sign", $"report:{report.Serial}", now, role.ToString());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (report.NextSign is null)
        {
            var official = options.OfficialReportNumber(report.Year, report.Edition);
            var json = report.Document(official, now).ToCanonicalJson();
            var (key, signature) = await signer.SignAsync(json, now, cancellationToken);
            if (key.Id == 0) await db.SaveChangesAsync(cancellationToken);
            report.Publish(official, json, key.Id, signature, now);
            db.Audit(by, "foresight.publish", $"report:{report.Serial}", now, report.ContentHash!);
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return report.State == ForesightState.Published;
    }
}

/// <summary>Checks published reports against their hash, their signature and what stands beside the frozen text.</summary>
public sealed class VerifyReports(MatchmakingDbContext db)
{
    /// <returns>Serials of those that do not hold.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var reports = await db.ForesightReports.AsNoTracking().Where(r => r.State == ForesightState.Published).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var keys = await db.ListSigningKeys.AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.PublicPem, cancellationToken);
        return [.. reports.Where(r => !Holds(r, keys.GetValueOrDefault(r.SigningKeyId ?? 0))).Select(r => r.Serial)];
    }

    private static bool Holds(ForesightReport report, string? pem) =>
        report is { FrozenJson: { } json, OfficialNumber: { } official, PublishedAt: { } at } && pem is not null && ListDocument.HashOf(json) == report.ContentHash
        && report.Document(official, at).ToCanonicalJson() == json && VerifyPublishedList.IsSignedBy(pem, json, report.Signature);
}
