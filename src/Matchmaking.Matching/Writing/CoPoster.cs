using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.Writing;

/// <summary>An organisation that has the same need as another and stands behind the other's record instead of posting its own. Its owner and staff see it; readers do not.</summary>
public sealed class CoPoster
{
    private CoPoster() { }

    public CoPoster(int listingId, int organizationId, int userId, DateTimeOffset at)
    {
        ListingId = listingId;
        OrganizationId = organizationId;
        UserId = userId;
        At = at;
    }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public int OrganizationId { get; private set; }
    public Organization Organization { get; private set; } = null!;
    public int UserId { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>What the author of a need says of a published one that looks the same: in what his differs. For the reviewer.</summary>
public sealed class DuplicateAnswer
{
    public const int MaxDifference = 300;

    private DuplicateAnswer() { }

    public DuplicateAnswer(int listingId, int otherId, string difference, int byId, DateTimeOffset at)
    {
        ListingId = listingId;
        OtherId = otherId;
        Difference = difference;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public int OtherId { get; private set; }
    public Listing Other { get; private set; } = null!;
    public string Difference { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    public void Answer(string difference, int byId, DateTimeOffset at) => (Difference, ById, At) = (difference, byId, at);
}

/// <summary>Staff found that two records are one need: the first is withdrawn, the second goes on.</summary>
public sealed class ListingMerge
{
    private ListingMerge() { }

    public ListingMerge(int listingId, int intoId, int byId, DateTimeOffset at)
    {
        ListingId = listingId;
        IntoId = intoId;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public int IntoId { get; private set; }
    public Listing Into { get; private set; } = null!;
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}
