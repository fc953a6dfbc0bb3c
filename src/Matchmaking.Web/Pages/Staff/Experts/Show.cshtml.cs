using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Experts;

/// <summary>One expert of the register: changed, put to rest, brought back.</summary>
public sealed class ShowModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, RoundsWords words, IStringLocalizer<RoundsText> text) : ExpertPageModel(db, words, text)
{
    [BindProperty]
    public int Version { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Expert Expert { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        var names = await Db.Organizations.Where(o => Expert.Conflicts.Contains(o.Id)).OrderBy(o => o.Id).Select(o => o.Name).ToListAsync(cancellationToken);
        Input = new ExpertInput { Fields = [.. Expert.Fields.Select(f => f.ToString())], FromFirm = Expert.IsFromFirm ? "true" : "false", CoAuthors = string.Join('\n', Expert.CoAuthors), Conflicts = string.Join('\n', names) };
        Version = Expert.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        var profile = await ReadAsync(Expert.IsFromFirm, cancellationToken);
        return await ActAsync("expert.change", "Done.ExpertSaved", expert => { if (profile is not null) expert.Describe(profile); }, cancellationToken);
    }

    public async Task<IActionResult> OnPostRestAsync(int id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ? await ActAsync("expert.rest", "Done.ExpertSaved", e => e.Rest(), cancellationToken) : NotFound();

    public async Task<IActionResult> OnPostReturnAsync(int id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ? await ActAsync("expert.return", "Done.ExpertSaved", e => e.Return(), cancellationToken) : NotFound();

    private async Task<IActionResult> ActAsync(string action, string done, Action<Expert> act, CancellationToken cancellationToken)
    {
        if (Version != Expert.Version) return Stale();
        if (ModelState.IsValid)
        {
            act(Expert);
            Db.Audit(current.Id, action, $"user:{Expert.UserId}", time.GetUtcNow());
            try
            {
                await Db.SaveChangesAsync(cancellationToken);
                Done = done;
                return Redirect($"/staff/experts/{Expert.Id}");
            }
            catch (DbUpdateConcurrencyException)
            {
                return Stale();
            }
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private PageResult Stale()
    {
        ModelState.AddModelError("", Text["Stale"]);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (await Db.Experts.Include(e => e.User.Organization).SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } expert) return false;
        Expert = expert;
        return true;
    }
}
