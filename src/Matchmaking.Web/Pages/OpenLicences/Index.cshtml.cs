using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.OpenLicences;

/// <summary>Patents that anybody may use on posted terms; what can be accepted today, newest first.</summary>
public sealed class IndexModel(Matchmaking.Matching.Deals.OpenLicences licences, LocalCalendar calendar) : PageModel
{
    private const int Size = 50;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        var today = calendar.Today;
        var open = licences.Public().Where(l => l.State == OpenLicenceState.Posted && l.From <= today && l.Until >= today);
        var total = await open.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/open-licences?page={n}");
        Rows = await open.OrderByDescending(l => l.From).ThenByDescending(l => l.Id).Skip((shown - 1) * Size).Take(Size)
            .Select(l => new Row(l.Id, l.Achievement.Title, l.Achievement.Organization.Name, l.Patent, l.Fee, l.Amount, l.Years, l.Until)).ToListAsync(cancellationToken);
    }

    public sealed record Row(int Id, string Title, string Owner, string Patent, OpenLicenceFee Fee, decimal Amount, int Years, DateOnly Until);
}
