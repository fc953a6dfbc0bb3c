using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

public sealed class EditModel(
    MatchmakingDbContext db, CurrentUser current, TimeProvider time, LocalTime local, ProposeEntries propose, Web.Lists.ListPrint print, IStringLocalizer<ListsText> text)
    : ListPageModel(db, current, time, text)
{
    [BindProperty]
    public AddInput Add { get; set; } = new();

    [BindProperty]
    public NoticeInput Notice { get; set; } = new();

    /// <summary>What the last proposal left out, by rule; told once.</summary>
    [TempData]
    public string? LeftOut { get; set; }

    /// <summary>Names of the people in the list's history.</summary>
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();

    public Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => AgainAsync(id, cancellationToken);

    public Task<IActionResult> OnPostProposeAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, "", "", Here(id), async (list, by, at) =>
        {
            var proposal = await propose.RunAsync(list, by, at, cancellationToken);
            LeftOut = string.Join(';', proposal.LeftOut.Select(l => $"{l.Key}:{l.Value.ToString(CultureInfo.InvariantCulture)}"));
            return "";
        }, cancellationToken);

    public Task<IActionResult> OnPostAddAsync(int id, CancellationToken cancellationToken)
    {
        var number = ListingRules.Clean(Add.Number).ToUpperInvariant();
        if (number.Length == 0) ModelState.AddModelError("Add.Number", Text["Number.None"]);
        var reason = ReadReason(Add.Reason, "Add.Reason");
        return ActAsync(id, "list.add", "Add.Number", Here(id), async (list, by, at) =>
        {
            var listing = await Db.Listings.SingleOrDefaultAsync(l => l.Number == number, cancellationToken)
                ?? throw new AnnualListRefusedException("UnknownNumber", Web.Lists.RulesInput.Shown(number));
            list.Add(listing, reason, by, at);
            return number;
        }, cancellationToken);
    }

    public Task<IActionResult> OnPostUpAsync(int id, int entry, CancellationToken cancellationToken) => MoveAsync(id, entry, -1, cancellationToken);

    public Task<IActionResult> OnPostDownAsync(int id, int entry, CancellationToken cancellationToken) => MoveAsync(id, entry, +1, cancellationToken);

    public Task<IActionResult> OnPostNoticeAsync(int id, CancellationToken cancellationToken)
    {
        var from = ReadDay(Notice.From, "Notice.From");
        var until = ReadDay(Notice.Until, "Notice.Until");
        var publishOn = ReadDay(Notice.PublishOn, "Notice.PublishOn");
        return ActAsync(id, "list.start-notice", "Notice.Until", Here(id), (list, by, at) =>
        {
            list.StartNotice(from, until, publishOn, by, at);
            return Task.FromResult($"{Typed(from)} {Typed(until)} {Typed(publishOn)}");
        }, cancellationToken);
    }

    public Task<IActionResult> OnPostProlongAsync(int id, CancellationToken cancellationToken)
    {
        var until = ReadDay(Notice.Until, "Notice.Until");
        var publishOn = ReadDay(Notice.PublishOn, "Notice.PublishOn");
        var reason = ReadReason(Notice.Reason, "Notice.Reason");
        return ActAsync(id, "list.prolong-notice", "Notice.Until", Here(id), (list, by, at) =>
        {
            list.ProlongNotice(until, publishOn, reason, by, at);
            return Task.FromResult($"{Typed(until)} {Typed(publishOn)}");
        }, cancellationToken);
    }

    /// <summary>One of the three signatures; what else was changed meanwhile is told by the version.</summary>
    public Task<IActionResult> OnPostSignAsync(int id, string role, CancellationToken cancellationToken) =>
        ActAsync(id, "list.sign", "", Here(id), (list, by, at) =>
        {
            list.Sign(Enum.TryParse<ListSignRole>(role, out var known) ? known : throw new AnnualListRefusedException("SignOrder", role), by, at);
            return Task.FromResult(role);
        }, cancellationToken);

    /// <summary>Opens a correction of a published list; the one that is open already when there is one.</summary>
    public async Task<IActionResult> OnPostCorrectAsync(int id, CancellationToken cancellationToken)
    {
        var reason = ReadReason(Notice.Reason, "Notice.Reason");
        if (!ModelState.IsValid) return await AgainAsync(id, cancellationToken);
        var list = await Db.AnnualLists.Include(l => l.Entries).SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (list is null) return NotFound();
        if (await LaterAsync(list, cancellationToken) is { } later) return Redirect(Here(later));
        try
        {
            var correction = list.Correct(reason, CurrentId, Now);
            Db.AnnualLists.Add(correction);
            Db.Audit(CurrentId, "list.correct", $"list:{correction.SerialNumber}", Now, list.ContentHash ?? "");
            await Db.SaveChangesAsync(cancellationToken);
            return Redirect(Here(correction.Id));
        }
        catch (AnnualListRefusedException refused)
        {
            ModelState.AddModelError("", Text["Refused." + refused.Code, [.. refused.Arguments]]);
            return await AgainAsync(id, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A second click or a colleague opened it in between; the index let only one in.
            Db.ChangeTracker.Clear();
            if (await LaterAsync(list, cancellationToken) is not { } other) throw;
            return Redirect(Here(other));
        }
    }

    public Task<IActionResult> OnPostFinishAsync(int id, CancellationToken cancellationToken) =>
        ActAsync(id, "list.finish-correction", "", Here(id), (list, by, at) =>
        {
            list.FinishCorrection(by, at);
            return Task.FromResult("");
        }, cancellationToken);

    /// <summary>The edition with names behind anonymous entries, for the office's files.</summary>
    /// <param name="format">docx or pdf for the document to print; otherwise the canonical JSON.</param>
    public async Task<IActionResult> OnGetInternalAsync(int id, string? format, CancellationToken cancellationToken)
    {
        var list = await Db.AnnualLists.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (list?.InternalJson is not { } json) return NotFound();
        Db.Audit(CurrentId, "list.read-internal", $"list:{list.SerialNumber}", Now);
        await Db.SaveChangesAsync(cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return print.File(format ?? "", ListDocument.Parse(json), list.InternalHash!) is { } file
            ? File(file.Bytes, file.Type, $"{list.SerialNumber}-internal.{format}")
            : File(ListDocument.Bytes(json), "application/json; charset=utf-8", $"{list.SerialNumber}-internal.json");
    }

    private Task<int?> LaterAsync(AnnualList list, CancellationToken cancellationToken) =>
        Db.AnnualLists.Where(l => l.Kind == list.Kind && l.Year == list.Year && l.Edition > list.Edition).OrderByDescending(l => l.Edition).Select(l => (int?)l.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Counts by rule, for the banner after a proposal.</summary>
    public IEnumerable<(string Code, int Count)> LeftOutCounts() =>
        (LeftOut ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':'))
            .Select(part => (part[0], int.Parse(part[1], CultureInfo.InvariantCulture)));

    protected override async Task<IActionResult> AgainAsync(int id, CancellationToken cancellationToken)
    {
        if (!await ShowAsync(id, cancellationToken)) return NotFound();
        var ids = List.Steps.Select(s => s.ById).Concat(List.Signs.Select(s => (int?)s.ById)).OfType<int>().Distinct().ToList();
        // Another form of the page may have been sent; this one then stands as it is offered.
        if (Notice is { From: null, Until: null, PublishOn: null })
        {
            var from = List.NoticeFrom ?? local.Today;
            var until = List.NoticeUntil ?? from.AddDays(List.NoticeDays - 1);
            Notice = new NoticeInput { From = Typed(from), Until = Typed(until), PublishOn = Typed(List.PublishAt is { } at ? local.Date(at) : until.AddDays(1)) };
        }
        People = await Db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return Page();
    }

    private Task<IActionResult> MoveAsync(int id, int entryId, int by, CancellationToken cancellationToken) =>
        ActAsync(id, "list.order", "", $"{Here(id)}#e{entryId}", (list, person, at) =>
        {
            var entry = list.Listed.FirstOrDefault(e => e.Id == entryId) ?? throw new AnnualListRefusedException("EntryGone");
            list.Place(entryId, entry.Position + by, "", person, at);
            return Task.FromResult($"entry:{entryId} {entry.Position}");
        }, cancellationToken);

    private static string Here(int id) => $"/staff/lists/{id}";

    private static string Typed(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public sealed class AddInput
    {
        public string? Number { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class NoticeInput
    {
        public string? From { get; set; }
        public string? Until { get; set; }
        public string? PublishOn { get; set; }
        public string? Reason { get; set; }
    }
}
