using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>Introductions of the demonstration's broker in several stages, made by the ordinary acts; once, and only while there are none.</summary>
public sealed class DemoCases(MatchmakingDbContext db, Introductions introductions, Meetings meetings, TimeProvider time)
{
    private const int OfEachSide = 5;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (await db.Cases.AnyAsync(cancellationToken)) return;
        var people = await db.Users.Where(u => u.Email == "enterprise@demo.test" || u.Email == "researcher@demo.test" || u.Email == "broker@demo.test").ToDictionaryAsync(u => u.Email!, cancellationToken);
        var (firm, professor, broker) = (people["enterprise@demo.test"], people["researcher@demo.test"], people["broker@demo.test"]);
        await RegisterAsync(broker.Id, cancellationToken);
        var good = db.Matches.Where(m => m.CurrentGrade >= Case.LowestGrade && ListingStates.Searchable.Contains(m.Need.State) && ListingStates.Searchable.Contains(m.Achievement.State) && m.Need.OrganizationId != m.Achievement.OrganizationId);
        await BringTogetherAsync(firm.Id, professor.Id, broker.Id, cancellationToken);
        var ofFirm = await good.Where(m => m.Need.OrganizationId == firm.OrganizationId && m.Achievement.OrganizationId != professor.OrganizationId).OrderBy(m => m.Id).Take(OfEachSide).Select(m => m.Id).ToListAsync(cancellationToken);
        var ofProfessor = await good.Where(m => m.Achievement.OrganizationId == professor.OrganizationId && m.Need.OrganizationId != firm.OrganizationId).OrderBy(m => m.Id).Take(OfEachSide).Select(m => m.Id).ToListAsync(cancellationToken);
        for (var i = 0; i < ofFirm.Count; i++)
        {
            if (await ProposeAsync(ofFirm[i], broker.Id, cancellationToken) is { } id) await LeaveAsync(id, i % 4, CaseSide.Need, firm.Id, broker.Id, cancellationToken);
        }
        for (var i = 0; i < ofProfessor.Count; i++)
        {
            if (await ProposeAsync(ofProfessor[i], broker.Id, cancellationToken) is { } id) await LeaveAsync(id, i % 4, CaseSide.Achievement, professor.Id, broker.Id, cancellationToken);
        }
    }

    private async Task RegisterAsync(int brokerId, CancellationToken cancellationToken)
    {
        var profile = new BrokerProfile(brokerId);
        profile.Describe(BrokerLevel.Middle, [TechnologyField.NewMaterials, TechnologyField.NewEnergy], ["220100", "220200"]);
        profile.Trainings.Add(new BrokerTraining(brokerId, "技术经理人培训班（示例）", new DateOnly(2025, 9, 12), 40));
        db.BrokerProfiles.Add(profile);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int?> ProposeAsync(int matchId, int brokerId, CancellationToken cancellationToken) =>
        (await introductions.ProposeAsync(matchId, brokerId, cancellationToken)) is { Done: true } made ? made.CaseId : null;

    /// <summary>Both sides have an account here: the firm asked, the broker took it, both have consented, and a meeting is fixed. A second request waits for a broker.</summary>
    private async Task BringTogetherAsync(int firm, int professor, int broker, CancellationToken cancellationToken)
    {
        var ofFirm = new Interest([CooperationMode.JointDevelopment], "样机能否先在我们的产线上试用", "碳纤维生产企业，有一条中试线（示例）");
        if (await MatchOfAsync("N02", "A01", cancellationToken) is { } second) await introductions.RequestAsync(second, CaseSide.Achievement, new Interest([CooperationMode.TechnicalService], "", "八人的课题组（示例）"), professor, null, cancellationToken);
        if (await MatchOfAsync("N01", "A01", cancellationToken) is not { } match) return;
        if (await introductions.RequestAsync(match, CaseSide.Need, ofFirm, firm, broker, cancellationToken) is not { Done: true }) return;
        var id = await db.Cases.Where(c => c.MatchId == match).Select(c => c.Id).SingleAsync(cancellationToken);
        await introductions.AcceptAsync(id, broker, (4, "对象与工序一致，幅宽温差满足要求（示例）"), cancellationToken);
        await introductions.PushAsync(id, broker, cancellationToken);
        await introductions.SayInterestedAsync(id, CaseSide.Achievement, new Interest([CooperationMode.JointDevelopment, CooperationMode.TechnicalService], "现场的供电条件", "八人的课题组（示例）"), professor, cancellationToken);
        await introductions.ConsentAsync(id, CaseSide.Need, [CaseLayer.Contact], ConsentPurpose.Cooperation, "本次对接的成果方", firm, cancellationToken);
        await introductions.ConsentAsync(id, CaseSide.Achievement, [CaseLayer.Contact, CaseLayer.Documents], ConsentPurpose.TechnicalTalks, "本次对接的需求方", professor, cancellationToken);
        await introductions.ShowAsync(id, CaseSide.Achievement, CaseLayer.Contact, firm, cancellationToken);
        await introductions.WriteAsync(id, null, false, "双方都已同意，下周先在线上谈一次。", broker, cancellationToken);
        var day = ProvinceDay();
        await meetings.ProposeAsync(id, [day, day.AddDays(1)], TimeSpan.FromMinutes(60), "线上会议", broker, cancellationToken);
        var meeting = await db.Meetings.AsNoTracking().Include(m => m.Times).SingleAsync(m => m.CaseId == id, cancellationToken);
        var times = meeting.Times.Select(t => t.Id).ToList();
        await meetings.ChooseAsync(id, meeting.Id, CaseSide.Need, times, firm, cancellationToken);
        await meetings.ChooseAsync(id, meeting.Id, CaseSide.Achievement, times, professor, cancellationToken);
    }

    /// <summary>The match of two samples, made when the ranker has not found it yet; null when one of them is not public.</summary>
    private async Task<int?> MatchOfAsync(string needKey, string achievementKey, CancellationToken cancellationToken)
    {
        var (needSample, achievementSample) = (SampleImporter.KeyOf(needKey), SampleImporter.KeyOf(achievementKey));
        var need = await db.Needs.Where(l => l.CreationKey == needSample && ListingStates.Searchable.Contains(l.State)).Select(l => (int?)l.Id).SingleOrDefaultAsync(cancellationToken);
        var achievement = await db.Achievements.Where(l => l.CreationKey == achievementSample && ListingStates.Searchable.Contains(l.State)).Select(l => (int?)l.Id).SingleOrDefaultAsync(cancellationToken);
        if (need is null || achievement is null) return null;
        if (await db.Matches.SingleOrDefaultAsync(m => m.NeedId == need && m.AchievementId == achievement, cancellationToken) is { } known) return known.Id;
        var match = new Match(need.Value, achievement.Value, time.GetUtcNow());
        db.Matches.Add(match);
        await db.SaveChangesAsync(cancellationToken);
        return match.Id;
    }

    private async Task LeaveAsync(int id, int where, CaseSide side, int person, int broker, CancellationToken cancellationToken)
    {
        if (where == 3) return;
        await introductions.PushAsync(id, broker, cancellationToken);
        if (where == 1) await introductions.SayInterestedAsync(id, side, new Interest([CooperationMode.CommissionedDevelopment], "批量时的成本", "有试验条件的团队（示例）"), person, cancellationToken);
        if (where == 2) await introductions.DeclineAsync(id, side, EndReason.Timing, "今年没有人手，明年再谈。", person, cancellationToken);
    }

    /// <summary>Ten in the morning of the province, a week from now.</summary>
    private DateTimeOffset ProvinceDay() => Matching.ProvinceTime.At(Matching.ProvinceTime.DayOf(time.GetUtcNow()).AddDays(7), 10);
}
