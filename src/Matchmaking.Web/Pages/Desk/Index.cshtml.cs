using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk;

public sealed record QueueRow(int Id, string Need, string Achievement, double Probability);

/// <summary>The broker's desk: ungraded matches best first, one pair side by side, a grade with its reason, undo.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser person, LocalCalendar calendar, TimeProvider time, IBackgroundJobClient jobs, Introductions introductions, CaseViews cases,
    IStringLocalizer<MatchText> text, IStringLocalizer<CasesText> words) : PageModel
{
    private const int Shown = 30;

    /// <summary>Most of each kind that is mixed into the queue.</summary>
    private const int MixedIn = 50;

    private const double Middle = 0.5;

    /// <summary>So many of the best make the queue; nobody grades further down in one day, and they come nearer with every grade.</summary>
    public const int Longest = 500;

    /// <summary>Among so many of the last found poor ones those to be mixed in are sought.</summary>
    private const int BelowAmong = 2_000;

    [BindProperty(SupportsGet = true)]
    public string? Field { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Horizon { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Match { get; set; }

    [BindProperty]
    public string? Grade { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>How many grades the match had when the broker looked at it; a job that merely finds it anew changes nothing here.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [TempData]
    public int? GradedMatch { get; set; }

    /// <summary>Whether what was just graded may be introduced.</summary>
    [TempData]
    public bool Proposable { get; set; }

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<QueueRow> Queue { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>More are to be graded than the queue holds.</summary>
    public bool More { get; private set; }
    public string TotalShown => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Total}{(More ? "+" : "")}");
    public Match? Current { get; private set; }
    public Explanation? Reasons { get; private set; }
    public int Position { get; private set; }
    public int? NextId { get; private set; }
    public int? PreviousId { get; private set; }
    public int GradedToday { get; private set; }
    public int GradedByMe { get; private set; }
    public int GradedAll { get; private set; }
    public int GradedGood { get; private set; }
    public bool Filtered => Mine || !string.IsNullOrEmpty(Field) || !string.IsNullOrEmpty(Region) || !string.IsNullOrEmpty(Horizon);

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(Id(Match), cancellationToken);

    public async Task<IActionResult> OnPostGradeAsync(int id, CancellationToken cancellationToken)
    {
        var match = await db.Matches.Include(m => m.Grades).SingleOrDefaultAsync(m => m.Id == id, cancellationToken);
        if (match is null) return NotFound();
        var reason = ListingRules.Clean(Reason);
        if (Grade is not ("1" or "2" or "3" or "4")) ModelState.AddModelError(nameof(Grade), text["Desk.GradeMissing"]);
        if (reason.Length > Matching.Brokerage.Grade.MaxReason) ModelState.AddModelError(nameof(Reason), text["Desk.ReasonTooLong", reason.Length, Matching.Brokerage.Grade.MaxReason]);
        if (ModelState.IsValid && match.Grades.Count != Seen) ModelState.AddModelError("", text["Desk.Changed"]);
        if (ModelState.IsValid)
        {
            match.GradeAs(Grade![0] - '0', reason, person.Id!.Value, time.GetUtcNow());
            db.Audit(person.Id, "match.grade", $"match:{id}", time.GetUtcNow(), Grade);
            try
            {
                await SaveGradeAsync(match, cancellationToken);
                // What was said of this one moves the need's others.
                jobs.Enqueue<FindMatches>(job => job.RunOneAsync(match.NeedId, CancellationToken.None));
                (GradedMatch, Proposable, Message) = (id, Grade is "3" or "4", text["Desk.Done", $"{Grade} {text["Grade." + Grade]}"]);
                return RedirectToPage(new { Field, Region, Horizon, Mine = Mine ? "true" : null });
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                ModelState.AddModelError("", text["Desk.Changed"]);
            }
        }
        await LoadAsync(id, cancellationToken);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>The job may just have rated the match anew; that is no reason to ask the broker again. Another grade is.</summary>
    private async Task SaveGradeAsync(Match match, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await db.Grades.CountAsync(g => g.MatchId == match.Id, cancellationToken) != Seen) throw;
            var entry = db.Entry(match);
            var stored = await entry.GetDatabaseValuesAsync(cancellationToken) ?? throw new DbUpdateConcurrencyException();
            entry.OriginalValues.SetValues(stored);
            foreach (var property in entry.Properties.Where(p => p.Metadata.Name is not ("CurrentGrade" or "GradedAt" or "Version"))) property.CurrentValue = stored[property.Metadata];
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>After a grade of 3 or 4: the pair becomes a case of this broker, whose page is next.</summary>
    public async Task<IActionResult> OnPostProposeAsync(int id, CancellationToken cancellationToken)
    {
        var decision = await introductions.ProposeAsync(id, person.Id!.Value, cancellationToken);
        if (decision.Done) return Redirect(CaseAudience.DeskAddress(decision.CaseId!.Value));
        if (decision.Outcome == CaseOutcome.Missing) return NotFound();
        if (decision.CaseId is { } known && await db.Cases.AnyAsync(c => c.Id == known && c.BrokerId == person.Id, cancellationToken)) return Redirect(CaseAudience.DeskAddress(known));
        Message = decision.Problem is { } problem ? cases.Problem(problem) : words["Propose.Taken"];
        return RedirectToPage(new { Field, Region, Horizon, Mine = Mine ? "true" : null });
    }

    public async Task<IActionResult> OnPostUndoAsync(int id, CancellationToken cancellationToken)
    {
        var match = await db.Matches.Include(m => m.Grades).SingleOrDefaultAsync(m => m.Id == id, cancellationToken);
        if (match is null) return NotFound();
        var undone = match.UndoGrade(person.Id!.Value, time.GetUtcNow());
        if (undone) db.Audit(person.Id, "match.undo", $"match:{id}", time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            undone = false;
        }
        Message = text[undone ? "Desk.Undone" : "Desk.NothingToUndo"];
        return RedirectToPage(new { Field, Region, Horizon, Mine = Mine ? "true" : null, match = id });
    }

    public string Address(int? match = null, bool? mine = null, bool clear = false)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        if (!clear)
        {
            if (!string.IsNullOrEmpty(Field)) parts.Add(new("field", Field));
            if (!string.IsNullOrEmpty(Region)) parts.Add(new("region", Region));
            if (!string.IsNullOrEmpty(Horizon)) parts.Add(new("horizon", Horizon));
            if (mine ?? Mine) parts.Add(new("mine", "true"));
        }
        if (match is { } id) parts.Add(new("match", $"{id}"));
        return "/desk" + QueryString.Create(parts);
    }

    private async Task LoadAsync(int? wanted, CancellationToken cancellationToken)
    {
        var me = person.Id!.Value;
        var ids = await QueueAsync(me, cancellationToken);
        Total = ids.Count;
        var at = wanted is { } id ? ids.IndexOf(id) : 0;
        var shownId = wanted ?? (ids.Count > 0 ? ids[0] : null);
        Position = at + 1;
        NextId = at + 1 < ids.Count ? ids[at + 1] : null;
        PreviousId = at > 0 ? ids[at - 1] : null;
        var from = Math.Max(0, Math.Min(at - (Shown / 2), ids.Count - Shown));
        var window = ids.Skip(from).Take(Shown).ToList();
        var rows = await db.Matches.AsNoTracking().Where(m => window.Contains(m.Id)).Select(m => new { m.Id, m.NeedId, m.AchievementId, m.Probability }).ToListAsync(cancellationToken);
        var sides = rows.Select(r => r.NeedId).Concat(rows.Select(r => r.AchievementId)).Distinct().ToList();
        var titles = await db.Listings.Where(l => sides.Contains(l.Id)).Select(l => new { l.Id, l.Title }).ToDictionaryAsync(l => l.Id, l => l.Title, cancellationToken);
        Queue = [.. rows.OrderBy(r => window.IndexOf(r.Id)).Select(r => new QueueRow(r.Id, titles[r.NeedId], titles[r.AchievementId], r.Probability))];
        Current = shownId is { } shown
            ? await db.Matches.AsNoTracking().Include(m => m.Need.Organization).Include(m => m.Achievement.Organization).Include(m => m.Grades)
                .SingleOrDefaultAsync(m => m.Id == shown && ListingStates.Searchable.Contains(m.Need.State) && ListingStates.Searchable.Contains(m.Achievement.State), cancellationToken)
            : null;
        Reasons = Current is null ? null : Listings.MatchViews.Reasons(Current);
        var midnight = calendar.StartOf(calendar.Today);
        var own = await db.Grades.Where(g => g.GraderId == me && g.UndoneAt == null).GroupBy(g => g.At >= midnight).Select(g => new { Today = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        GradedByMe = own.Sum(g => g.Count);
        GradedToday = own.Where(g => g.Today).Sum(g => g.Count);
        var all = await db.Matches.Where(m => m.CurrentGrade != null).GroupBy(m => m.CurrentGrade).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        GradedAll = all.Sum(g => g.Count);
        GradedGood = all.Where(g => g.Key >= Case.LowestGrade).Sum(g => g.Count);
    }

    private async Task<List<int>> QueueAsync(int me, CancellationToken cancellationToken)
    {
        var best = Gradable(db.Matches.WaitingForGrade(), me);
        var ids = await best.OrderByDescending(m => m.Probability).ThenBy(m => m.Id).Select(m => m.Id).Take(Longest).ToListAsync(cancellationToken);
        More = ids.Count == Longest;
        // From the middle to both sides, each in the order of the index; the nearest of both together are the most uncertain.
        var over = await best.Where(m => m.Probability >= Middle).OrderBy(m => m.Probability).ThenBy(m => m.Id).Select(m => new { m.Id, m.Probability }).Take(MixedIn).ToListAsync(cancellationToken);
        var under = await best.Where(m => m.Probability < Middle).OrderByDescending(m => m.Probability).ThenBy(m => m.Id).Select(m => new { m.Id, m.Probability }).Take(MixedIn).ToListAsync(cancellationToken);
        var unsure = over.Concat(under).OrderBy(m => Math.Abs(m.Probability - Middle)).ThenBy(m => m.Id).Select(m => m.Id).Take(MixedIn).ToList();
        var below = await Gradable(db.Matches.Ungraded().Where(m => m.Probability < GradingQueue.LeastProbability).OrderByDescending(m => m.Id).Take(BelowAmong), me).OrderByDescending(m => m.Id).Select(m => m.Id).Take(MixedIn * 10).ToListAsync(cancellationToken);
        var graded = await Gradable(db.Matches.Where(m => m.GradedAt != null), me).Where(m => !m.Grades.Any(g => g.GraderId == me) && (m.Id % GradingQueue.SecondOpinionOf == 0 || m.Grades.Any(g => m.Grades.Any(o => o.GraderId != g.GraderId))))
            .OrderByDescending(m => m.GradedAt).ThenBy(m => m.Id).Take(MixedIn).Select(m => new { m.Id, Grades = m.Grades.Where(g => g.UndoneAt == null).Select(g => new { g.GraderId, g.Value, g.Id }).ToList() }).ToListAsync(cancellationToken);
        var second = graded.Where(m => GradingQueue.WantsAnother(m.Id, [.. m.Grades.GroupBy(g => g.GraderId).Select(own => own.MaxBy(g => g.Id)!.Value)])).Select(m => m.Id).ToList();
        return [.. GradingQueue.Mix(ids, unsure, [.. below.OrderBy(GradingQueue.Scatter)], second)];
    }

    /// <summary>Those of the matches whose two records somebody still looks for, and that the broker wants to see. Asked of each match in its order, so that a database reads no further than it must.</summary>
    private IQueryable<Match> Gradable(IQueryable<Match> matches, int me)
    {
        var needs = db.Needs.Where(n => ListingStates.Searchable.Contains(n.State));
        if (Enum.TryParse<TechnologyField>(Field, out var field)) needs = needs.Where(n => n.Field == field);
        if (!string.IsNullOrEmpty(Region)) needs = needs.Where(n => n.Region == Region);
        if (Enum.TryParse<Horizon>(Horizon, out var horizon)) needs = needs.Where(n => n.Horizon == horizon);
        var open = matches.Where(m => needs.Any(n => n.Id == m.NeedId) && db.Achievements.Any(a => a.Id == m.AchievementId && ListingStates.Searchable.Contains(a.State)));
        return Mine ? open.Where(m => db.Needs.Any(n => n.Id == m.NeedId && n.BrokerId == me) || db.Achievements.Any(a => a.Id == m.AchievementId && a.BrokerId == me)) : open;
    }

    private static int? Id(string? text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
