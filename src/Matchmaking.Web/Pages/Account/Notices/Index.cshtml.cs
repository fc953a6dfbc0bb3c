using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Notices;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account.Notices;

/// <summary>Which mails I get: how often by kind, and my saved searches and follows.</summary>
[Authorize]
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, MailPreferences preferences, Follows follows, IStringLocalizer<ToldText> text) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    /// <summary>Frequencies by the name of the kind; what is not sent stays as it was.</summary>
    [BindProperty]
    public Dictionary<string, string> Choice { get; set; } = [];

    public MailWishes Wishes { get; private set; } = null!;
    public IReadOnlyList<SavedSearch> Searches { get; private set; } = [];
    public IReadOnlyList<FollowedThing> Followed { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public MailFrequency Frequency(NoticeKind kind) => Wishes.Kinds.GetValueOrDefault(kind, NoticeKinds.Default(kind)) is var chosen && NoticeKinds.Choices(kind).Contains(chosen) ? chosen : MailFrequency.AtOnce;

    public async Task<IActionResult> OnPostChoicesAsync(CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        foreach (var kind in Enum.GetValues<NoticeKind>().Where(NoticeKinds.HasOwnChoice))
        {
            if (!Choice.TryGetValue(kind.ToString(), out var name) || Read(name) is not { } frequency || !NoticeKinds.Choices(kind).Contains(frequency)) continue;
            if (await db.MailChoices.FindAsync([user.Id, kind], cancellationToken) is { } known) known.Choose(frequency);
            else if (frequency != NoticeKinds.Default(kind)) db.MailChoices.Add(new MailChoice(user.Id, kind, frequency));
        }
        await db.SaveChangesAsync(cancellationToken);
        await preferences.ReconsiderAsync(user.Id, cancellationToken);
        return DoneWith("Done.Choices");
    }

    /// <summary>From the page of a record: the record itself, its named owner, or its field.</summary>
    public async Task<IActionResult> OnPostFollowAsync(string number, string what, CancellationToken cancellationToken) =>
        await AnswerAsync(await follows.AddAsync(number, what, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostFieldAsync(string field, CancellationToken cancellationToken) =>
        Enum.TryParse<TechnologyField>(field, out var known) && Enum.IsDefined(known) ? await AnswerAsync(await follows.AddFieldAsync(known, cancellationToken), cancellationToken) : NotFound();

    public async Task<IActionResult> OnPostFrequencyAsync(int id, string frequency, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } follow || Read(frequency) is not { } chosen) return NotFound();
        follow.Choose(chosen);
        await db.SaveChangesAsync(cancellationToken);
        await preferences.ReconsiderAsync(follow.UserId, cancellationToken);
        return DoneWith("Done.Frequency");
    }

    public async Task<IActionResult> OnPostUnfollowAsync(int id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } follow) return NotFound();
        db.Follows.Remove(follow);
        await db.SaveChangesAsync(cancellationToken);
        return DoneWith("Done.Unfollowed");
    }

    private async Task<IActionResult> AnswerAsync(bool? added, CancellationToken cancellationToken)
    {
        if (added is false) return NotFound();
        if (added is true) return DoneWith("Done.Followed");
        ModelState.AddModelError("", text["Follow.TooMany", Follow.Most]);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task<Follow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        var user = current.Id ?? 0;
        return await db.Follows.SingleOrDefaultAsync(f => f.Id == id && f.UserId == user, cancellationToken);
    }

    private RedirectResult DoneWith(string done)
    {
        Done = done;
        return Redirect("/account/notices");
    }

    private static MailFrequency? Read(string? name) => Enum.TryParse<MailFrequency>(name, out var frequency) && Enum.IsDefined(frequency) ? frequency : null;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        Wishes = await preferences.OfAsync(user.Id, cancellationToken);
        Searches = await db.SavedSearches.AsNoTracking().Where(s => s.UserId == user.Id).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var rows = await (from follow in db.Follows.AsNoTracking()
                          where follow.UserId == user.Id
                          join listing in db.Listings on follow.ListingId equals listing.Id into listings
                          from listing in listings.DefaultIfEmpty()
                          join organization in db.Organizations on follow.OrganizationId equals organization.Id into organizations
                          from organization in organizations.DefaultIfEmpty()
                          orderby follow.Id
                          select new { Follow = follow, Listing = listing, Organization = organization == null ? null : organization.Name }).ToListAsync(cancellationToken);
        // Of a record that is public no more its number alone is shown.
        Followed = [.. rows.Select(r => new FollowedThing(r.Follow,
            r.Listing is { IsPublic: true } ? r.Listing.Title : r.Listing?.Number ?? r.Organization ?? "", r.Listing is { IsPublic: true } ? Web.Listings.ListingAddresses.Public(r.Listing) : null, r.Listing is { IsPublic: false }))];
    }

    /// <param name="Name">Title, number or organisation; empty for a field.</param>
    /// <param name="Gone">A record that is not public any more.</param>
    public sealed record FollowedThing(Follow Follow, string Name, string? Href, bool Gone);
}
