using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Cases;

public static class CaseUploads
{
    /// <summary>Puts a file into a case by the same checks as beside a listing; the code of the problem when it may not lie there.</summary>
    /// <param name="side">Whose document it is; null for the broker's.</param>
    public static async Task<string?> StoreAsync(
        MatchmakingDbContext db, AttachmentStore store, Case of, CaseSide? side, IFormFile? upload, int by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!of.IsOpen) return "Closed";
        if (upload is null) return "FileNone";
        if (await db.CaseFiles.CountAsync(f => f.CaseId == of.Id, cancellationToken) >= CaseFile.MaxPerCase) return "FileTooMany";
        await using var stream = upload.OpenReadStream();
        var (file, problem) = await store.SaveAsync(upload.FileName, stream, cancellationToken);
        if (file is null) return problem;
        try
        {
            // The same file twice is a double click; it is there already.
            if (await db.CaseFiles.AnyAsync(f => f.CaseId == of.Id && f.Sha256 == file.Sha256, cancellationToken))
            {
                store.Delete(file.StoredName);
                return null;
            }
            db.CaseFiles.Add(new CaseFile(of.Id, side, file.FileName, file.ContentType, file.Length, file.StoredName, file.Sha256, by, at));
            db.Audit(by, "case.file", Introductions.Subject(of.Id), at, side?.ToString() ?? "broker");
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException)
        {
            store.Delete(file.StoredName);
            throw;
        }
    }
}
