using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Imports;

/// <summary>The door of importing, the same behind /my, /office and /staff: templates, upload, and what one uploaded before.</summary>
public sealed class ImportListModel(MatchmakingDbContext db, CurrentUser current, ImportScope scopes, ImportStore store, ImportMessages messages, TimeProvider time) : PageModel
{
    private const int Size = 20;

    /// <summary>/my, /office or /staff.</summary>
    public string Door => ImportAddress.Door(Request.Path);

    /// <summary>Null for somebody who belongs to no organisation yet.</summary>
    public Scope? Scope { get; private set; }

    public ListingKind Chosen { get; private set; }

    public IReadOnlyList<Import> Earlier { get; private set; } = [];

    public PagerModel Pages { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken) => await OpenAsync(asked ?? 1, cancellationToken);

    /// <summary>An empty table in the reader's language.</summary>
    public IActionResult OnGetTemplate(string? kind)
    {
        if (!Enum.TryParse<ListingKind>(kind, out var of) || !Enum.IsDefined(of)) return NotFound();
        var words = ImportWords.Of(DisplaySettings.Of(HttpContext).Language);
        return File(TemplateFile.Write(of, words), XlsxWriter.ContentType, $"{messages.TemplateName(of)}.xlsx");
    }

    public async Task<IActionResult> OnPostAsync(string? kind, IFormFile? upload, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        await OpenAsync(1, cancellationToken);
        if (!Enum.TryParse<ListingKind>(kind, out var of) || Scope?.Kinds.Contains(of) != true) return NotFound();
        Chosen = of;
        if (upload is null) return Refuse(messages.NoFile);
        var name = AttachmentRules.CleanName(upload.FileName);
        if (upload.Length > FileGate.MaxBytes) return Refuse(messages.Refused(new FileRefusedException("FileTooLarge", FileGate.MaxMegabytes), name));
        using var content = new MemoryStream();
        await upload.CopyToAsync(content, cancellationToken);
        try
        {
            // What would be refused anyway is refused here, at the field, before it is stored.
            if (SheetHead.Find(SheetFile.Read(name, content), of, new Dictionary<string, ImportField>()) is null) throw new FileRefusedException("NoHead");
        }
        catch (FileRefusedException refused)
        {
            return Refuse(messages.Refused(refused, name));
        }
        var (storedName, sha256) = await store.SaveAsync(content.ToArray(), cancellationToken);
        var import = new Import(user.Id, Scope.OrganizationId, of, name, storedName, sha256, DisplaySettings.Of(HttpContext).Language, time.GetUtcNow());
        db.Imports.Add(import);
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(user.Id, "import.upload", $"import:{import.Id}", time.GetUtcNow(), of.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return Redirect(ImportAddress.Show(Door, import.Id));
    }

    private PageResult Refuse(string message)
    {
        ModelState.AddModelError("upload", message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task OpenAsync(int asked, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        Scope = await scopes.OfAsync(user.Id, cancellationToken);
        Chosen = Scope?.Kinds is [var first, ..] ? first : default;
        var own = db.Imports.AsNoTracking().Where(i => i.UserId == user.Id);
        var total = await own.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"{Door}/import?page={n}");
        Earlier = await own.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
    }
}
