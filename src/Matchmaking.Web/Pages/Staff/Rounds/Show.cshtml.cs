using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Rounds;

/// <summary>One round for staff: written while a draft, then opened, prolonged, closed; how far each office has come.</summary>
public sealed class ShowModel(
    MatchmakingDbContext db, OfficeMembers offices, RoundWords words, RoundCounts counts, CurrentUser current, LocalCalendar calendar, TimeProvider clock, IBackgroundJobClient jobs,
    IStringLocalizer<TiersText> text) : RoundPageModel(offices, words)
{
    public CollectionRound Round { get; private set; } = null!;
    public IReadOnlyList<OfficeCount> Counts { get; private set; } = [];
    public IReadOnlyDictionary<int, string> Offices { get; private set; } = new Dictionary<int, string>();
    public DateOnly Today => calendar.Today;

    /// <summary>The later last day, as typed.</summary>
    public string Until { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        Input = RoundInput.From(Round.Terms());
        return await ShowAsync(cancellationToken);
    }

    public Task<IActionResult> OnPostSaveAsync(int id, CancellationToken cancellationToken) => ActAsync(id, RoundState.Draft, "round.change", "Done.RoundSaved", (round, _) =>
    {
        if (ReadTerms(Today) is { } terms) round.Change(terms);
    }, cancellationToken);

    public async Task<IActionResult> OnPostOpenAsync(int id, CancellationToken cancellationToken)
    {
        var answer = await ActAsync(id, RoundState.Draft, "round.open", "Done.RoundOpened", (round, at) =>
        {
            if (round.ClosesOn < Today) ModelState.AddModelError("", Words.Of(new("ClosesOn", "TermsPast", round.ClosesOn))!);
            else round.Open(at);
        }, cancellationToken, keepTyped: false);
        // Not to wait for the hour; the timetable asks whoever this leaves out.
        if (answer is RedirectResult) jobs.Enqueue<CallRounds>(job => job.RunAsync(CancellationToken.None));
        return answer;
    }

    public Task<IActionResult> OnPostProlongAsync(int id, string? until, CancellationToken cancellationToken) => ActAsync(id, RoundState.Open, "round.prolong", "Done.RoundProlonged", (round, _) =>
    {
        Until = until ?? "";
        if (ListingFormReader.ParseDate(Until) is not { } day || day <= round.ClosesOn) ModelState.AddModelError("until", text["Problem.Prolong", round.ClosesOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]);
        else round.Prolong(day);
    }, cancellationToken);

    public Task<IActionResult> OnPostCloseAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, RoundState.Open, "round.close", "Done.RoundClosed", (round, at) => round.Close(at), cancellationToken);

    private async Task<IActionResult> ActAsync(
        int id, RoundState wanted, string action, string done, Action<CollectionRound, DateTimeOffset> act, CancellationToken cancellationToken, bool keepTyped = true)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (!keepTyped || wanted != RoundState.Draft) Input = RoundInput.From(Round.Terms());
        if (Round.State != wanted) return await AgainAsync(text["Round.Changed", Words.Status(Round, Today).Text], StatusCodes.Status409Conflict, cancellationToken);
        var (by, at) = ((await current.RequireAsync()).Id, clock.GetUtcNow());
        act(Round, at);
        if (!ModelState.IsValid) return await AgainAsync(null, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        db.Audit(by, action, $"round:{id}", at);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            if (!await FindAsync(id, cancellationToken)) return NotFound();
            return await AgainAsync(text["Round.Changed", Words.Status(Round, Today).Text], StatusCodes.Status409Conflict, cancellationToken);
        }
        Done = done;
        return Redirect($"/staff/rounds/{id}");
    }

    private async Task<IActionResult> AgainAsync(string? trouble, int status, CancellationToken cancellationToken)
    {
        if (trouble is not null) ModelState.AddModelError("", trouble);
        Response.StatusCode = status;
        return await ShowAsync(cancellationToken);
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        var round = await db.CollectionRounds.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (round is not null) Round = round;
        return round is not null;
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancellationToken)
    {
        await ChoicesAsync(cancellationToken);
        Offices = await RoundWords.OfficesAsync(db, cancellationToken);
        if (Round.State != RoundState.Draft) Counts = await counts.OfAsync(Round.Id, cancellationToken);
        return Page();
    }
}
