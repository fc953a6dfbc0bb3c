using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>The demonstration's rounds: this year's two lists in scoring, with six invented experts of whom one has done nothing yet.</summary>
public sealed class DemoRounds(MatchmakingDbContext db, UserManager<User> users, AdvanceListRound advance, TimeProvider time)
{
    /// <summary>The one whose account is printed; his sheets wait.</summary>
    public const string Waiting = "expert@demo.test";

    private static readonly (string Email, string Name, string Organization, bool FromFirm)[] People =
    [
        (Waiting, "示例专家甲", "U02", false), ("expert2@demo.test", "示例专家乙", "U03", false), ("expert3@demo.test", "示例专家丙", "U04", false),
        ("expert4@demo.test", "示例专家丁", "E03", true), ("expert5@demo.test", "示例专家戊", "E04", true), ("expert6@demo.test", "示例专家己", "E05", true),
    ];

    /// <summary>Once; after a kill it goes on where it stood.</summary>
    public async Task PrepareAsync(IReadOnlyDictionary<string, Organization> organizations, int year, int staffId, string password, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (email, name, key, firm) in People)
        {
            db.ChangeTracker.Clear();
            if (await db.Experts.AnyAsync(e => e.User.Email == email, cancellationToken)) continue;
            var user = await users.FindByEmailAsync(email);
            if (user is null)
            {
                user = User.Create(email, name, now);
                user.EmailConfirmed = true;
                user.Found((await db.Organizations.FindAsync([organizations[key].Id], cancellationToken))!);
                await users.CreateAsync(user, password);
            }
            await users.AddToRoleAsync(user, firm ? Roles.EnterpriseMember : Roles.Researcher);
            db.Experts.Add(new Expert(user, new ExpertProfile(Enum.GetValues<TechnologyField>(), firm, [], []), staffId, now));
            await db.SaveChangesAsync(cancellationToken);
        }
        foreach (var kind in Enum.GetValues<AnnualListKind>())
        {
            db.ChangeTracker.Clear();
            if (await db.ListRounds.AnyAsync(r => r.Kind == kind && r.Year == year, cancellationToken)) continue;
            var today = ProvinceTime.DayOf(now);
            var calendar = new RoundCalendar(today.AddDays(-30), today.AddDays(-1), today.AddDays(14), today.AddDays(24), today.AddDays(39), today.AddDays(60));
            var rules = ListRoundRules.DefaultOf(kind) with { Places = 12, Quotas = [new ListQuota(QuotaDimension.Field, null, null, 4)] };
            var round = new ListRound(kind, year, "面向全省征集，专家盲评，公示后发布（示例）。", calendar, rules, staffId, now.AddDays(-31));
            db.ListRounds.Add(round);
            await db.SaveChangesAsync(cancellationToken);
            await advance.RunAsync(round.Id, cancellationToken);
            await ScoreAsync(round.Id, now, cancellationToken);
        }
    }

    /// <summary>Invented scores: each entry has a level of its own, each expert is more or less severe.</summary>
    private async Task ScoreAsync(int roundId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var sheets = await db.ScoreSheets.Include(s => s.Round).Include(s => s.Invitation.Expert.User).Where(s => s.RoundId == roundId && s.State == ScoreSheetState.Open && s.Invitation.Expert.User.Email != Waiting).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        foreach (var sheet in sheets)
        {
            var level = 62 + (sheet.EntryId * 7 % 25) + (sheet.Invitation.ExpertId * 5 % 11);
            sheet.Save([.. sheet.Round.Rules.Criteria.Select((c, i) => new CriterionScore(c.Code, level + ((sheet.EntryId + sheet.Invitation.ExpertId + (3 * i)) % 7) - 3))], "", at);
            // Some are kept without being handed in, as it is half-way.
            if (sheet.Id % 4 != 0) sheet.Submit(at);
        }
        await db.SaveChangesAsync(cancellationToken);
    }
}
