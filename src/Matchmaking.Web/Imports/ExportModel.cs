using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Imports;

/// <summary>The list that a reader has behind each door as a table. Contacts only in one's own organisation's records.</summary>
public sealed class ExportModel(MatchmakingDbContext db, CurrentUser current, ImportScope scopes, ExportRecords records, LocalTime time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string format, string? kind, string? show, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ListingKind>(kind, out var of) || !Enum.IsDefined(of) || format is not ("xlsx" or "csv")) return NotFound();
        var user = await current.RequireAsync();
        if (await scopes.OfAsync(user.Id, cancellationToken) is not { } scope || !scope.Kinds.Contains(of)) return NotFound();
        var door = ImportAddress.Door(Request.Path);
        IQueryable<Listing> list;
        switch (door)
        {
            case "/my" when await current.OrganizationAsync() is { } own:
                list = db.Listings.Where(l => l.OrganizationId == own.Id);
                break;
            case "/office":
                // Drafts are their owners' business; those that this person brought in are known here anyway.
                var members = scope.Organizations.Select(o => o.Id);
                list = db.Listings.Where(l => members.Contains(l.OrganizationId)
                    && (l.State != ListingState.Draft || db.ImportedListings.Any(i => i.ListingId == l.Id && db.Imports.Any(m => m.Id == i.ImportId && m.UserId == user.Id))));
                break;
            case "/staff":
                list = Reviewed(show);
                break;
            default:
                return NotFound();
        }
        var words = ImportWords.Of(DisplaySettings.Of(HttpContext).Language);
        var listings = await records.ReadAsync(list, of, withContacts: door == "/my", user.Id, $"export:{door.TrimStart('/')}", cancellationToken);
        var name = $"{words.Text("Sheet." + of)}-{time.Today:yyyyMMdd}.{format}";
        return format == "csv"
            ? File(ListingSheet.Csv(listings, of, words), "text/csv; charset=utf-8", name)
            : File(ListingSheet.Xlsx(listings, of, words), XlsxWriter.ContentType, name);
    }

    /// <summary>The views of the review page.</summary>
    private IQueryable<Listing> Reviewed(string? show)
    {
        var soon = time.Today.AddDays(ListingPresentation.SoonDays);
        return show switch
        {
            "returned" => db.Listings.Where(l => l.State == ListingState.Returned),
            "expiring" => db.Listings.Where(l => l.State == ListingState.Published && l.ValidUntil < soon),
            "expired" => db.Listings.Where(l => l.State == ListingState.Expired),
            _ => db.Listings.Where(l => l.State == ListingState.Submitted),
        };
    }
}
