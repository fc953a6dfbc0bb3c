using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>Records that name the person as the one to ask. On deletion they name whom he named instead, or nobody, and his colleagues are told.</summary>
internal sealed class ContactPart : PersonalDataPart
{
    public override string Key => "Contacts";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken) =>
        [.. (await Own(db, person).AsNoTracking().OrderByDescending(l => l.Id).ToListAsync(cancellationToken)).Where(l => Names(l.Contact, person)).Select(l => new PersonalRecord(
            new("Title", l.Title), new("PublicNumber", l.Number ?? ""), new("State", l.State.ToString()), new("ContactName", l.Contact.Name), new("ContactPhone", l.Contact.Phone), new("ContactMail", l.Contact.Mail)))];

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var colleagues = person.Membership == Membership.Member
            ? await db.Users.Where(u => u.OrganizationId == person.OrganizationId && u.Membership == Membership.Member && u.Id != person.Id).Select(u => u.Id).ToListAsync(cancellationToken) : [];
        var listings = (await Own(db, person).ToListAsync(cancellationToken)).Where(l => Names(l.Contact, person)).ToList();
        foreach (var listing in listings)
        {
            listing.ReplaceContact(farewell.Replacement, person.Id, at);
            db.Audit(person.Id, "listing.contact-gone", PublishListing.Subject(listing), at);
            if (farewell.Replacement != Contact.Empty) continue;
            foreach (var colleague in colleagues) db.Tell(colleague, NoticeKind.ContactMissing, Address(listing), at, listing.Title, listing.Number ?? "");
        }
        if (person.OrganizationId is { } organization && person.Membership == Membership.Member && colleagues.Count == 0) await LeaveAsync(db, organization, person.Id, farewell, at, cancellationToken);
    }

    /// <summary>Nobody is left who could change the organisation's public records: they are taken off, or staff are told.</summary>
    private static async Task LeaveAsync(MatchmakingDbContext db, int organizationId, int by, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var records = await db.Listings.Include(l => l.Revisions).Where(l => l.OrganizationId == organizationId && ListingStates.Public.Contains(l.State)).ToListAsync(cancellationToken);
        var staff = farewell.Withdraw || records.Count == 0 ? [] : await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Staff select held.UserId).ToListAsync(cancellationToken);
        foreach (var listing in records)
        {
            if (farewell.Withdraw && listing.May(ListingAct.Withdraw))
            {
                listing.Withdraw(by, at);
                db.Audit(by, "listing.withdraw", PublishListing.Subject(listing), at);
            }
            foreach (var one in staff) db.Tell(one, NoticeKind.ContactMissing, $"/staff/review/{listing.Id.ToString(CultureInfo.InvariantCulture)}", at, listing.Title, listing.Number ?? "");
        }
    }

    /// <summary>Records among which his may be: of his organisation, written by him, or with his mail.</summary>
    private static IQueryable<Listing> Own(MatchmakingDbContext db, User person)
    {
        var organization = person.OrganizationId ?? 0;
        var mail = person.Email ?? "";
        return db.Listings.Where(l => l.OrganizationId == organization || l.AuthorId == person.Id || (mail != "" && l.Contact.Mail == mail));
    }

    /// <summary>One of the three is his. A colleague as contact of a record that he wrote is not his data.</summary>
    internal static bool Names(Contact contact, User person)
    {
        static string Bare(string? text) => new([.. (text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-').Select(char.ToLowerInvariant)]);
        var (name, phone, mail) = (Bare(person.DisplayName), Bare(person.PhoneNumber), Bare(person.Email));
        return (mail.Length > 0 && Bare(contact.Mail) == mail) || (phone.Length > 0 && Bare(contact.Phone) == phone) || (name.Length > 1 && Bare(contact.Name).Contains(name, StringComparison.Ordinal));
    }

    private static string Address(Listing listing) => $"/my/{(listing is Need ? "needs" : "achievements")}/{listing.Id.ToString(CultureInfo.InvariantCulture)}/view";
}

/// <summary>What the person did to records, with the remarks he wrote and the files he put there. The steps stay under his number.</summary>
internal sealed class StepsPart : PersonalDataPart
{
    public override string Key => "Steps";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var steps = await db.ListingSteps.AsNoTracking().Where(s => s.ById == person.Id)
            .Select(s => new { s.At, s.Listing.Title, s.From, s.To, s.Remark }).ToListAsync(cancellationToken);
        var files = await db.Attachments.AsNoTracking().Where(a => a.ById == person.Id).Select(a => new { a.At, a.Listing.Title, a.FileName }).ToListAsync(cancellationToken);
        return [.. steps.Select(s => (s.At, new PersonalRecord(new("At", Moments.Of(s.At)), new("Title", s.Title), new("Step", $"{s.From} → {s.To}"), new("Remark", s.Remark ?? ""))))
            .Concat(files.Select(f => (f.At, new PersonalRecord(new("At", Moments.Of(f.At)), new("Title", f.Title), new("File", f.FileName))))).OrderByDescending(r => r.At).Select(r => r.Item2)];
    }

    public override Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Grades of pairs that a broker gave: they train and test the ranking and stay under his number.</summary>
internal sealed class GradesPart : PersonalDataPart
{
    public override string Key => "Grades";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken) =>
        [.. (await db.Grades.AsNoTracking().Where(g => g.GraderId == person.Id).OrderByDescending(g => g.At).ToListAsync(cancellationToken)).Select(g => new PersonalRecord(
            new("At", Moments.Of(g.At)), new("Match", g.MatchId.ToString(CultureInfo.InvariantCulture)), new("Grade", g.Value.ToString(CultureInfo.InvariantCulture)), new("Reason", g.Reason)))];

    public override Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
}
