using System.Net.Mail;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Lists;

/// <summary>
/// An objection to an entry in notice: named, with evidence. Whoever is signed in with a confirmed address has objected with the click; everybody else gets a
/// mail with a link, and only then it counts.
/// </summary>
public sealed class ObjectModel(
    MatchmakingDbContext db, ReadAnnualLists read, HandleObjections objections, CurrentUser current, TimeProvider time, RoundsWords words, Mailer mailer, ILogger<ObjectModel> log,
    IStringLocalizer<RoundsText> text) : PageModel
{
    /// <summary>Unconfirmed objections of one address and day; more would be mails to somebody who did not ask for them.</summary>
    private const int MostADay = 3;

    [BindProperty]
    public ObjectInput Input { get; set; } = new();

    public AnnualList List { get; private set; } = null!;
    public ListRound? Round { get; private set; }
    public IReadOnlyList<AnnualListEntry> Entries { get; private set; } = [];

    /// <summary>The address that needs no mail; null for everybody else.</summary>
    public string? OwnEmail { get; private set; }
    public bool Sent { get; private set; }

    /// <summary>The number of the objection that counts already.</summary>
    public string? Serial { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, string kind, string? entry, CancellationToken cancellationToken)
    {
        if (!await FindAsync(year, kind, cancellationToken)) return NotFound();
        Input.Entry = Entries.FirstOrDefault(e => e.Listing.Number == entry)?.Listing.Number;
        Input.Name = (await current.GetAsync())?.DisplayName;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int year, string kind, CancellationToken cancellationToken)
    {
        if (!await FindAsync(year, kind, cancellationToken)) return NotFound();
        var entry = Entries.FirstOrDefault(e => e.Listing.Number == Input.Entry);
        if (entry is null) ModelState.AddModelError("Input.Entry", text["Object.Entry.Missing"]);
        var own = OwnEmail;
        var filled = new ObjectionText(
            Read(Input.Name, "Input.Name", "Object.Name.Missing", Objection.MaxName), own ?? Read(Input.Email, "Input.Email", "Object.Email.Missing", Objection.MaxEmail),
            Read(Input.Grounds, "Input.Grounds", "Object.Grounds.Missing", Objection.MaxGrounds), Read(Input.Evidence, "Input.Evidence", "Object.Evidence.Missing", Objection.MaxGrounds));
        if (own is null && filled.Email.Length > 0 && (!MailAddress.TryCreate(filled.Email, out var address) || address.Address != filled.Email)) ModelState.AddModelError("Input.Email", text["Object.Email.NotOne", ListRoundInput.Shown(filled.Email)]);
        if (Round is null) ModelState.AddModelError("", List.NoticeFrom is { } from && List.NoticeUntil is { } until ? words.Problem("ObjectionsOver", [from, until]) : text["Object.None"]);
        if (!ModelState.IsValid) return Again();

        var at = time.GetUtcNow();
        var dayAgo = at.AddDays(-1);
        if (own is null && await db.Objections.CountAsync(o => o.Email == filled.Email && o.State == ObjectionState.Unconfirmed && o.FiledAt > dayAgo, cancellationToken) >= MostADay)
        {
            ModelState.AddModelError("Input.Email", text["Object.Many", MostADay]);
            return Again();
        }
        try
        {
            var objection = new Objection(Round!, entry!, filled, own is null ? null : current.Id, at);
            db.Objections.Add(objection);
            var key = own is null ? objection.MakeKey() : null;
            db.Audit(objection.UserId, "objection.file", AdvanceListRound.Subject(Round!), at);
            if (key is null) await objections.ConfirmAsync(objection, at, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (key is not null && !await MailAsync(objection, key, cancellationToken)) return Again();
            (Sent, Serial) = (key is not null, objection.Serial);
            return Page();
        }
        catch (ListRoundRefusedException refused)
        {
            ModelState.AddModelError(refused.Code == "EntryGone" ? "Input.Entry" : "", words.Refusal(refused));
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", text["Object.Again"]);
        }
        return Again();
    }

    private async Task<bool> MailAsync(Objection objection, string key, CancellationToken cancellationToken)
    {
        try
        {
            var link = $"{Request.Scheme}://{Request.Host}/lists/objections/{key}";
            await mailer.SendAsync(objection.Email, text["Mail.Confirm.Subject"], text["Mail.Confirm", words.Name(Round!), link, Round!.Calendar.NoticeUntil.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)], cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The kind only: the text may hold the address.
            log.LogWarning("An objection's mail did not go: {Failure}", failure.GetType().Name);
            db.Objections.Remove(objection);
            await db.SaveChangesAsync(cancellationToken);
            ModelState.AddModelError("Input.Email", text["Object.NoMail"]);
            return false;
        }
    }

    private PageResult Again()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private string Read(string? typed, string field, string missing, int most)
    {
        var clean = ListingRules.Clean(typed);
        if (clean.Length == 0) ModelState.AddModelError(field, text[missing]);
        if (clean.Length > most) ModelState.AddModelError(field, text["Reason.TooLong", clean.Length, most]);
        return clean;
    }

    private async Task<bool> FindAsync(int year, string kind, CancellationToken cancellationToken)
    {
        if (ListAddress.Kind(kind) is not { } listKind || await read.FindPublicAsync(year, listKind, time.Today(), cancellationToken) is not { State: not AnnualListState.Published } list) return false;
        List = list;
        Round = await objections.FindRoundAsync(list.Id, time.Today(), cancellationToken);
        if (Round is null && !await db.ListRounds.AnyAsync(r => r.ListId == list.Id && r.Phase != ListRoundPhase.Cancelled, cancellationToken)) return false;
        Entries = Round is null
            ? await db.AnnualListEntries.AsNoTracking().Include(e => e.Listing).Where(e => e.ListId == list.Id && e.State == AnnualListEntryState.In && ListingStates.Public.Contains(e.Listing.State)).OrderBy(e => e.Position).ToListAsync(cancellationToken)
            : [.. Round.List!.Listed.Where(e => e.Listing.IsPublic)];
        OwnEmail = await current.GetAsync() is { EmailConfirmed: true, Email: { } email } ? email : null;
        return true;
    }

    public sealed class ObjectInput
    {
        public string? Entry { get; set; }
        public string? Name { get; set; }
        public string? Email { get; set; }
        public string? Grounds { get; set; }
        public string? Evidence { get; set; }
    }
}
