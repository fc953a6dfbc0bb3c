using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Cases;

/// <summary>A file in a case as its reader sees it.</summary>
/// <param name="Href">Null while the reader may not have it yet.</param>
public sealed record PaperFile(string Name, long Length, CaseSide? Side, DateTimeOffset At, string? Href);

/// <summary>What has gathered in a case, as far as its reader may see it.</summary>
public sealed record CasePapersView(
    CaseReader Reader, IReadOnlyList<CaseStep> Steps, IReadOnlyList<CaseNote> Notes, IReadOnlyList<CaseTask> Tasks, IReadOnlyList<PaperFile> Files, IReadOnlyList<Meeting> Meetings, IReadOnlyList<Visit> Visits);

/// <summary>Loads the papers of a case for one reader; the one place that decides which of them he gets.</summary>
public sealed class CasePapers(MatchmakingDbContext db)
{
    private const int Shown = 100;

    public async Task<CasePapersView> LoadAsync(CaseReader reader, CancellationToken cancellationToken)
    {
        var (of, side) = reader;
        var id = of.Id;
        var steps = await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var notes = await db.CaseNotes.AsNoTracking().Where(n => n.CaseId == id && (side == null || !n.IsPrivate)).OrderByDescending(n => n.Id).Take(Shown).ToListAsync(cancellationToken);
        var tasks = await db.CaseTasks.AsNoTracking().Where(t => t.CaseId == id && (side == null || t.Side == side)).OrderBy(t => t.DoneAt != null).ThenBy(t => t.DueOn).Take(Shown).ToListAsync(cancellationToken);
        var files = await db.CaseFiles.AsNoTracking().Where(f => f.CaseId == id).OrderBy(f => f.Id).Take(CaseFile.MaxPerCase).ToListAsync(cancellationToken);
        var meetings = await db.Meetings.AsNoTracking().Include(m => m.Times).Where(m => m.CaseId == id).OrderByDescending(m => m.Id).Take(10).ToListAsync(cancellationToken);
        var visits = side is null ? await db.Visits.AsNoTracking().Where(v => v.CaseId == id).OrderByDescending(v => v.On).Take(Shown).ToListAsync(cancellationToken) : [];
        var papers = files.Where(f => side is null || f.Side is null || f.Side == side || of.MayRead(f.Side.Value, CaseLayer.Documents))
            .Select(f => new PaperFile(f.FileName, f.Length, f.Side, f.At, $"/cases/files/{f.Id}")).ToList();
        // Beside the other side's record lie files that are not public while its owner is hidden; its consent opens them here.
        if (side is { } own && of.MayRead(Case.Other(own), CaseLayer.Documents))
        {
            var whose = Case.Other(own);
            var other = of.Party(whose).ListingId;
            papers.AddRange(await db.Attachments.AsNoTracking().Where(a => a.ListingId == other && a.ReleasedAt != null).OrderBy(a => a.Id)
                .Select(a => new PaperFile(a.FileName, a.Length, whose, a.At, $"/cases/{id}/attachments/{a.Id}")).ToListAsync(cancellationToken));
        }
        return new CasePapersView(reader, steps, notes, tasks, papers, meetings, visits);
    }
}
