using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

/// <summary>Who of a case is told. The arguments of every notice: the reader's own record's title, the other's title, the due day (or nothing); all of them public.</summary>
public sealed class CaseAudience(MatchmakingDbContext db)
{
    /// <summary>So many at most of one organisation, when its record's author is not known.</summary>
    private const int Most = 20;

    /// <summary>The broker's page of the case; the list while it has no number yet.</summary>
    public static string DeskAddress(int caseId) => caseId == 0 ? "/desk/cases" : $"/desk/cases/{caseId}";

    public static string SideAddress(int caseId) => $"/my/cases/{caseId}";

    public void TellBroker(Case about, NoticeKind kind, DateTimeOffset at)
    {
        if (about.BrokerId is { } broker) db.Tell(broker, kind, DeskAddress(about.Id), at, about.Need.Title, about.Achievement.Title, Due(about));
    }

    public async Task TellSideAsync(Case about, CaseSide side, NoticeKind kind, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var person in await PeopleOfAsync(about, side, cancellationToken)) db.Tell(person, kind, SideAddress(about.Id), at, ArgumentsFor(about, side, about.DueOn));
    }

    /// <summary>What a side's notice of a case is about: its own title, the other's, the due day.</summary>
    public static string[] ArgumentsFor(Case about, CaseSide side, DateOnly? due)
    {
        var (own, other) = side == CaseSide.Need ? (about.Need.Title, about.Achievement.Title) : (about.Achievement.Title, about.Need.Title);
        return [own, other, due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""];
    }

    /// <summary>The author of the record and whoever answered; when neither is a member any more, the organisation's members who may answer.</summary>
    public async Task<IReadOnlyList<int>> PeopleOfAsync(Case about, CaseSide side, CancellationToken cancellationToken)
    {
        var role = side == CaseSide.Need ? Roles.EnterpriseMember : Roles.Researcher;
        var party = about.Party(side);
        var author = side == CaseSide.Need ? about.Need.AuthorId : about.Achievement.AuthorId;
        var members = from user in db.Users
                      join held in db.UserRoles on user.Id equals held.UserId
                      join known in db.Roles on held.RoleId equals known.Id
                      where known.Name == role && user.OrganizationId == party.OrganizationId && user.Membership == Membership.Member
                      select user.Id;
        var first = await members.Where(id => id == author || id == party.AnsweredById).ToListAsync(cancellationToken);
        return first.Count > 0 ? first : await members.OrderBy(id => id).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>Who of each side is told, by the rule of <see cref="PeopleOfAsync"/>; one query for all cases.</summary>
    public async Task<IReadOnlyDictionary<(int CaseId, CaseSide Side), IReadOnlyList<int>>> PeopleOfAllAsync(IReadOnlyCollection<Case> cases, CancellationToken cancellationToken)
    {
        var organizations = cases.SelectMany(c => c.Parties).Select(p => (int?)p.OrganizationId).Distinct().ToList();
        string[] roles = [Roles.EnterpriseMember, Roles.Researcher];
        var rows = await (from user in db.Users
                          join held in db.UserRoles on user.Id equals held.UserId
                          join known in db.Roles on held.RoleId equals known.Id
                          where roles.Contains(known.Name) && organizations.Contains(user.OrganizationId) && user.Membership == Membership.Member
                          select new { user.OrganizationId, Role = known.Name, user.Id }).ToListAsync(cancellationToken);
        var members = rows.ToLookup(r => (r.OrganizationId, r.Role), r => r.Id);
        return cases.SelectMany(about => Enum.GetValues<CaseSide>().Select(side =>
        {
            var party = about.Party(side);
            var ids = members[(party.OrganizationId, side == CaseSide.Need ? Roles.EnterpriseMember : Roles.Researcher)].Order().ToList();
            var first = ids.Where(id => id == (side == CaseSide.Need ? about.Need.AuthorId : about.Achievement.AuthorId) || id == party.AnsweredById).ToList();
            return (about.Id, Side: side, People: (IReadOnlyList<int>)(first.Count > 0 ? first : [.. ids.Take(Most)]));
        })).ToDictionary(c => (c.Id, c.Side), c => c.People);
    }

    private static string Due(Case about) => about.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
