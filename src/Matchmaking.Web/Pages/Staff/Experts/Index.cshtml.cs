using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Experts;

/// <summary>What is typed about an expert; lists are lines.</summary>
public sealed class ExpertInput
{
    public string? Email { get; set; }
    public List<string> Fields { get; set; } = [];
    public string? FromFirm { get; set; }
    public string? CoAuthors { get; set; }
    public string? Conflicts { get; set; }
}

/// <summary>What the two pages of the register share.</summary>
public abstract class ExpertPageModel(MatchmakingDbContext db, RoundsWords words, IStringLocalizer<RoundsText> text) : PageModel
{
    [BindProperty]
    public ExpertInput Input { get; set; } = new();

    protected MatchmakingDbContext Db => db;
    protected RoundsWords Words => words;
    protected IStringLocalizer<RoundsText> Text => text;

    /// <summary>The profile as typed, or null with the complaints at their fields. Organisations are named by their code or full name.</summary>
    protected async Task<ExpertProfile?> ReadAsync(bool firmByDefault, CancellationToken cancellationToken)
    {
        var fields = Input.Fields.Select(f => Enum.TryParse<TechnologyField>(f, out var field) && Enum.IsDefined(field) ? field : (TechnologyField?)null).OfType<TechnologyField>().Distinct().Order().ToList();
        if (fields.Count == 0) ModelState.AddModelError("Input.Fields", text["Refused.NoFields"]);
        var names = Lines(Input.CoAuthors);
        if (names.Count > Expert.MostNames) ModelState.AddModelError("Input.CoAuthors", text["Refused.ManyNames", names.Count, Expert.MostNames]);
        var conflicts = new List<int>();
        foreach (var line in Lines(Input.Conflicts))
        {
            var code = CreditCode.Normalize(line);
            var found = await db.Organizations.Where(o => o.Name == line || (code != null && o.CreditCode == code)).OrderBy(o => o.Id).Select(o => (int?)o.Id).FirstOrDefaultAsync(cancellationToken);
            if (found is { } id) conflicts.Add(id);
            else ModelState.AddModelError("Input.Conflicts", text["Expert.UnknownOrganization", ListRoundInput.Shown(line)]);
        }
        return ModelState.IsValid ? new ExpertProfile(fields, Input.FromFirm switch { "true" => true, "false" => false, _ => firmByDefault }, names, [.. conflicts.Distinct()]) : null;
    }

    private static List<string> Lines(string? typed) => [.. (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => ListingRules.Clean(l)).Where(l => l.Length > 0).Distinct()];
}

/// <summary>专家库: who may be asked to score, and a new one by the address of his account.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, RoundsWords words, IStringLocalizer<RoundsText> text) : ExpertPageModel(db, words, text)
{
    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ExpertLine> All { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var email = ListingRules.Clean(Input.Email).ToUpperInvariant();
        var user = email.Length == 0 ? null : await Db.Users.Include(u => u.Organization).SingleOrDefaultAsync(u => u.NormalizedEmail == email && u.DeletedAt == null, cancellationToken);
        if (user is null) ModelState.AddModelError("Input.Email", Text[email.Length == 0 ? "Expert.Email.Missing" : "Expert.Email.Unknown"]);
        else if (await Db.Experts.AnyAsync(e => e.UserId == user.Id, cancellationToken)) ModelState.AddModelError("Input.Email", Text["Expert.Known"]);
        var profile = await ReadAsync(user?.Organization?.Kind == OrganizationKind.Enterprise, cancellationToken);
        if (user is not null && profile is not null)
        {
            var at = time.GetUtcNow();
            Db.Experts.Add(new Expert(user, profile, current.Id!.Value, at));
            Db.Audit(current.Id, "expert.add", $"user:{user.Id}", at);
            try
            {
                await Db.SaveChangesAsync(cancellationToken);
                Done = "Done.ExpertAdded";
                return Redirect("/staff/experts");
            }
            catch (DbUpdateException)
            {
                // A second click; the index on the account let one in.
                Db.ChangeTracker.Clear();
                if (!await Db.Experts.AnyAsync(e => e.UserId == user.Id, cancellationToken)) throw;
                ModelState.AddModelError("Input.Email", Text["Expert.Known"]);
            }
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        All = await Db.Experts.AsNoTracking().OrderByDescending(e => e.IsActive).ThenBy(e => e.User.DisplayName).ThenBy(e => e.Id)
            .Select(e => new ExpertLine(e.Id, e.User.DisplayName, e.User.Organization!.Name, e.Fields, e.IsFromFirm, e.IsActive,
                Db.ScoreSheets.Count(s => s.Invitation.ExpertId == e.Id && s.State == ScoreSheetState.Submitted), Db.ScoreSheets.Count(s => s.Invitation.ExpertId == e.Id))).ToListAsync(cancellationToken);

    public sealed record ExpertLine(int Id, string Name, string? Organization, IReadOnlyList<TechnologyField> Fields, bool IsFromFirm, bool IsActive, int Submitted, int Asked);
}
