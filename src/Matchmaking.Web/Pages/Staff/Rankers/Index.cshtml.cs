using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Rankers;

/// <summary>A learned ranker without its content.</summary>
public sealed record RankerRow(int Id, int Number, RankerModelState State, DateTimeOffset TrainedAt, string DataHash, int Grades, int Needs, RankerComparison Comparison, DateTimeOffset? DecidedAt, string? DecidedBy, string Reason)
{
    public string Version => RankerModel.VersionOf(Number);
    public bool MayBePutInUse => State == RankerModelState.Retired || (State == RankerModelState.Candidate && Comparison.Passes);
}

/// <summary>Which ranker orders matches: candidates beside the one in use, and the decisions about them.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, IBackgroundJobClient jobs, TimeProvider time, IStringLocalizer<QualityText> text) : PageModel
{
    public IReadOnlyList<RankerRow> Rankers { get; private set; } = [];
    public RankerRow? InUse => Rankers.SingleOrDefault(r => r.State == RankerModelState.InUse);
    public string InUseVersion => InUse?.Version ?? new WeightedRanker().Version;
    public int GradesNow { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The ranker whose form was sent; 0 for the fixed weights.</summary>
    public int? Asked { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public IActionResult OnPostTrain()
    {
        jobs.Enqueue<TrainRanker>(job => job.RunAsync(CancellationToken.None));
        Done = "Done.Train";
        return RedirectToPage();
    }

    public Task<IActionResult> OnPostUseAsync(int id, CancellationToken cancellationToken) =>
        DecideAsync(id, "ranker.use", "Done.Use", (model, by, reason, at) => model.PutInUse(by, reason, at), cancellationToken);

    public Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken cancellationToken) =>
        DecideAsync(id, "ranker.refuse", "Done.Refuse", (model, by, reason, at) => model.Refuse(by, reason, at), cancellationToken);

    /// <summary>Back to the fixed weights.</summary>
    public async Task<IActionResult> OnPostFixedAsync(CancellationToken cancellationToken)
    {
        var inUse = await db.RankerModels.Where(m => m.State == RankerModelState.InUse).Select(m => (int?)m.Id).SingleOrDefaultAsync(cancellationToken);
        if (inUse is not { } id) return await RefusedAsync(0, text["Refused.State"], cancellationToken);
        return await DecideAsync(id, "ranker.fixed", "Done.Use", (model, by, reason, at) => model.Retire(by, reason, at), cancellationToken, asked: 0);
    }

    private async Task<IActionResult> DecideAsync(
        int id, string act, string done, Action<RankerModel, int, string, DateTimeOffset> decide, CancellationToken cancellationToken, int? asked = null)
    {
        if (await db.RankerModels.SingleOrDefaultAsync(m => m.Id == id, cancellationToken) is not { } model) return NotFound();
        var reason = ListingRules.Clean(Reason);
        if (reason.Length is 0 or > RankerModel.MaxReason)
            return await RefusedAsync(asked ?? id, reason.Length == 0 ? text["Reason.Missing"] : text["Reason.TooLong", reason.Length, RankerModel.MaxReason], cancellationToken);
        var (by, at) = ((await current.RequireAsync()).Id, time.GetUtcNow());
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            decide(model, by, reason, at);
            if (model.State == RankerModelState.InUse && await db.RankerModels.SingleOrDefaultAsync(m => m.State == RankerModelState.InUse && m.Id != id, cancellationToken) is { } before)
            {
                // Before the new one is written: the database allows one in use.
                before.Retire(by, reason, at);
                await db.RankerModels.Where(m => m.Id == before.Id && m.State == RankerModelState.InUse).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, RankerModelState.Retired), cancellationToken);
            }
            db.Audit(by, act, $"ranker:{model.Version}", at, reason);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception refused) when (refused is RankerActRefusedException or DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await RefusedAsync(asked ?? id, text["Refused." + ((refused as RankerActRefusedException)?.Code ?? "State")], cancellationToken);
        }
        // Scores of different rankers do not compare: all matches are found anew.
        if (model.State != RankerModelState.Refused) jobs.Enqueue<FindMatches>(job => job.RunAllAsync(CancellationToken.None));
        Done = done;
        return RedirectToPage();
    }

    private async Task<IActionResult> RefusedAsync(int id, string message, CancellationToken cancellationToken)
    {
        ModelState.AddModelError($"reason-{id}", message);
        Asked = id;
        await LoadAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await db.RankerModels.AsNoTracking().OrderByDescending(m => m.Number)
            .Select(m => new { m.Id, m.Number, m.State, m.TrainedAt, m.DataHash, m.Grades, m.Needs, m.ComparisonJson, m.DecidedAt, m.DecidedById, m.Reason }).Take(20).ToListAsync(cancellationToken);
        var people = rows.Select(r => r.DecidedById).OfType<int>().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        Rankers = [.. rows.Select(m => new RankerRow(m.Id, m.Number, m.State, m.TrainedAt, m.DataHash, m.Grades, m.Needs,
            System.Text.Json.JsonSerializer.Deserialize<RankerComparison>(m.ComparisonJson, Revision.Json)!, m.DecidedAt, m.DecidedById is { } by ? names.GetValueOrDefault(by) : null, m.Reason))];
        GradesNow = await db.Matches.CountAsync(m => m.CurrentGrade != null, cancellationToken);
    }
}
