using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>The person as one who reports the plan's numbers for a department. What was reported stays under a number, because figures rest on it.</summary>
internal sealed class ReportingPart : PersonalDataPart
{
    public override string Key => "Reporting";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var member = await db.DepartmentMembers.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == person.Id, cancellationToken);
        var returns = await db.DepartmentReturns.AsNoTracking().Where(r => r.WrittenById == person.Id || r.CheckedById == person.Id).OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
        return
        [
            .. member is null ? (PersonalRecord[])[] : [new PersonalRecord(new("Name", member.Department), new("Since", Moments.Of(member.AddedAt)))],
            .. returns.Select(r => new PersonalRecord(new("Number", $"{r.Department} {r.Period}"), new("State", r.State.ToString()), new("At", Moments.Of(r.WrittenAt ?? r.StartedAt)))),
        ];
    }

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.DepartmentMembers.SingleOrDefaultAsync(m => m.UserId == person.Id, cancellationToken) is { } member) db.DepartmentMembers.Remove(member);
    }
}
