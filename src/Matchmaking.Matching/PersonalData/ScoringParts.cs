using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>The person as an expert and as somebody who objected. Scores stay under a number, because an order hangs on them; names, declared ties and words go.</summary>
internal sealed class ScoringPart : PersonalDataPart
{
    public override string Key => "Scoring";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var expert = await db.Experts.AsNoTracking().SingleOrDefaultAsync(e => e.UserId == person.Id, cancellationToken);
        var sheets = await db.ScoreSheets.AsNoTracking().Include(s => s.Entry.Listing).Where(s => s.Invitation.Expert.UserId == person.Id).OrderByDescending(s => s.Id).ToListAsync(cancellationToken);
        var objections = await OwnAsync(db.Objections.AsNoTracking().Include(o => o.Entry.Listing), person, cancellationToken);
        var diagnoses = await db.Triages.AsNoTracking().Include(t => t.Need).Where(t => t.ExpertId == person.Id).OrderByDescending(t => t.Id).ToListAsync(cancellationToken);
        return
        [
            .. expert is null ? (PersonalRecord[])[] : [new PersonalRecord(new("Fields", string.Join(", ", expert.Fields)), new("CoAuthors", string.Join(", ", expert.CoAuthors)), new("Since", Moments.Of(expert.AddedAt)))],
            .. sheets.Select(s => new PersonalRecord(new("PublicNumber", s.Entry.Listing.Number ?? ""), new("State", s.State.ToString()), new("Scores", string.Join(", ", s.Scores.Select(x => $"{x.Code} {x.Value}"))), new("Remark", s.Remark), new("At", Moments.Of(s.SubmittedAt ?? s.SavedAt)))),
            .. diagnoses.Select(t => new PersonalRecord(new("PublicNumber", t.Need.Number ?? ""), new("State", t.Diagnosis.ToString()), new("Remark", t.Opinion), new("At", Moments.Of(t.OpinionAt ?? t.DeclinedAt ?? t.At)))),
            .. objections.Select(o => new PersonalRecord(new("Number", o.Serial ?? ""), new("PublicNumber", o.Entry.Listing.Number ?? ""), new("Name", o.Name), new("Mail", o.Email), new("Reason", o.Grounds), new("Details", o.Evidence), new("At", Moments.Of(o.FiledAt)))),
        ];
    }

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.Experts.SingleOrDefaultAsync(e => e.UserId == person.Id, cancellationToken) is { } expert) expert.Forget();
        foreach (var sheet in await db.ScoreSheets.Where(s => s.Invitation.Expert.UserId == person.Id).ToListAsync(cancellationToken)) sheet.Forget();
        foreach (var diagnosis in await db.Triages.Where(t => t.ExpertId == person.Id).ToListAsync(cancellationToken)) diagnosis.ForgetExpert();
        foreach (var objection in await OwnAsync(db.Objections, person, cancellationToken)) objection.Forget();
    }

    private static Task<List<Objection>> OwnAsync(IQueryable<Objection> objections, User person, CancellationToken cancellationToken)
    {
        var mail = person.Email ?? "";
        return objections.Where(o => o.UserId == person.Id || (mail != "" && o.Email == mail)).OrderByDescending(o => o.Id).ToListAsync(cancellationToken);
    }
}
