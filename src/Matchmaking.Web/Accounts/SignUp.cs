using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Accounts;

public enum SignUpOutcome { Founded, Asked, Refused }

/// <summary>What a new person says of himself and of his organisation; the organisation's data are used only when it is new here.</summary>
public sealed record NewPerson(string Email, string DisplayName, string Password, string CreditCode, string OrganizationName, OrganizationKind Kind, string Region, string Industry, string? Size, Organization? Office = null);

/// <summary>Makes an account. The first of an organisation founds it; everybody after asks to join and is let in by a member.</summary>
public sealed class SignUp(MatchmakingDbContext db, UserManager<User> users, TimeProvider time)
{
    public Task<Organization?> FindAsync(string creditCode, CancellationToken cancellationToken) =>
        db.Organizations.SingleOrDefaultAsync(o => o.CreditCode == creditCode, cancellationToken);

    public async Task<(SignUpOutcome Outcome, User? User, IEnumerable<IdentityError> Errors)> RunAsync(NewPerson person, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var organization = await FindAsync(person.CreditCode, cancellationToken);
        var user = User.Create(person.Email, person.DisplayName, time.GetUtcNow());
        var founded = organization is null;
        if (organization is null)
        {
            organization = new Organization(person.OrganizationName, person.Kind, person.CreditCode, person.Region, person.Industry, person.Size, time.GetUtcNow());
            if (person.Office is not null) organization.PlaceUnder(person.Office);
            db.Organizations.Add(organization);
            user.Found(organization);
        }
        else
        {
            user.AskToJoin(organization);
        }
        var created = await users.CreateAsync(user, person.Password);
        if (!created.Succeeded) return (SignUpOutcome.Refused, null, created.Errors);
        await users.AddToRoleAsync(user, organization.Kind == OrganizationKind.Enterprise ? Roles.EnterpriseMember : Roles.Researcher);
        db.Audit(user.Id, founded ? "organization.found" : "organization.ask", $"organization:{organization.Id}", time.GetUtcNow(), founded && person.Office is { } office ? $"office {office.Id}" : "");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (founded ? SignUpOutcome.Founded : SignUpOutcome.Asked, user, []);
    }
}
