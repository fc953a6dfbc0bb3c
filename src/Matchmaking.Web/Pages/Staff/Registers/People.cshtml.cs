using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Imports;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Registers;

/// <summary>A table of experts, or of trainings of brokers: many at once; single ones are entered on their own pages.</summary>
public sealed class PeopleModel(ImportPeople import, CurrentUser current, Formatting format, ImportMessages messages, IStringLocalizer<PlanText> text) : PageModel
{
    public PeopleKind Kind { get; private set; }
    public PeopleImport? Imported { get; private set; }

    /// <summary>Why the file was not read at all.</summary>
    public string? Refused { get; private set; }

    public string Slug => Kind == PeopleKind.Experts ? "experts" : "trainings";
    public string Indicator => Kind == PeopleKind.Experts ? "19-1" : "15-1";

    /// <summary>Where single ones are entered and all are shown.</summary>
    public string Register => Kind == PeopleKind.Experts ? "/staff/experts" : "/staff/brokers";

    public void OnGet(string kind) => Kind = KindOf(kind);

    public IActionResult OnGetTemplate(string kind)
    {
        Kind = KindOf(kind);
        return File(SheetTable.Template(ImportPeople.ColumnsOf(Kind), text["Register." + Kind]), XlsxWriter.ContentType, $"{Slug}.xlsx");
    }

    public async Task<IActionResult> OnPostImportAsync(string kind, IFormFile? upload, CancellationToken cancellationToken)
    {
        Kind = KindOf(kind);
        if (upload is null) return Refuse(messages.NoFile);
        try
        {
            using var content = await UploadedTable.ReadAsync(upload, cancellationToken);
            Imported = await import.RunAsync(Kind, upload.FileName, content, current.Id!.Value, cancellationToken);
            return Page();
        }
        catch (FileRefusedException refused)
        {
            return Refuse(refused.Code == "NoHead" ? text["Register.NoHead", format.List(ImportPeople.ColumnsOf(Kind).Where(c => c.Required).Select(c => c.Headings[0]))] : messages.Refused(refused, upload.FileName));
        }
    }

    /// <summary>What is wrong, in the reader's words.</summary>
    public string Say(Problem problem) => text[problem.Code, [.. problem.Arguments.Select(a => a is DateOnly day ? format.Date(day) : a ?? "")]];

    private PageResult Refuse(string why)
    {
        Refused = why;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private static PeopleKind KindOf(string slug) => slug == "experts" ? PeopleKind.Experts : PeopleKind.Trainings;
}
