using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Imports;

/// <summary>One uploaded file: what it would bring, how far it is, what it brought. Its uploader's alone; for everybody else it is not there.</summary>
public sealed class ImportModel(
    MatchmakingDbContext db, CurrentUser current, ImportReading reading, ImportStore store, ImportMessages messages, IBackgroundJobClient jobs, TimeProvider time) : PageModel
{
    private const int Size = 50;
    private const int RefreshSeconds = 3;

    public static IReadOnlyList<ImportRowState?> Views { get; } = [null, ImportRowState.Bad, ImportRowState.Asked, ImportRowState.Known, ImportRowState.Repeated, ImportRowState.Good];

    public string Door => ImportAddress.Door(Request.Path);

    public Import Import { get; private set; } = null!;

    /// <summary>What the file would bring; null when it is not a preview or cannot be read.</summary>
    public CheckedTable? Table { get; private set; }

    /// <summary>Why the file could not be read or was not imported.</summary>
    public string? Refusal { get; private set; }

    /// <summary>When the very same file was imported before.</summary>
    public DateTimeOffset? SameFileAt { get; private set; }

    /// <summary>The rows of which state are shown; null for all.</summary>
    public ImportRowState? Shown { get; private set; }

    public IReadOnlyList<CheckedRow> Rows { get; private set; } = [];

    public PagerModel Pages { get; private set; } = null!;

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, string? show, [FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Import.State is ImportState.Queued or ImportState.Running) Response.Headers["Refresh"] = $"{RefreshSeconds}";
        if (Import.Failure is { } failure) Refusal = messages.Refused(failure, Import.FileName);
        if (Import.State == ImportState.Preview) await PreviewAsync(show, asked ?? 1, cancellationToken);
        return Page();
    }

    /// <summary>The person says what the columns are and what amounts mean; the choice is remembered for the organisation.</summary>
    public async Task<IActionResult> OnPostColumnsAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Import.State != ImportState.Preview) return Back(null);
        await PreviewAsync(null, 1, cancellationToken);
        if (Table is null) return Page();
        var chosen = new Dictionary<int, ImportField>();
        foreach (var column in Table.Table.Head.Columns)
        {
            if (Enum.TryParse<ImportField>(Request.Form[$"c{column.Column}"], out var field) && ImportFields.Choices(Import.Kind).Contains(field)) chosen[column.Column] = field;
        }
        var unit = Enum.TryParse<MoneyUnit>(Request.Form["unit"], out var named) && Enum.IsDefined(named) ? named : MoneyUnit.Auto;
        await reading.RememberAsync(Import, Table.Table.Head, chosen, cancellationToken);
        Import.Choose(chosen, unit, Request.Form["right"] == "true");
        return await SaveAsync("Done.Columns", cancellationToken);
    }

    public async Task<IActionResult> OnPostImportAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Import.State != ImportState.Preview) return Back(null);
        Import.Queue(Request.Form["submits"] == "true", time.GetUtcNow());
        db.Audit(Import.UserId, "import.start", $"import:{id}", time.GetUtcNow());
        var answer = await SaveAsync(null, cancellationToken);
        jobs.Enqueue<ImportTable>(job => job.RunAsync(id, CancellationToken.None));
        return answer;
    }

    public async Task<IActionResult> OnPostCancelAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (!Import.MayBeCancelled) return Back("Done.TooLate");
        Import.Cancel(time.GetUtcNow());
        db.Audit(Import.UserId, "import.cancel", $"import:{id}", time.GetUtcNow());
        var answer = await SaveAsync("Done.Cancelled", cancellationToken);
        // Not to wait for the hourly job, which marks what is gone and deletes what a job that still ran has left.
        if (Done == "Done.Cancelled") store.DeleteAll(Import.StoredName);
        return answer;
    }

    /// <summary>The rows that were not taken; they hold what the person uploaded, so nobody else gets them.</summary>
    public async Task<IActionResult> OnGetRemarksAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || !Import.HasRemarks || await store.ReadRemarksAsync(Import.StoredName, cancellationToken) is not { } content) return NotFound();
        return File(content, XlsxWriter.ContentType, $"{Path.GetFileNameWithoutExtension(Import.FileName)}-{messages.RemarksName}.xlsx");
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        var found = await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.UserId == user.Id, cancellationToken);
        if (found is null) return false;
        Import = found;
        return true;
    }

    private async Task PreviewAsync(string? show, int asked, CancellationToken cancellationToken)
    {
        try
        {
            Table = await reading.ReadAsync(Import, null, cancellationToken);
        }
        catch (FileRefusedException refused)
        {
            Refusal = messages.Refused(refused, Import.FileName);
            return;
        }
        SameFileAt = await db.Imports.Where(i => i.Sha256 == Import.Sha256 && i.Kind == Import.Kind && (i.UserId == Import.UserId || (i.OrganizationId != null && i.OrganizationId == Import.OrganizationId)) && i.State == ImportState.Done).OrderBy(i => i.Id).Select(i => i.FinishedAt).FirstOrDefaultAsync(cancellationToken);
        Shown = Enum.TryParse<ImportRowState>(show, out var state) && Enum.IsDefined(state) ? state : null;
        // What waits for the person stands first.
        var rows = Table.Rows.Where(r => Shown is null || r.State == Shown).OrderBy(r => r.State switch { ImportRowState.Bad => 0, ImportRowState.Asked => 1, _ => 2 }).ToList();
        var page = Math.Clamp(asked, 1, Math.Max(1, (rows.Count + Size - 1) / Size));
        Pages = new PagerModel(page, Size, rows.Count, n => $"{ImportAddress.Show(Door, Import.Id)}?show={Shown}&page={n}");
        Rows = [.. rows.Skip((page - 1) * Size).Take(Size)];
    }

    private async Task<IActionResult> SaveAsync(string? done, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Back(done);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The job, or the same person in another window, was faster; the page shows how it stands now.
            return Back("Done.TooLate");
        }
    }

    private RedirectResult Back(string? done)
    {
        Done = done;
        return Redirect(ImportAddress.Show(Door, Import.Id));
    }
}
