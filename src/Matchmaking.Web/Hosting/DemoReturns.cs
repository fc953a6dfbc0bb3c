using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>The demonstration's department: two people, a quarter that is confirmed, and one that waits for staff.</summary>
public sealed class DemoReturns(MatchmakingDbContext db, DepartmentReturns returns, UserManager<User> users, TimeProvider time)
{
    public const string Writer = "department@demo.test", Checker = "department2@demo.test";

    private const string Department = "省科技厅";

    /// <param name="staff">Who confirms.</param>
    public async Task PrepareAsync(int staff, string password, CancellationToken cancellationToken)
    {
        if (await db.DepartmentReturns.AnyAsync(cancellationToken)) return;
        var people = new List<int>();
        foreach (var (email, name) in new[] { (Writer, "示例填报员甲"), (Checker, "示例审核员甲") }) people.Add(await AddAsync(email, name, staff, password, cancellationToken));
        var ended = Quarters.Ended(time.Today());
        foreach (var (quarter, confirmed) in ended.Take(2).Reverse().Select((q, place) => (q, place == 0)))
        {
            if (await returns.StartAsync(Department, quarter, people[0], cancellationToken) is not { } form) continue;
            var last = await returns.LastValuesAsync(form, cancellationToken);
            ReturnLine[] lines = [.. PlanDepartments.LedBy(Department).Where(i => i.Kind != IndicatorKind.Ratio && last.ContainsKey(i.Code)).Select(i => new ReturnLine(i.Code, last[i.Code], null, null, $"{quarter}季度统计月报（示例）", ""))];
            if (lines.Length == 0) continue;
            await returns.ActAsync(form, "hand", people[0], (f, at) =>
            {
                f.Write(lines, [new ReturnClaim("5-1", "2026220000000001", 120m)], people[0], at);
                f.HandOver(people[0], at);
            }, cancellationToken);
            await returns.ActAsync(form, "check", people[1], (f, at) => f.Check(people[1], at), cancellationToken);
            if (confirmed) await returns.ActAsync(form, "confirm", staff, (f, at) => f.Confirm(staff, at), cancellationToken);
        }
    }

    private async Task<int> AddAsync(string email, string name, int staff, string password, CancellationToken cancellationToken)
    {
        if (await db.Users.SingleOrDefaultAsync(u => u.Email == email, cancellationToken) is not { } user)
        {
            user = User.Create(email, name, time.GetUtcNow());
            user.EmailConfirmed = true;
            await users.CreateAsync(user, password);
        }
        if (!await db.DepartmentMembers.AnyAsync(m => m.UserId == user.Id, cancellationToken)) db.DepartmentMembers.Add(new DepartmentMember(user.Id, Department, staff, time.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        return user.Id;
    }
}
