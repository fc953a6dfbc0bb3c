using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Imports;
using Matchmaking.Web.Plan;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Reporting;

/// <summary>A department's return: written by one of its people, checked by another, confirmed by staff. Nobody else has this page.</summary>
public sealed class FormModel(
    MatchmakingDbContext db, DepartmentReturns returns, ReadPlan read, CurrentUser current, LocalTime local, Formatting format, PlanWords words, ImportMessages messages, AttachmentStore store,
    IStringLocalizer<PlanText> text, IStringLocalizer<ListingsText> files) : PageModel
{
    private const string Hand = "hand", Check = "check", GiveBack = "sendback", Settle = "confirm";

    public DepartmentReturn Form { get; private set; } = null!;
    public IReadOnlyList<DepartmentReturn> Numbers { get; private set; } = [];
    public IReadOnlyDictionary<string, decimal> Last { get; private set; } = new Dictionary<string, decimal>();
    public IReadOnlyDictionary<string, IndicatorStanding> Standings { get; private set; } = new Dictionary<string, IndicatorStanding>();
    public IReadOnlyList<ClaimConflict> Conflicts { get; private set; } = [];
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();

    /// <summary>Doubtful values that wait for a tick, by code.</summary>
    public IReadOnlyDictionary<string, string> Doubtful { get; private set; } = new Dictionary<string, string>();

    /// <summary>What is wrong in an uploaded file, with its cells.</summary>
    public IReadOnlyList<(string Cell, string Says)> FileFaults { get; private set; } = [];

    public bool IsMember { get; private set; }
    public bool IsStaff => User.IsInRole(Roles.Staff);
    public bool MayWrite => IsMember && Form.State == ReturnState.Draft;
    public bool MayCheck => IsMember && Form.State == ReturnState.Handed;
    public bool WroteIt => current.Id == Form.WrittenById || current.Id == Form.HandedById;
    public bool MayConfirm => IsStaff && Form.State == ReturnState.Checked;
    public bool MayCorrect => IsMember && Form.State == ReturnState.Confirmed && Numbers[0].Id == Form.Id;

    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public Dictionary<string, LineInput> Lines { get; set; } = [];

    /// <summary>A contract a line: indicator, registration number, amount.</summary>
    [BindProperty]
    public string? Contracts { get; set; }

    /// <summary>Hashes of documents to take away.</summary>
    [BindProperty]
    public List<string> Remove { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        Fill();
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnGetDocumentAsync(int id, string? file, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || Form.Documents.FirstOrDefault(d => d.Sha256 == file) is not { } document || store.Open(document.StoredName) is not { } content) return NotFound();
        Response.Headers.CacheControl = "private, no-store";
        return File(content, document.ContentType, document.FileName);
    }

    public async Task<IActionResult> OnGetExcelAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        return File(ReturnForm.Write(Form, Last, words.Name, (text["Return.Sheet"], text["Return.Sheet.Contracts"])), XlsxWriter.ContentType, $"return-{Form.Period}.xlsx");
    }

    public Task<IActionResult> OnPostSaveAsync(int id, IFormFile? document, CancellationToken cancellationToken) => WriteAsync(id, document, thenHandOver: false, cancellationToken);

    /// <summary>What is typed is saved and handed in at once.</summary>
    public Task<IActionResult> OnPostHandAsync(int id, IFormFile? document, CancellationToken cancellationToken) => WriteAsync(id, document, thenHandOver: true, cancellationToken);

    public Task<IActionResult> OnPostCheckAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, Check, () => MayCheck, (form, at) => form.Check(current.Id!.Value, at), cancellationToken);

    public Task<IActionResult> OnPostConfirmAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, Settle, () => MayConfirm, (form, at) => form.Confirm(current.Id!.Value, at), cancellationToken);

    public Task<IActionResult> OnPostSendBackAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, GiveBack, () => MayCheck || MayConfirm, (form, _) => form.SendBack(WrittenReason()), cancellationToken);

    public async Task<IActionResult> OnPostCorrectAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || !MayCorrect) return NotFound();
        try
        {
            var next = await returns.CorrectAsync(Form, WrittenReason(), current.Id!.Value, cancellationToken);
            return Redirect(DepartmentReturns.Address(next.Id));
        }
        catch (ReturnRefusedException refused)
        {
            return await AgainAsync(id, refused, cancellationToken);
        }
    }

    public async Task<IActionResult> OnPostUploadAsync(int id, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || !IsMember) return NotFound();
        if (Form.State != ReturnState.Draft) return await AgainAsync(id, new ReturnRefusedException("OtherState"), cancellationToken);
        if (Version != Number(Form.Version)) return await StaleAsync(id, cancellationToken);
        if (upload is null) return await RefuseAsync(messages.NoFile, cancellationToken);
        try
        {
            using var content = await UploadedTable.ReadAsync(upload, cancellationToken);
            var filled = ReturnForm.Read(upload.FileName, content);
            var (lines, problems) = ReturnReader.Lines(Form.Department, filled.Lines.Select(l => l with { Confirm = Plain(Form.Line(l.Code)?.Value) }), Last);
            var (claims, wrong) = ReturnReader.Claims(Form.Department, filled.Claims);
            var faults = problems.Concat(wrong).ToList();
            if (faults.Count > 0)
            {
                FileFaults = [.. faults.Select(p => ($"{text[p.Row is null ? "Return.Sheet" : "Return.Sheet.Contracts"]} {filled.CellOf(p)}", Say(p)))];
                return await RefuseAsync(text["Return.NothingTaken"], cancellationToken);
            }
            // A table of some lines changes those; a table without contracts leaves those that are there.
            lines = [.. lines.Concat(Form.Lines.Where(l => lines.All(n => n.Code != l.Code)))];
            await returns.ActAsync(Form, "write", current.Id!.Value, (form, at) => form.Write(Ordered(lines), filled.Claims.Count > 0 ? claims : form.Claims, current.Id!.Value, at), cancellationToken);
        }
        catch (FileRefusedException refused)
        {
            return await RefuseAsync(refused.Code == "NoHead" ? text["Return.NoHead"] : messages.Refused(refused, upload.FileName), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        Done = "Return.Done.write";
        return Redirect(DepartmentReturns.Address(id));
    }

    public string Say(ReturnProblem problem) => text[problem.Text, [.. problem.Arguments.Select(a => a is decimal number ? format.Number(number) : a)]];

    /// <summary>What is wrong with a field of a line, for its place in the form.</summary>
    public string? Error(string code, string field) => Error($"Lines[{code}].{field}");

    public string? Error(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    private async Task<IActionResult> WriteAsync(int id, IFormFile? document, bool thenHandOver, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || !IsMember) return NotFound();
        if (Version != Number(Form.Version)) return await StaleAsync(id, cancellationToken);
        if (Form.State != ReturnState.Draft) return await AgainAsync(id, new ReturnRefusedException("OtherState"), cancellationToken);
        var led = PlanDepartments.LedBy(Form.Department).Select(i => i.Code).ToHashSet();
        var (lines, problems) = ReturnReader.Lines(Form.Department, Lines.Where(l => led.Contains(l.Key)).Select(l => l.Value.Of(l.Key)), Last);
        var (claims, wrong) = ReturnReader.Claims(Form.Department, TypedContracts());
        foreach (var problem in problems) ModelState.AddModelError($"Lines[{problem.Code}].{problem.Field}", $"{problem.Code} {Say(problem)}");
        foreach (var problem in wrong) ModelState.AddModelError(nameof(Contracts), text["Claim.Row", problem.Row!, Say(problem)]);
        Doubtful = problems.Where(p => p.Field == nameof(TypedLine.Confirm)).ToDictionary(p => p.Code!, p => IndicatorValue.Plain((decimal)p.Arguments[0]));
        var me = current.Id!.Value;
        try
        {
            // A browser does not choose a file again by itself, so it is kept even where a number is wrong.
            await KeepDocumentsAsync(document, me, cancellationToken);
            if (!ModelState.IsValid) return await UnprocessableAsync(cancellationToken);
            await returns.ActAsync(Form, thenHandOver ? Hand : "write", me, (form, at) =>
            {
                form.Write(Ordered(lines), claims, me, at);
                if (thenHandOver) form.HandOver(me, at);
            }, cancellationToken);
        }
        catch (ReturnRefusedException refused)
        {
            return await AgainAsync(id, refused, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        Done = "Return.Done." + (thenHandOver ? Hand : "write");
        return Redirect(DepartmentReturns.Address(id));
    }

    private async Task KeepDocumentsAsync(IFormFile? upload, int me, CancellationToken cancellationToken)
    {
        var gone = Form.Documents.Where(d => Remove.Contains(d.Sha256)).ToList();
        if (gone.Count > 0)
        {
            await returns.ActAsync(Form, "document.remove", me, (form, at) => form.Attach([.. form.Documents.Except(gone)], me, at), cancellationToken);
            // A correction begins with the documents of what it corrects, which keeps them.
            foreach (var document in gone.Where(d => !Numbers.Any(n => n.Id != Form.Id && n.Documents.Any(other => other.StoredName == d.StoredName)))) store.Delete(document.StoredName);
        }
        if (upload is null) return;
        await using var stream = upload.OpenReadStream();
        var (file, problem) = await store.SaveAsync(upload.FileName, stream, cancellationToken);
        if (file is null)
        {
            ModelState.AddModelError("document", files["Problem." + problem, AttachmentRules.CleanName(upload.FileName), ReturnDocument.Most]);
            return;
        }
        var liesThere = Form.Documents.Any(d => d.Sha256 == file.Sha256);
        if (liesThere || Form.Documents.Count >= ReturnDocument.Most)
        {
            store.Delete(file.StoredName);
            if (!liesThere) ModelState.AddModelError("document", files["Problem.FileTooMany", file.FileName, ReturnDocument.Most]);
            return;
        }
        try
        {
            var document = new ReturnDocument(file.FileName, file.ContentType, file.Length, file.StoredName, file.Sha256);
            await returns.ActAsync(Form, "document", me, (form, at) => form.Attach([.. form.Documents, document], me, at), cancellationToken);
        }
        catch (DbUpdateException)
        {
            store.Delete(file.StoredName);
            throw;
        }
    }

    private async Task<IActionResult> ActAsync(int id, string act, Func<bool> may, Action<DepartmentReturn, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Version != Number(Form.Version)) return await StaleAsync(id, cancellationToken);
        if (!may()) return NotFound();
        try
        {
            await returns.ActAsync(Form, act, current.Id!.Value, change, cancellationToken);
        }
        catch (ReturnRefusedException refused)
        {
            return await AgainAsync(id, refused, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        Done = "Return.Done." + act;
        return Redirect(DepartmentReturns.Address(id));
    }

    /// <summary>The reason as typed; without one, or with too long a one, the act is refused.</summary>
    private string WrittenReason()
    {
        var reason = ListingRules.Clean(Reason);
        if (reason.Length == 0) throw new ReturnRefusedException("ReasonMissing");
        return reason.Length <= DepartmentReturn.MaxReason ? reason : throw new ReturnRefusedException("ReasonTooLong", reason.Length, DepartmentReturn.MaxReason);
    }

    private async Task<IActionResult> AgainAsync(int id, ReturnRefusedException refused, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        ModelState.AddModelError(refused.Code.StartsWith("Reason", StringComparison.Ordinal) ? nameof(Reason) : "", text["Return.Refused." + refused.Code, [.. refused.Arguments]]);
        return await FindAsync(id, cancellationToken) ? await UnprocessableAsync(cancellationToken) : NotFound();
    }

    /// <summary>What was typed stays in the form; sent once more it takes the place of the other's.</summary>
    private async Task<IActionResult> StaleAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        ModelState.AddModelError("", text["Return.Stale"]);
        var page = await UnprocessableAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private Task<IActionResult> RefuseAsync(string why, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("upload", why);
        return UnprocessableAsync(cancellationToken);
    }

    private async Task<IActionResult> UnprocessableAsync(CancellationToken cancellationToken)
    {
        Version = Number(Form.Version);
        ModelState.SetModelValue(nameof(Version), Version, Version);
        if (Lines.Count == 0) Fill();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(cancellationToken);
    }

    /// <summary>A value that stands in the return was asked about when it was typed; it is not asked about again.</summary>
    private void Fill()
    {
        Version = Number(Form.Version);
        Contracts ??= string.Join('\n', Form.Claims.Select(c => $"{c.Code} {c.Number} {(c.Amount is { } amount ? IndicatorValue.Plain(amount) : "")}".TrimEnd()));
        foreach (var indicator in PlanDepartments.LedBy(Form.Department))
            Lines.TryAdd(indicator.Code, Form.Line(indicator.Code) is { } line
                ? new LineInput { Value = Plain(indicator.Kind == IndicatorKind.Ratio ? null : line.Value), Numerator = Plain(line.Numerator), Denominator = Plain(line.Denominator), Source = line.Source, Note = line.Note, Confirm = Plain(line.Value) }
                : new LineInput());
    }

    private IReadOnlyList<TypedClaim> TypedContracts() => [.. (Contracts ?? "").ReplaceLineEndings("\n").Split('\n').Select((line, place) => (Parts: line.Split([' ', '\t', '　', ',', '，'], StringSplitOptions.RemoveEmptyEntries), Row: place + 1))
        .Where(l => l.Parts.Length > 0).Select(l => new TypedClaim(l.Row, l.Parts[0], l.Parts.ElementAtOrDefault(1), l.Parts.ElementAtOrDefault(2)))];

    private static IReadOnlyList<ReturnLine> Ordered(IReadOnlyList<ReturnLine> lines) => [.. PlanIndicators.All.Join(lines, i => i.Code, l => l.Code, (_, l) => l)];

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.DepartmentReturns.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } form) return false;
        IsMember = await returns.DepartmentOfAsync(current.Id!.Value, cancellationToken) == form.Department;
        if (!IsMember && !IsStaff) return false;
        Form = form;
        Numbers = await db.DepartmentReturns.AsNoTracking().Where(r => r.Department == form.Department && r.Period == form.Period).OrderByDescending(r => r.Number).ToListAsync(cancellationToken);
        Last = await returns.LastValuesAsync(form, cancellationToken);
        return true;
    }

    /// <summary>The page with what stands beside the form.</summary>
    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Standings = (await read.AllAsync(local.Today, cancellationToken)).Where(s => s.Indicator.Departments[0] == Form.Department).ToDictionary(s => s.Indicator.Code);
        Conflicts = [.. (await returns.ConflictsAsync(Form, cancellationToken)).Where(c => c.Others.Append(c.Counts).Any(x => x.ReturnId == Form.Id))];
        var people = new[] { Form.WrittenById, Form.HandedById, Form.CheckedById, Form.ConfirmedById }.OfType<int>().ToList();
        People = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return Page();
    }

    private static string? Plain(decimal? number) => number is { } value ? IndicatorValue.Plain(value) : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public sealed class LineInput
    {
        public string? Value { get; set; }
        public string? Numerator { get; set; }
        public string? Denominator { get; set; }
        public string? Source { get; set; }
        public string? Note { get; set; }
        public string? Confirm { get; set; }

        public TypedLine Of(string code) => new(code, Value, Numerator, Denominator, Source, Note, Confirm);
    }
}
