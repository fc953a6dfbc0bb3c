using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk.Cases;

/// <summary>Several accepted introductions pushed at once, after a look at what each side will be told.</summary>
public sealed class PushModel(MatchmakingDbContext db, Introductions introductions, CaseAudience audience, CurrentUser current, CaseViews views, WorkingDays days, LocalTime time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Most = 20;

    /// <summary>Chosen ones; none means all that wait.</summary>
    [BindProperty(SupportsGet = true)]
    public List<int> Ids { get; set; } = [];

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<Preview> Previews { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var cases = await Mine().Where(c => Ids.Count == 0 || Ids.Contains(c.Id)).OrderBy(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        var told = await audience.PeopleOfAllAsync(cases, cancellationToken);
        var people = told.Values.SelectMany(p => p).Distinct().ToList();
        var languages = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Language, cancellationToken);
        var due = CaseClock.DueOn(CaseStage.Pushed, time.Today, days);
        Previews = [.. cases.Select(c => new Preview(c, [.. Enum.GetValues<CaseSide>().SelectMany(side => Mails(c, side, due, told[(c.Id, side)].Select(id => languages[id])))]))];
    }

    /// <summary>The mail that each side gets, in each language that its people read, in the words with which it is sent.</summary>
    private static IEnumerable<MailPreview> Mails(Case about, CaseSide side, DateOnly? due, IEnumerable<string> languages)
    {
        var byLanguage = languages.GroupBy(l => NoticeWords.CultureOf(l).Name).OrderByDescending(g => g.Count()).ToList();
        if (byLanguage.Count == 0) return [new MailPreview(side, 0, NoticeWords.CultureOf("").Name, null, "")];
        var arguments = CaseAudience.ArgumentsFor(about, side, due);
        return byLanguage.Select(g => new MailPreview(
            side, g.Count(), g.Key, NoticeWords.Title(NoticeKind.CaseOffered, NoticeWords.CultureOf(g.Key)), NoticeWords.Text(NoticeKind.CaseOffered, arguments, NoticeWords.CultureOf(g.Key))));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var own = await Mine().Where(c => Ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        if (own.Count == 0) return NotFound();
        var pushed = 0;
        var refused = new List<string>();
        foreach (var id in own.Take(Most))
        {
            var decision = await introductions.PushAsync(id, current.Id!.Value, cancellationToken);
            if (decision.Done) pushed++;
            else refused.Add(text["Push.Refused", id, decision.Problem is { } problem ? views.Problem(problem) : text["Push.Changed"]]);
        }
        Message = string.Join(' ', refused.Prepend(text["Push.Result", pushed]));
        return RedirectToPage("/Desk/Cases/Index");
    }

    private IQueryable<Case> Mine() => introductions.Whole().Where(c => c.BrokerId == current.Id && c.Stage == CaseStage.Accepted);

    public sealed record Preview(Case Case, IReadOnlyList<MailPreview> Mails);

    /// <param name="People">How many people of the side read it.</param>
    /// <param name="Language">zh-CN or en, by the receivers' own settings.</param>
    /// <param name="Subject">Null when nobody of the side can be told.</param>
    public sealed record MailPreview(CaseSide Side, int People, string Language, string? Subject, string Text);
}
