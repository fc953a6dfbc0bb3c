using System.Globalization;
using System.Security.Cryptography;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Listings;

public enum StoredFileFault { Missing, Changed }

/// <param name="Record">As in the audit log, listing:12; never the file's name, which may be a person's.</param>
public sealed record DamagedFile(string Record, StoredFileFault Fault);

/// <summary>
/// Whether the files that records name lie in the folder of attachments as they were stored. That they are there, and their length, is looked at each time; their bytes (SHA-256)
/// once in <see cref="Days"/> days, each file on its own day, so that a folder of many gigabytes is not read every night.
/// </summary>
public sealed class VerifyStoredFiles(MatchmakingDbContext db, AttachmentStore store, LocalCalendar calendar)
{
    public const int Days = 7;

    /// <summary>What is damaged, and how many files were looked at.</summary>
    public async Task<(IReadOnlyList<DamagedFile> Damaged, int Count)> RunAsync(CancellationToken cancellationToken)
    {
        var files = await NamedAsync(cancellationToken);
        var damaged = new List<(Named File, StoredFileFault Fault)>();
        foreach (var file in files)
            if (await FaultAsync(file, cancellationToken) is { } fault) damaged.Add((file, fault));
        if (damaged.Count == 0) return ([], files.Count);
        // What somebody took away meanwhile is not damaged.
        var still = (await NamedAsync(cancellationToken)).ToHashSet();
        return ([.. damaged.Where(d => still.Contains(d.File)).Select(d => new DamagedFile(d.File.Record, d.Fault))], files.Count);
    }

    private async Task<StoredFileFault?> FaultAsync(Named file, CancellationToken cancellationToken)
    {
        await using var content = AttachmentStore.IsStoredName(file.StoredName) ? store.Open(file.StoredName) : null;
        if (content is null) return StoredFileFault.Missing;
        if (file.Length is { } length && content.Length != length) return StoredFileFault.Changed;
        if (int.Parse(file.StoredName.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Days != calendar.Today.DayNumber % Days) return null;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == file.Sha256 ? null : StoredFileFault.Changed;
    }

    private async Task<IReadOnlyList<Named>> NamedAsync(CancellationToken cancellationToken)
    {
        var listings = await db.Attachments.AsNoTracking().Select(a => new { a.ListingId, a.StoredName, a.Sha256, a.Length }).ToListAsync(cancellationToken);
        var cases = await db.CaseFiles.AsNoTracking().Select(f => new { f.CaseId, f.StoredName, f.Sha256, f.Length }).ToListAsync(cancellationToken);
        var proofs = await db.SolutionProofs.AsNoTracking().Where(p => p.StoredName != null).Select(p => new { p.NeedId, p.StoredName, p.Sha256 }).ToListAsync(cancellationToken);
        var returns = await db.DepartmentReturns.AsNoTracking().Select(r => new { r.Department, r.Period, r.Documents }).ToListAsync(cancellationToken);
        return
        [
            .. listings.Select(a => new Named($"listing:{a.ListingId}", a.StoredName, a.Sha256, a.Length)),
            .. cases.Select(f => new Named($"case:{f.CaseId}", f.StoredName, f.Sha256, f.Length)),
            .. proofs.Select(p => new Named($"need:{p.NeedId}", p.StoredName!, p.Sha256!, null)),
            // A correction begins with the documents of what it corrects: one file beside several.
            .. returns.SelectMany(r => r.Documents.Select(d => new Named($"return:{r.Department}:{r.Period}", d.StoredName, d.Sha256, d.Length))).Distinct(),
        ];
    }

    /// <param name="Length">Bytes; null where the record does not say.</param>
    private sealed record Named(string Record, string StoredName, string Sha256, long? Length);
}
