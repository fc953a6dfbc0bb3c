using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Imports;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Registers;

/// <summary>One of the plan's registers: what is in it, a form for one entry, a table for many.</summary>
public sealed class IndexModel(MatchmakingDbContext db, KeepRegister keep, CurrentUser current, LocalTime local, Formatting format, ImportMessages messages, IStringLocalizer<PlanText> text) : PageModel
{
    private const int Size = 50;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Done { get; set; }

    public RegisterKind Kind { get; private set; }
    public IReadOnlyList<RegisterEntry> Entries { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;
    public RegisterImport? Imported { get; private set; }

    /// <summary>Why the file was not read at all.</summary>
    public string? Refused { get; private set; }

    /// <summary>The entry whose withdrawal was refused, and what was typed.</summary>
    public int? Withdrawing { get; private set; }
    public string? Reason { get; private set; }

    public string Slug => Kind == RegisterKind.Secondments ? "secondments" : "events";
    public string Indicator => Kind == RegisterKind.Secondments ? "14-2" : "20-1";

    public async Task OnGetAsync(string kind, [FromQuery(Name = "page")] int? page, CancellationToken cancellationToken)
    {
        Input.Key = Guid.NewGuid().ToString();
        await LoadAsync(kind, page, cancellationToken);
    }

    public IActionResult OnGetTemplate(string kind)
    {
        Kind = KindOf(kind);
        return File(SheetTable.Template(RegisterColumns.Of(Kind), text["Register." + Kind]), XlsxWriter.ContentType, $"{Slug}.xlsx");
    }

    public async Task<IActionResult> OnPostAddAsync(string kind, CancellationToken cancellationToken)
    {
        Kind = KindOf(kind);
        var (values, problems) = RegisterColumns.Read(Kind, field => new Cell(Input.Of(field) ?? ""), local.Today);
        foreach (var problem in problems) ModelState.AddModelError("Input." + problem.Field, Say(problem));
        if (values is not null)
        {
            var key = Guid.TryParse(Input.Key, out var typed) ? typed : Guid.NewGuid();
            if (await keep.AddAsync(Kind, values, key, current.Id!.Value, cancellationToken))
            {
                Done = "Register.Added";
                return Redirect($"/staff/registers/{Slug}");
            }
            ModelState.AddModelError("Input.Name", text["Register.Known"]);
        }
        return await AgainAsync(kind, cancellationToken);
    }

    public async Task<IActionResult> OnPostImportAsync(string kind, IFormFile? upload, CancellationToken cancellationToken)
    {
        Kind = KindOf(kind);
        ModelState.Clear();
        if (upload is null)
        {
            Refused = messages.NoFile;
            return await AgainAsync(kind, cancellationToken);
        }
        try
        {
            using var content = await UploadedTable.ReadAsync(upload, cancellationToken);
            Imported = await keep.ImportAsync(Kind, RegisterSheet.Read(Kind, upload.FileName, content, local.Today), current.Id!.Value, cancellationToken);
        }
        catch (FileRefusedException refused)
        {
            Refused = refused.Code == "NoHead"
                ? text["Register.NoHead", format.List(RegisterColumns.Of(Kind).Where(c => c.Required).Select(c => c.Headings[0]))]
                : messages.Refused(refused, upload.FileName);
            return await AgainAsync(kind, cancellationToken);
        }
        Input.Key = Guid.NewGuid().ToString();
        await LoadAsync(kind, null, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string kind, int id, string? reason, CancellationToken cancellationToken)
    {
        Kind = KindOf(kind);
        ModelState.Clear();
        (Withdrawing, Reason) = (id, ListingRules.CleanLine(reason));
        if (Reason.Length == 0) ModelState.AddModelError("", text["Register.Reason.Missing"]);
        else if (Reason.Length > RegisterEntry.MaxReason) ModelState.AddModelError("", text["Register.TooLong", Reason.Length, RegisterEntry.MaxReason]);
        else if (await keep.WithdrawAsync(Kind, id, Reason, current.Id!.Value, cancellationToken))
        {
            Done = "Register.WithdrawnDone";
            return Redirect($"/staff/registers/{Slug}");
        }
        else ModelState.AddModelError("", text["Register.Gone"]);
        return await AgainAsync(kind, cancellationToken);
    }

    /// <summary>What is wrong, in the reader's words.</summary>
    public string Say(Problem problem) => text[problem.Code, [.. problem.Arguments.Select(a => a is DateOnly day ? format.Date(day) : a ?? "")]];

    private async Task<IActionResult> AgainAsync(string kind, CancellationToken cancellationToken)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(kind, null, cancellationToken);
        return Page();
    }

    private static RegisterKind KindOf(string slug) => slug == "events" ? RegisterKind.Events : RegisterKind.Secondments;

    private async Task LoadAsync(string kind, int? page, CancellationToken cancellationToken)
    {
        Kind = KindOf(kind);
        var entries = db.RegisterEntries.AsNoTracking().Where(e => e.Kind == Kind);
        var total = await entries.CountAsync(cancellationToken);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/staff/registers/{Slug}?page={n}");
        Entries = await entries.OrderByDescending(e => e.FirstDay).ThenByDescending(e => e.Id).Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
    }

    public sealed class InputModel
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Organization { get; set; }
        public string? Partner { get; set; }
        public string? FirstDay { get; set; }
        public string? LastDay { get; set; }
        public string? People { get; set; }

        public string? Of(RegisterField field) => field switch
        {
            RegisterField.Name => Name,
            RegisterField.Organization => Organization,
            RegisterField.Partner => Partner,
            RegisterField.FirstDay => FirstDay,
            RegisterField.LastDay => LastDay,
            _ => People,
        };
    }
}
