using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>Name, mail, phone, language, roles.</summary>
internal sealed class AccountPart : PersonalDataPart
{
    public override string Key => "Account";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var roles = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == person.Id orderby role.Name select role.Name!).ToListAsync(cancellationToken);
        return [new PersonalRecord(
            new("Number", person.Id.ToString(CultureInfo.InvariantCulture)), new("Name", person.DisplayName), new("Mail", person.Email ?? ""), new("Phone", person.PhoneNumber ?? ""),
            new("Language", person.Language), new("Roles", string.Join(", ", roles)), new("Since", Moments.Of(person.CreatedAt)))];
    }

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == person.Id).ToListAsync(cancellationToken));
        db.UserClaims.RemoveRange(await db.UserClaims.Where(c => c.UserId == person.Id).ToListAsync(cancellationToken));
        db.UserLogins.RemoveRange(await db.UserLogins.Where(l => l.UserId == person.Id).ToListAsync(cancellationToken));
        db.UserTokens.RemoveRange(await db.UserTokens.Where(t => t.UserId == person.Id).ToListAsync(cancellationToken));
        foreach (var listing in await db.Listings.Where(l => l.BrokerId == person.Id).ToListAsync(cancellationToken)) listing.AssignBroker(null, person.Id, at);
        person.Anonymise(at);
    }
}

/// <summary>The organisation and whether a member. The organisation itself is no personal data and stays.</summary>
internal sealed class MembershipPart : PersonalDataPart
{
    public override string Key => "Membership";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var organization = person.Organization ?? await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == person.OrganizationId, cancellationToken);
        return organization is null ? [] : [new PersonalRecord(new("Organization", organization.Name), new("CreditCode", organization.CreditCode), new("Membership", person.Membership.ToString()))];
    }

    // The account's own part takes the person out of the organisation.
    public override Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Entries of the audit log by and about the person: they hold his number, never his name, and law keeps them.</summary>
internal sealed class AuditPart : PersonalDataPart
{
    public override string Key => "Audit";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var subject = $"user:{person.Id.ToString(CultureInfo.InvariantCulture)}";
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.ActorId == person.Id || e.Subject == subject || e.Details == subject).OrderByDescending(e => e.Id).ToListAsync(cancellationToken);
        return [.. entries.Select(e => new PersonalRecord(new("At", Moments.Of(e.At)), new("Act", e.Action), new("Subject", e.Subject), new("Details", e.Details)))];
    }

    public override Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class Moments
{
    /// <summary>UTC, ISO 8601.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset? at) => at is { } known ? Of(known) : "";
}
