using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>What a person wrote and allowed in introductions, and whose contacts were shown to him.</summary>
internal sealed class CasesPart : PersonalDataPart
{
    public override string Key => "Cases";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var notes = await db.CaseNotes.AsNoTracking().Where(n => n.AuthorId == person.Id).OrderByDescending(n => n.At).ToListAsync(cancellationToken);
        var consents = await db.CaseConsents.AsNoTracking().Where(c => c.ById == person.Id).OrderByDescending(c => c.At).ToListAsync(cancellationToken);
        var readings = await db.ContactReadings.AsNoTracking().Where(r => r.ReaderId == person.Id).OrderByDescending(r => r.At).ToListAsync(cancellationToken);
        return
        [
            .. notes.Select(n => new PersonalRecord(new("At", Moments.Of(n.At)), new("Kind", "Message"), new("Number", Number(n.CaseId)), new("About", n.Text))),
            .. consents.Select(c => new PersonalRecord(new("At", Moments.Of(c.At)), new("Kind", "Consent"), new("Number", Number(c.CaseId)), new("About", $"{c.Layer}, {c.Purpose}"), new("Remark", Moments.Of(c.WithdrawnAt)))),
            .. readings.Select(r => new PersonalRecord(new("At", Moments.Of(r.At)), new("Kind", "ContactReading"), new("Number", Number(r.ListingId)))),
        ];
    }

    /// <summary>Messages are the person's own words and go; consents and showings are the other side's proof and hold numbers only.</summary>
    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var note in await db.CaseNotes.Where(n => n.AuthorId == person.Id).ToListAsync(cancellationToken)) note.Forget();
    }

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Contracts that a person entered or moved on, and follow-ups he answered.</summary>
internal sealed class ContractsPart : PersonalDataPart
{
    public override string Key => "Contracts";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var steps = await db.ContractSteps.AsNoTracking().Where(s => s.ById == person.Id).OrderByDescending(s => s.At).Select(s => new { s.At, s.ContractId, s.To }).ToListAsync(cancellationToken);
        var answers = await db.FollowUps.AsNoTracking().Where(f => f.AnsweredById == person.Id).OrderByDescending(f => f.AnsweredAt).ToListAsync(cancellationToken);
        return
        [
            .. steps.Select(s => new PersonalRecord(new("At", Moments.Of(s.At)), new("Step", s.To.ToString()), new("Number", s.ContractId.ToString(CultureInfo.InvariantCulture)))),
            .. answers.Select(f => new PersonalRecord(new("At", Moments.Of(f.AnsweredAt)), new("Step", "FollowUp"), new("Number", f.ContractId.ToString(CultureInfo.InvariantCulture)), new("Remark", f.Remark))),
        ];
    }

    public override Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
}
