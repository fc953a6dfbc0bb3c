using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.PriceNotices;

/// <summary>Staff put an agreed price on notice, answer objections and may stop a notice with a reason.</summary>
public sealed class IndexModel(MatchmakingDbContext db, ContractWords words, CurrentUser current, LocalCalendar calendar, TimeProvider clock, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Row> Running { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input.From = calendar.Today.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Input.Until = calendar.Today.AddDays(PriceNotice.ShortestDays).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var typed = new TypedFields();
        var number = TypedFields.Narrow(Input.Achievement).ToUpperInvariant();
        var achievement = await db.Achievements.SingleOrDefaultAsync(a => a.Number == number, cancellationToken);
        if (achievement is null || !achievement.IsPublic) ModelState.AddModelError("Input.Achievement", text["Problem.NoSuchAchievement", TypedFields.Quote(Input.Achievement)]);
        else if (!achievement.Flags.Contains(AchievementFlag.ServiceAchievement)) ModelState.AddModelError("Input.Achievement", text["Problem.NoServiceAchievement"]);
        var mode = typed.Choice<ContractKind>(nameof(Input.Mode), Input.Mode);
        var price = typed.Number(nameof(Input.Price), Input.Price, 4);
        var from = typed.Date(nameof(Input.From), Input.From);
        var until = typed.Date(nameof(Input.Until), Input.Until);
        var taker = ListingRules.CleanLine(Input.Taker);
        foreach (var (field, there) in new[] { (nameof(Input.Mode), mode is not null), (nameof(Input.Price), price is not null), (nameof(Input.From), from is not null), (nameof(Input.Until), until is not null), (nameof(Input.Taker), taker.Length > 0) })
            if (!there && typed.Problems.All(p => p.Field != field)) typed.Add(field, "Missing");
        if (price is <= 0 or > ListingContent.MaxMoney) typed.Add(nameof(Input.Price), "AmountOutOfRange", price, ListingContent.MaxMoney);
        if (taker.Length > ContractContent.MaxName) typed.Add(nameof(Input.Taker), "TooLong", taker.Length, ContractContent.MaxName);
        if (from < calendar.Today) typed.Add(nameof(Input.From), "DayTooEarly", from, calendar.Today);
        if (from is { } first && until is { } last && PriceNotice.DaysOf(first, last) is < PriceNotice.ShortestDays or > PriceNotice.LongestDays) typed.Add(nameof(Input.Until), "NoticeDays", PriceNotice.ShortestDays, PriceNotice.LongestDays);
        words.AddTo(ModelState, typed.Problems, "Input.");
        if (ModelState.IsValid)
        {
            var by = (await current.RequireAsync()).Id;
            var now = clock.GetUtcNow();
            db.PriceNotices.Add(new PriceNotice(achievement!.Id, mode!.Value.ToString(), price!.Value, taker, from!.Value, until!.Value, by, now));
            db.Audit(by, "price-notice.open", $"achievement:{achievement.Id}", now);
            await db.SaveChangesAsync(cancellationToken);
            return Redirect("/staff/price-notices");
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    public Task<IActionResult> OnPostAnswerAsync(int id, int objection, string? answer, CancellationToken cancellationToken) =>
        ChangeAsync(id, answer, (notice, words, by, now) =>
        {
            if (notice.Objections.SingleOrDefault(o => o.Id == objection && o.AnsweredAt is null) is not { } open) return false;
            open.Reply(words, by, now);
            return true;
        }, "price-notice.answer", cancellationToken);

    public Task<IActionResult> OnPostStopAsync(int id, string? answer, CancellationToken cancellationToken) =>
        ChangeAsync(id, answer, (notice, words, _, _) =>
        {
            if (notice.State != PriceNoticeState.Running) return false;
            notice.Stop(words);
            return true;
        }, "price-notice.stop", cancellationToken);

    private async Task<IActionResult> ChangeAsync(int id, string? typed, Func<PriceNotice, string, int, DateTimeOffset, bool> change, string action, CancellationToken cancellationToken)
    {
        if (await db.PriceNotices.Include(n => n.Objections).SingleOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } notice) return NotFound();
        var clean = ListingRules.Clean(typed);
        if (clean.Length is 0 or > PriceNotice.MaxText)
        {
            ModelState.AddModelError("", clean.Length == 0 ? text["Problem.Missing", text["Answer"]] : text["Problem.TooLong", text["Answer"], clean.Length, PriceNotice.MaxText]);
        }
        else
        {
            var by = (await current.RequireAsync()).Id;
            var now = clock.GetUtcNow();
            if (change(notice, clean, by, now))
            {
                db.Audit(by, action, $"price-notice:{id}", now);
                try
                {
                    await db.SaveChangesAsync(cancellationToken);
                    return Redirect("/staff/price-notices");
                }
                catch (DbUpdateConcurrencyException)
                {
                    db.ChangeTracker.Clear();
                }
            }
            ModelState.AddModelError("", text["Overtaken"]);
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var running = await db.PriceNotices.AsNoTracking().Include(n => n.Objections).Where(n => n.State == PriceNoticeState.Running).OrderBy(n => n.Until).ToListAsync(cancellationToken);
        var ids = running.ConvertAll(n => n.AchievementId);
        var titles = await db.Achievements.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Title, cancellationToken);
        Running = running.ConvertAll(n => new Row(n, titles[n.AchievementId]));
    }

    public sealed record Row(PriceNotice Notice, string Title);

    public sealed class InputModel
    {
        public string? Achievement { get; set; }
        public string? Mode { get; set; }
        public string? Price { get; set; }
        public string? Taker { get; set; }
        public string? From { get; set; }
        public string? Until { get; set; }
    }
}
