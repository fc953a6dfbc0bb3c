using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My;

/// <summary>The owner's page of an achievement's open licence: state it, see who took it, withdraw it.</summary>
public sealed class OpenLicenceModel(
    MatchmakingDbContext db, OwnListings own, Matchmaking.Matching.Deals.OpenLicences licences, ContractWords words, CurrentUser current, LocalCalendar calendar, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Achievement Achievement { get; private set; } = null!;

    /// <summary>Newest first; at most one of them can be accepted.</summary>
    public IReadOnlyList<OpenLicence> All { get; private set; } = [];
    public OpenLicence? Running => All.FirstOrDefault(l => l.State == OpenLicenceState.Posted && l.Until >= calendar.Today);
    public IReadOnlyList<Taking> Taken { get; private set; } = [];

    /// <summary>Why it cannot be posted whatever is typed: not public, anonymous, not flagged.</summary>
    public IReadOnlyList<string> Hindrances { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Input.Patent = RightNumber.Read(Achievement.IpNumber) is { Status: RightStatus.Granted } right ? right.Number : "";
        Input.From = Day(calendar.Today);
        Input.Until = Day(calendar.Today.AddYears(2));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var typed = new TypedFields();
        var terms = new OpenLicenceTerms(
            ListingRules.CleanLine(Input.Patent), typed.Choice<OpenLicenceFee>(nameof(Input.Fee), Input.Fee), typed.Number(nameof(Input.Amount), Input.Amount, 4), typed.Whole(nameof(Input.Years), Input.Years, 1_000),
            typed.Date(nameof(Input.From), Input.From), typed.Date(nameof(Input.Until), Input.Until), ListingRules.Clean(Input.Conditions), Input.HasEvaluationReport == "yes", typed.Date(nameof(Input.AnnouncedOn), Input.AnnouncedOn));
        // A field that could not be read is not missing besides.
        var unread = typed.Problems.Select(p => p.Field).ToHashSet();
        foreach (var problem in terms.Check(Achievement, calendar.Today).Where(p => !unread.Contains(p.Field))) typed.Add(problem.Field, problem.Code, [.. problem.Arguments.Select(a => a!)]);
        words.AddTo(ModelState, typed.Problems, "Input.");
        if (!ModelState.IsValid) return Refused();
        var decision = await licences.PostAsync(id, terms, current.Id!.Value, cancellationToken);
        if (decision.Outcome != OpenLicenceOutcome.Done)
        {
            words.AddTo(ModelState, decision.Problems ?? [], "Input.");
            return Refused();
        }
        Done = "OpenLicence.Posted";
        return Redirect(Address(id));
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int id, int licence, int version, string? reason, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || All.All(l => l.Id != licence)) return NotFound();
        var clean = ListingRules.Clean(reason);
        if (clean.Length is 0 or > OpenLicenceTerms.MaxConditions)
        {
            ModelState.AddModelError("reason", clean.Length == 0 ? text["Problem.Missing", text["Label.reason"]] : text["Problem.TooLong", text["Label.reason"], clean.Length, OpenLicenceTerms.MaxConditions]);
            return Refused();
        }
        var decision = await licences.WithdrawAsync(licence, version, clean, current.Id!.Value, cancellationToken);
        if (decision.Outcome == OpenLicenceOutcome.Done) Done = "OpenLicence.WithdrawDone";
        else Done = "OpenLicence.Overtaken";
        return Redirect(Address(id));
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(ListingKind.Achievement, id, Policies.EditListing, cancellationToken) is not Achievement achievement) return false;
        Achievement = achievement;
        All = await db.OpenLicences.AsNoTracking().Where(l => l.AchievementId == id).OrderByDescending(l => l.Id).ToListAsync(cancellationToken);
        Taken = await db.OpenLicenceAcceptances.AsNoTracking().Where(a => a.Licence.AchievementId == id).OrderByDescending(a => a.Id)
            .Join(db.Organizations, a => a.OrganizationId, o => o.Id, (a, o) => new Taking(o.Name, a.ContractId, a.At)).ToListAsync(cancellationToken);
        Hindrances = [.. new OpenLicenceTerms("", null, null, null, null, null, "", false, null).Check(achievement, calendar.Today).Where(p => p.Field.Length == 0).Select(p => text["Problem." + p.Code].Value)];
        return true;
    }

    private static string Address(int id) => $"/my/achievements/{id.ToString(CultureInfo.InvariantCulture)}/open-licence";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public sealed record Taking(string Organization, int ContractId, DateTimeOffset At);

    public sealed class InputModel
    {
        public string? Patent { get; set; }
        public string? Fee { get; set; }
        public string? Amount { get; set; }
        public string? Years { get; set; }
        public string? From { get; set; }
        public string? Until { get; set; }
        public string? Conditions { get; set; }
        public string? HasEvaluationReport { get; set; }
        public string? AnnouncedOn { get; set; }
    }
}
