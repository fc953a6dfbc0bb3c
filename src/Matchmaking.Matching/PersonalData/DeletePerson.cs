using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.PersonalData;

public enum DeletionOutcome { Done, OnlyAdministrator, Changed }

/// <summary>What a person should know before he deletes his data.</summary>
/// <param name="Alone">He is the organisation's last member.</param>
/// <param name="PublicRecords">The organisation's records that everybody can read.</param>
/// <param name="OnlyAdministrator">Nobody would be left to look after accounts; another has to be named first.</param>
public sealed record DeletionOutlook(bool Alone, int PublicRecords, bool OnlyAdministrator);

/// <summary>Takes a person out of everything the platform holds, in one transaction, and writes down under his number that it was done.</summary>
public sealed class DeletePerson(MatchmakingDbContext db, IEnumerable<PersonalDataPart> parts, TimeProvider time)
{
    public async Task<DeletionOutlook> LookAsync(User person, CancellationToken cancellationToken)
    {
        var administrators = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Administrator select held.UserId).ToListAsync(cancellationToken);
        var only = administrators is [var one] && one == person.Id;
        if (person is not { Membership: Membership.Member, OrganizationId: { } organization }) return new DeletionOutlook(false, 0, only);
        var alone = !await db.Users.AnyAsync(u => u.OrganizationId == organization && u.Membership == Membership.Member && u.Id != person.Id, cancellationToken);
        var records = await db.Listings.CountAsync(l => l.OrganizationId == organization && ListingStates.Public.Contains(l.State), cancellationToken);
        return new DeletionOutlook(alone, records, only);
    }

    public async Task<DeletionOutcome> RunAsync(int userId, Farewell farewell, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.ChangeTracker.Clear();
        var person = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if ((await LookAsync(person, cancellationToken)).OnlyAdministrator) return DeletionOutcome.OnlyAdministrator;
        var at = time.GetUtcNow();
        // The account last: the others find their records by its name, mail and phone.
        foreach (var part in parts.OrderBy(p => p is AccountPart)) await part.ForgetAsync(db, person, farewell, at, cancellationToken);
        db.Audit(userId, "user.delete", $"user:{userId.ToString(CultureInfo.InvariantCulture)}", at);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A colleague was just changing a record that names him.
            return DeletionOutcome.Changed;
        }
        await transaction.CommitAsync(cancellationToken);
        return DeletionOutcome.Done;
    }
}

public static class PersonalDataRegistration
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services)
    {
        services.AddScoped<DeletePerson>();
        return services.AddPersonalDataPart<AccountPart>().AddPersonalDataPart<MembershipPart>().AddPersonalDataPart<ContactPart>().AddPersonalDataPart<StepsPart>()
            .AddPersonalDataPart<GradesPart>().AddPersonalDataPart<NoticesPart>().AddPersonalDataPart<SubscriptionsPart>().AddPersonalDataPart<AuditPart>()
            .AddPersonalDataPart<CasesPart>().AddPersonalDataPart<ContractsPart>().AddPersonalDataPart<ScoringPart>().AddPersonalDataPart<ReportingPart>();
    }

    public static IServiceCollection AddPersonalDataPart<TPart>(this IServiceCollection services) where TPart : PersonalDataPart => services.AddSingleton<PersonalDataPart, TPart>();
}
