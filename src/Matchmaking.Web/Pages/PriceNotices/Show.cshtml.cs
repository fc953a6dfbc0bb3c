using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.PriceNotices;

/// <summary>One notice, with its objections and answers, and the form to object while its days run. Names of objectors are for staff only.</summary>
public sealed class ShowModel(MatchmakingDbContext db, ContractWords words, LocalCalendar calendar, TimeProvider clock, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PriceNotice Notice { get; private set; } = null!;
    public string Title { get; private set; } = "";
    public string? Number { get; private set; }
    public bool Open { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!Open)
        {
            ModelState.AddModelError("", text["Objection.Closed", Notice.Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]);
            return Page();
        }
        var typed = new TypedFields();
        string Required(string field, string? value, int limit)
        {
            var clean = ListingRules.Clean(value);
            if (clean.Length == 0) typed.Add(field, "Missing");
            if (clean.Length > limit) typed.Add(field, "TooLong", clean.Length, limit);
            return clean;
        }
        var name = Required(nameof(Input.ObjectorName), Input.ObjectorName, 60);
        var contact = Required(nameof(Input.ObjectorContact), Input.ObjectorContact, 100);
        var why = Required(nameof(Input.Objection), Input.Objection, PriceNotice.MaxText);
        words.AddTo(ModelState, typed.Problems, "Input.");
        if (!ModelState.IsValid) return Page();
        var now = clock.GetUtcNow();
        Notice.Object(name, contact, why, calendar.Today, now);
        db.Audit(null, "price-notice.object", $"price-notice:{id}", now);
        await db.SaveChangesAsync(cancellationToken);
        Done = text["Objection.Done"];
        return Redirect($"/price-notices/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.PriceNotices.Include(n => n.Objections).SingleOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } notice) return false;
        Notice = notice;
        var achievement = await db.Achievements.AsNoTracking().SingleAsync(a => a.Id == notice.AchievementId, cancellationToken);
        Title = achievement.Title;
        Number = achievement.IsPublic ? achievement.Number : null;
        Open = notice.TakesObjections(calendar.Today);
        return true;
    }

    public sealed class InputModel
    {
        public string? ObjectorName { get; set; }
        public string? ObjectorContact { get; set; }
        public string? Objection { get; set; }
    }
}
