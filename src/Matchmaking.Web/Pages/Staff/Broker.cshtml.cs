using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>One entry of the register: level, fields, regions, trainings, conflicts of interest, holiday, and the open cases with their reassignment.</summary>
public sealed class BrokerModel(
    MatchmakingDbContext db, BrokerRegister register, Introductions introductions, CurrentUser current, CaseViews views, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int MostCases = 100;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Message { get; set; }

    public BrokerLine Broker { get; private set; } = null!;
    public BrokerProfile Profile { get; private set; } = null!;
    public IReadOnlyList<BrokerLine> Others { get; private set; } = [];
    public IReadOnlyDictionary<int, string> ConflictNames { get; private set; } = new Dictionary<int, string>();
    public IReadOnlyList<CaseLine> Cases { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Input = new InputModel
        {
            Level = Profile.Level.ToString(), Fields = [.. Profile.Fields.Select(f => f.ToString())], Regions = [.. Profile.Regions],
            From = Print(Profile.AwayFrom), Until = Print(Profile.AwayUntil), StandIn = Profile.StandInId?.ToString(CultureInfo.InvariantCulture),
        };
        return Page();
    }

    public Task<IActionResult> OnPostProfileAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, "broker.profile", _ =>
    {
        if (!Enum.TryParse<BrokerLevel>(Input.Level, out var level)) Complain(nameof(Input.Level), "Broker.LevelMissing");
        var fields = Input.Fields.Where(f => Enum.TryParse<TechnologyField>(f, out var _)).Select(Enum.Parse<TechnologyField>).Distinct().Order().ToList();
        var regions = Input.Regions.Where(CodeLists.Regions.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        if (ModelState.IsValid) Profile.Describe(level, fields, regions);
        return Task.FromResult($"{level}");
    }, cancellationToken);

    public Task<IActionResult> OnPostTrainingAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, "broker.training", _ =>
    {
        var title = ListingRules.CleanLine(Input.Training);
        if (title.Length == 0) Complain(nameof(Input.Training), "Text.Missing");
        if (title.Length > BrokerTraining.MaxTitle) Complain(nameof(Input.Training), "TooLong", title.Length, BrokerTraining.MaxTitle);
        var on = ListingFormReader.ParseDate(Input.TrainedOn ?? "");
        if (on is null) Complain(nameof(Input.TrainedOn), "Date.Missing");
        if (!int.TryParse(Input.Hours, CultureInfo.InvariantCulture, out var hours) || hours is < 0 or > 2_000) Complain(nameof(Input.Hours), "Broker.Hours");
        if (ModelState.IsValid) Profile.Trainings.Add(new BrokerTraining(id, title, on!.Value, hours));
        return Task.FromResult($"{hours}");
    }, cancellationToken);

    public Task<IActionResult> OnPostConflictAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, "broker.conflict", async at =>
    {
        var code = CreditCode.Normalize(ListingRules.CleanLine(Input.ConflictCode));
        var organization = code is null ? null : await db.Organizations.SingleOrDefaultAsync(o => o.CreditCode == code, cancellationToken);
        var reason = ListingRules.CleanLine(Input.ConflictReason);
        if (organization is null) Complain(nameof(Input.ConflictCode), "Visits.Unknown");
        if (reason.Length == 0) Complain(nameof(Input.ConflictReason), "Text.Missing");
        if (reason.Length > BrokerConflict.MaxReason) Complain(nameof(Input.ConflictReason), "TooLong", reason.Length, BrokerConflict.MaxReason);
        if (ModelState.IsValid && Profile.Conflicts.All(c => c.OrganizationId != organization!.Id)) Profile.Conflicts.Add(new BrokerConflict(id, organization!.Id, reason, at));
        return $"organization:{organization?.Id}";
    }, cancellationToken);

    public Task<IActionResult> OnPostHolidayAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, "broker.holiday", async _ =>
    {
        if (string.IsNullOrWhiteSpace(Input.From) && string.IsNullOrWhiteSpace(Input.Until))
        {
            Profile.ComeBack();
            return "none";
        }
        var (from, until) = (ListingFormReader.ParseDate(Input.From ?? ""), ListingFormReader.ParseDate(Input.Until ?? ""));
        if (from is null) Complain(nameof(Input.From), "Date.Missing");
        if (until is null) Complain(nameof(Input.Until), "Date.Missing");
        else if (until < from || until < time.Today()) Complain(nameof(Input.Until), "Broker.HolidayEnds");
        var standIn = int.TryParse(Input.StandIn, CultureInfo.InvariantCulture, out var other) && other != id && await register.IsBrokerAsync(other, cancellationToken) ? other : 0;
        if (standIn == 0) Complain(nameof(Input.StandIn), "Broker.StandInMissing");
        if (ModelState.IsValid) Profile.GoAway(from!.Value, until!.Value, standIn);
        return $"{from:yyyy-MM-dd} {until:yyyy-MM-dd} broker {standIn}";
    }, cancellationToken);

    /// <summary>One case, or all of them when none is named, to another broker; each that may not go to him is told.</summary>
    public async Task<IActionResult> OnPostReassignAsync(int id, int? caseId, int broker, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || broker == id || !await register.IsBrokerAsync(broker, cancellationToken)) return NotFound();
        var chosen = Cases.Where(c => caseId is null || c.Id == caseId).Select(c => c.Id).ToList();
        if (chosen.Count == 0) return NotFound();
        var moved = 0;
        var refused = new List<string>();
        foreach (var one in chosen)
        {
            var decision = await introductions.ReassignAsync(one, broker, current.Id!.Value, cancellationToken);
            if (decision.Done) moved++;
            else refused.Add(text["Push.Refused", one, decision.Problem is { } problem ? views.Problem(problem) : text["Push.Changed"]]);
        }
        Message = string.Join(' ', refused.Prepend(text["Broker.Moved", moved]));
        return RedirectToPage(new { id });
    }

    private async Task<IActionResult> StoreAsync(int id, string action, Func<DateTimeOffset, Task<string>> change, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var at = time.GetUtcNow();
        var details = await change(at);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        db.Audit(current.Id, action, $"user:{id}", at, details);
        await db.SaveChangesAsync(cancellationToken);
        Message = text["Broker.Saved"];
        return RedirectToPage(new { id });
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError("Input." + field, text[key, arguments]);

    private static string? Print(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var all = await register.AllAsync(cancellationToken);
        if (all.SingleOrDefault(b => b.Id == id) is not { } broker) return false;
        Broker = broker;
        Others = [.. all.Where(b => b.Id != id)];
        Profile = HttpMethods.IsPost(Request.Method) ? await OpenProfileAsync(id, cancellationToken) : broker.Profile ?? new BrokerProfile(id);
        var conflicts = Profile.Conflicts.Select(c => c.OrganizationId).ToList();
        ConflictNames = await db.Organizations.Where(o => conflicts.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        Cases = await db.Cases.AsNoTracking().Where(c => c.BrokerId == id && c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended).OrderBy(c => c.DueOn).ThenBy(c => c.Id).Take(MostCases)
            .Select(c => new CaseLine(c.Id, c.Need.Title, c.Achievement.Title, c.Stage, c.DueOn)).ToListAsync(cancellationToken);
        return true;
    }

    /// <summary>The entry to be changed; stored with the first thing that is known of the broker.</summary>
    private async Task<BrokerProfile> OpenProfileAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.BrokerProfiles.Include(p => p.Trainings).Include(p => p.Conflicts).AsSplitQuery().SingleOrDefaultAsync(p => p.UserId == id, cancellationToken) is { } known) return known;
        var made = new BrokerProfile(id);
        db.BrokerProfiles.Add(made);
        return made;
    }

    public sealed record CaseLine(int Id, string Need, string Achievement, CaseStage Stage, DateOnly? DueOn);

    public sealed class InputModel
    {
        public string? Level { get; set; }
        public List<string> Fields { get; set; } = [];
        public List<string> Regions { get; set; } = [];
        public string? Training { get; set; }
        public string? TrainedOn { get; set; }
        public string? Hours { get; set; }
        public string? ConflictCode { get; set; }
        public string? ConflictReason { get; set; }
        public string? From { get; set; }
        public string? Until { get; set; }
        public string? StandIn { get; set; }
    }
}
