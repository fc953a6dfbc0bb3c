namespace Matchmaking.Matching.Organizations;

public enum OrganizationKind { Enterprise, University, Institute, Office, Agency }

public enum OrganizationState { Unverified, Verified, Refused }

/// <summary>A firm, university, institute, recommending office or broker agency. Nothing of it is published before staff verified it.</summary>
public sealed class Organization
{
    public const int MaxName = 100;

    private Organization() { }

    public Organization(string name, OrganizationKind kind, string creditCode, string region, string industry, string? size, DateTimeOffset at)
    {
        Name = name;
        Kind = kind;
        CreditCode = Organizations.CreditCode.Normalize(creditCode) ?? throw new ArgumentException("Not a valid 统一社会信用代码.", nameof(creditCode));
        Region = region;
        Industry = industry;
        Size = size;
        CreatedAt = at;
    }

    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public OrganizationKind Kind { get; private set; }
    public string CreditCode { get; private set; } = "";
    public string Region { get; private set; } = "";
    public string Industry { get; private set; } = "";
    public string? Size { get; private set; }
    public OrganizationState State { get; private set; }
    public string? Remark { get; private set; }
    public int? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>归口部门: the office that checks and forwards what this organisation submits; without one it goes to staff at once.</summary>
    public int? OfficeId { get; private set; }
    public Organization? Office { get; private set; }

    public bool IsVerified => State == OrganizationState.Verified;

    /// <exception cref="ArgumentException">That is no office, or it is one itself: offices have no office above them.</exception>
    public void PlaceUnder(Organization? office)
    {
        if (office is not null && (office.Kind != OrganizationKind.Office || Kind == OrganizationKind.Office))
            throw new ArgumentException("Only an office takes members, and no office is one.", nameof(office));
        Office = office;
        OfficeId = office?.Id;
    }

    public void Verify(int by, DateTimeOffset at) => Decide(OrganizationState.Verified, null, by, at);

    public void Refuse(string remark, int by, DateTimeOffset at) => Decide(OrganizationState.Refused, remark, by, at);

    private void Decide(OrganizationState state, string? remark, int by, DateTimeOffset at)
    {
        State = state;
        Remark = remark;
        DecidedById = by;
        DecidedAt = at;
    }
}
