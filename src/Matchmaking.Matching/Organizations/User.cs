using Microsoft.AspNetCore.Identity;

namespace Matchmaking.Matching.Organizations;

public enum Membership { None, Requested, Member }

/// <summary>A person who signs in. Belongs to at most one organisation.</summary>
public sealed class User : IdentityUser<int>
{
    public const int MaxDisplayName = 40;

    public string DisplayName { get; private set; } = "";
    public int? OrganizationId { get; private set; }
    public Organization? Organization { get; private set; }
    public Membership Membership { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Language of mails to this person: zh-CN or en.</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>When the person had his data deleted; what remains is a number that records of others refer to.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public static User Create(string email, string displayName, DateTimeOffset at) =>
        new() { UserName = email, Email = email, DisplayName = displayName, CreatedAt = at };

    public void Rename(string displayName) => DisplayName = displayName;

    /// <summary>The first person of an organisation is its member at once.</summary>
    public void Found(Organization organization) => (Organization, Membership) = (organization, Membership.Member);

    public void AskToJoin(Organization organization) => (Organization, Membership) = (organization, Membership.Requested);

    public void LetIn()
    {
        if (Membership != Membership.Requested) throw new InvalidOperationException("Only somebody who asked can be let in.");
        Membership = Membership.Member;
    }

    /// <summary>Takes everything out that says who it was. The number stays: audit, grades and lists refer to it.</summary>
    public void Anonymise(DateTimeOffset at)
    {
        DeletedAt = at;
        DisplayName = "–";
        UserName = $"deleted-{Id}";
        NormalizedUserName = UserName.ToUpperInvariant();
        (Email, NormalizedEmail, EmailConfirmed, PhoneNumber, PhoneNumberConfirmed) = (null, null, false, null, false);
        (PasswordHash, TwoFactorEnabled) = (null, false);
        SecurityStamp = Guid.NewGuid().ToString("N");
        (LockoutEnabled, LockoutEnd) = (true, DateTimeOffset.MaxValue.AddYears(-1));
        (Organization, OrganizationId, Membership) = (null, null, Membership.None);
        Language = "zh-CN";
    }

    public void TurnAway()
    {
        if (Membership != Membership.Requested) throw new InvalidOperationException("Only somebody who asked can be turned away.");
        (Organization, OrganizationId, Membership) = (null, null, Membership.None);
    }
}

/// <summary>Role names as stored; what each may do stands in the policies of the web application.</summary>
public static class Roles
{
    public const string EnterpriseMember = nameof(EnterpriseMember);
    public const string Researcher = nameof(Researcher);
    public const string RecommendingOffice = nameof(RecommendingOffice);
    public const string Broker = nameof(Broker);
    public const string Staff = nameof(Staff);
    public const string Administrator = nameof(Administrator);

    public static IReadOnlyList<string> All { get; } = [EnterpriseMember, Researcher, RecommendingOffice, Broker, Staff, Administrator];
}
