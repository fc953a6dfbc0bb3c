using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Display;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Contracts;

/// <summary>One contract: where it stands, what its registration lacks, its clock, what became of it, and the acts its state allows.</summary>
public sealed class ViewModel(
    MatchmakingDbContext db, ContractActs acts, ContractAccess access, ContractWords words, RegistrationFile file, CurrentUser current, LocalTime time, WorkingDays workingDays, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Contract Contract { get; private set; } = null!;
    public ContractContent Said { get; private set; } = new();
    public IReadOnlyList<RegistrationLine> Lines { get; private set; } = [];
    public IReadOnlyList<(string Number, string Title)> Achievements { get; private set; } = [];
    public (string Number, string Title)? Need { get; private set; }
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();
    public bool MayChange { get; private set; }
    public bool MayAnswer { get; private set; }

    /// <summary>Working days left of the registration office's term; negative when it has passed.</summary>
    public int? DaysLeft { get; private set; }

    /// <summary>The clock crosses a year whose days off are not known yet, so its last day may move.</summary>
    public bool UnknownYear { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Input.Seen = Contract.Version;
        return Page();
    }

    public Task<IActionResult> OnPostSignAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, by => acts.SignAsync(id, Input.Seen, by, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostSubmitAsync(int id, CancellationToken cancellationToken) =>
        ActWithDayAsync(id, (on, by) => acts.SubmitAsync(id, Input.Seen, on, by, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostRegisterAsync(int id, CancellationToken cancellationToken) =>
        ActWithDayAsync(id, (on, by) => acts.RegisterAsync(id, Input.Seen, TypedFields.Narrow(Input.Number), on, by, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostSendBackAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, by => acts.SendBackAsync(id, Input.Seen, ListingRules.Clean(Input.Reason), by, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostChangeAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, by => acts.ChangeAsync(id, Input.Seen, ListingRules.Clean(Input.Reason), by, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostCancelAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, by => acts.CancelAsync(id, Input.Seen, ListingRules.Clean(Input.Reason), by, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostFollowUpAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || !MayAnswer) return NotFound();
        var typed = new TypedFields();
        var output = Required(typed, nameof(Input.Output), typed.Number(nameof(Input.Output), Input.Output, 4));
        var sales = Required(typed, nameof(Input.Sales), typed.Number(nameof(Input.Sales), Input.Sales, 4));
        var jobs = Required(typed, nameof(Input.Jobs), typed.Whole(nameof(Input.Jobs), Input.Jobs, 1_000_000));
        foreach (var (field, value) in new[] { (nameof(Input.Output), output), (nameof(Input.Sales), sales) })
            if (value is < 0 or > ListingContent.MaxMoney) typed.Add(field, "AmountOutOfRange", value, ListingContent.MaxMoney);
        var remark = ListingRules.Clean(Input.Remark);
        if (remark.Length > FollowUp.MaxRemark) typed.Add(nameof(Input.Remark), "TooLong", remark.Length, FollowUp.MaxRemark);
        words.AddTo(ModelState, typed.Problems, "Input.");
        if (!ModelState.IsValid) return Page();
        return await FinishAsync(id, await acts.AnswerFollowUpAsync(id, Input.AfterMonths, output!.Value, sales!.Value, jobs!.Value, Input.NextContract == "true", remark, (await current.RequireAsync()).Id, cancellationToken), cancellationToken);
    }

    private static T? Required<T>(TypedFields typed, string field, T? value) where T : struct
    {
        if (value is null && typed.Problems.All(p => p.Field != field)) typed.Add(field, "Missing");
        return value;
    }

    private async Task<IActionResult> ActWithDayAsync(int id, Func<DateOnly, int, Task<ContractDecision>> act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || !MayChange) return NotFound();
        var typed = new TypedFields();
        var on = Required(typed, nameof(Input.On), typed.Date(nameof(Input.On), Input.On));
        words.AddTo(ModelState, typed.Problems, "Input.");
        return on is { } day ? await FinishAsync(id, await act(day, (await current.RequireAsync()).Id), cancellationToken) : Page();
    }

    private async Task<IActionResult> ActAsync(int id, Func<int, Task<ContractDecision>> act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || !MayChange) return NotFound();
        return await FinishAsync(id, await act((await current.RequireAsync()).Id), cancellationToken);
    }

    private async Task<IActionResult> FinishAsync(int id, ContractDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Done) return Redirect(ContractActs.Address(id));
        if (decision.Changed) ModelState.AddModelError("", text["Overtaken"]);
        // Acts name their fields in small letters (number, on, reason), the content's own begin with a capital and lead to the form.
        foreach (var problem in decision.Problems)
            ModelState.AddModelError(char.IsLower(problem.Field[0]) ? $"Input.{char.ToUpperInvariant(problem.Field[0])}{problem.Field[1..]}" : "", words.Of(problem));
        await LoadAsync(id, cancellationToken);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await (await access.ReadableAsync(db.Contracts.AsNoTracking()))
            .Include(c => c.Parties).Include(c => c.Achievements).Include(c => c.Steps).Include(c => c.Versions).Include(c => c.FollowUps).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (found is null) return false;
        Contract = found;
        Said = found.Content();
        Lines = file.Lines(RegistrationForm.Of(found));
        MayChange = access.MayChange(found);
        MayAnswer = await access.MayAnswerAsync(found);
        var ids = found.Achievements.Select(a => a.AchievementId).ToList();
        Achievements = (await db.Achievements.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Number).Select(a => new { a.Number, a.Title }).ToListAsync(cancellationToken)).ConvertAll(a => (a.Number!, a.Title));
        Need = found.NeedId is { } needId && await db.Needs.AsNoTracking().Where(n => n.Id == needId).Select(n => new { n.Number, n.Title }).SingleAsync(cancellationToken) is { Number: { } number } need ? (number, need.Title) : null;
        var people = found.Steps.Select(s => s.ById).Distinct().ToList();
        People = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        if (found is { State: ContractState.Submitted, DecisionDue: { } due })
        {
            DaysLeft = workingDays.Between(time.Today, due);
            UnknownYear = !workingDays.Knows(due.Year);
        }
        return true;
    }

    public sealed class InputModel
    {
        public int Seen { get; set; }
        public string? On { get; set; }
        public string? Number { get; set; }
        public string? Reason { get; set; }
        public int AfterMonths { get; set; }
        public string? Output { get; set; }
        public string? Sales { get; set; }
        public string? Jobs { get; set; }
        public string? NextContract { get; set; }
        public string? Remark { get; set; }
    }
}
