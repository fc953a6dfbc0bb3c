using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Notices;

/// <summary>Whole: with its titles and numbers. WithoutArguments: that something happened, and where, no more. Nothing: no mail of it.</summary>
public enum Sight { Nothing, WithoutArguments, Whole }

/// <summary>The person a mail would go to, as he stands at this moment.</summary>
/// <param name="OrganizationId">Of whose records he is a member; null while his request waits.</param>
public sealed record NoticeReader(int UserId, int? OrganizationId, IReadOnlySet<string> Roles);

/// <summary>
/// Says for one kind of link what a person may still read of it. A subject with pages of its own (cases, contracts) registers a rule of its own;
/// a link that no rule knows is mailed without arguments.
/// </summary>
public abstract class ReadRule
{
    /// <returns>Null when the link is none of this rule's.</returns>
    public abstract Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken);
}

/// <summary>
/// The one place that asks, at the moment of sending, what of a notice its person may still be told: since the act the record may have been withdrawn, the
/// person locked, gone from the organisation or from his role.
/// </summary>
public sealed class MayStillSee(MatchmakingDbContext db, IEnumerable<ReadRule> rules, TimeProvider time)
{
    /// <summary>A lock after mistyped passwords ends within the hour and must not swallow mails; an administrator's does not end.</summary>
    private static readonly TimeSpan PassingLock = TimeSpan.FromHours(1);

    public async Task<NoticeReader?> ReaderAsync(int userId, CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);
        if (person is null || person.DeletedAt is not null || person.LockoutEnd > time.GetUtcNow() + PassingLock) return null;
        var roles = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == userId select role.Name!).ToListAsync(cancellationToken);
        return new NoticeReader(userId, person.Membership == Membership.Member ? person.OrganizationId : null, roles.ToHashSet());
    }

    public async Task<Sight> AskAsync(NoticeReader? reader, Notice notice, CancellationToken cancellationToken)
    {
        if (reader is null || reader.UserId != notice.UserId) return Sight.Nothing;
        foreach (var rule in rules)
        {
            if (await rule.AskAsync(db, reader, notice, cancellationToken) is { } sight) return sight;
        }
        return Sight.WithoutArguments;
    }
}

/// <summary>The person's own pages: account, inbox, choices.</summary>
public sealed class OwnPagesRule : ReadRule
{
    public override Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken) =>
        Task.FromResult<Sight?>(ReadRules.IsUnder(notice.Link, "/account") || ReadRules.IsUnder(notice.Link, "/inbox") ? Sight.Whole : null);
}

/// <summary>/my/needs/12/…: whoever is a member of its owner now.</summary>
public sealed partial class OwnListingsRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (Address().Match(notice.Link) is not { Success: true } match || !int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var id)) return null;
        var owner = await db.Listings.Where(l => l.Id == id).Select(l => (int?)l.OrganizationId).SingleOrDefaultAsync(cancellationToken);
        return owner is not null && owner == reader.OrganizationId ? Sight.Whole : Sight.Nothing;
    }

    [GeneratedRegex("^/my/(?:needs|achievements)/([0-9]+)(?:[/?#]|$)")]
    private static partial Regex Address();
}

/// <summary>/needs/XQ…: as long as it is public. What a search or a follow found and is gone is not mailed at all.</summary>
public sealed partial class PublicListingsRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (Address().Match(notice.Link) is not { Success: true } match) return null;
        var kind = match.Groups[1].Value == "needs" ? ListingKind.Need : ListingKind.Achievement;
        var number = match.Groups[2].Value;
        var listing = await db.Listings.AsNoTracking().SingleOrDefaultAsync(l => l.Number == number, cancellationToken);
        if (listing is not null && listing.IsPublic && listing.ListingKind == kind) return Sight.Whole;
        return NoticeKinds.IsPersonalised(notice.Kind) ? Sight.Nothing : Sight.WithoutArguments;
    }

    [GeneratedRegex("^/(needs|achievements)/([A-Za-z0-9-]+)(?:[?#]|$)")]
    private static partial Regex Address();
}

/// <summary>The lists of needs and achievements are everybody's.</summary>
public sealed class PublicPagesRule : ReadRule
{
    private static readonly string[] Pages = ["/needs", "/achievements", "/lists", "/plan"];

    public override Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken) =>
        Task.FromResult<Sight?>(Pages.Contains(notice.Link.Split('?', '#')[0]) ? Sight.Whole : null);
}

/// <summary>
/// Folders that a role opens: who has the role no more is told nothing. Staff and administrators see all of their folders; of the others a record may have
/// passed to somebody else, which only its own subject's rule knows, so they are told without arguments. Asked last.
/// </summary>
public sealed class RoleFoldersRule : ReadRule
{
    private static readonly (string Folder, string[] Roles, Sight Sight)[] Folders =
    [
        ("/staff", [Roles.Staff], Sight.Whole), ("/admin", [Roles.Administrator], Sight.Whole),
        ("/desk", [Roles.Broker], Sight.WithoutArguments), ("/office", [Roles.RecommendingOffice], Sight.WithoutArguments),
        ("/my", [Roles.EnterpriseMember, Roles.Researcher], Sight.WithoutArguments),
    ];

    public override Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        foreach (var (folder, roles, sight) in Folders)
        {
            if (ReadRules.IsUnder(notice.Link, folder)) return Task.FromResult<Sight?>(roles.Any(reader.Roles.Contains) ? sight : Sight.Nothing);
        }
        return Task.FromResult<Sight?>(null);
    }
}

public static class ReadRules
{
    public static bool IsUnder(string link, string folder) =>
        link.StartsWith(folder, StringComparison.Ordinal) && (link.Length == folder.Length || link[folder.Length] is '/' or '?' or '#');
}
