using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Notices;

/// <summary>Values of one facet that a saved search asks for.</summary>
public sealed record ChosenFacet(string Facet, string Value);

/// <summary>A search that a person keeps: newly published listings that it finds are told him, each once.</summary>
public sealed class SavedSearch
{
    public const int MaxName = 40;
    public const int MaxText = 200;
    public const int MaxFacets = 60;

    /// <summary>Most that one person may keep.</summary>
    public const int Most = 30;

    private SavedSearch() { }

    public SavedSearch(int userId, string name, ListingKind kind, string text, IReadOnlyList<ChosenFacet> facets, MailFrequency frequency, DateTimeOffset at)
    {
        UserId = userId;
        Name = name;
        Kind = kind;
        Text = text;
        Facets = facets;
        Frequency = frequency;
        CreatedAt = SeenUntil = at;
    }

    public int Id { get; private set; }
    public int UserId { get; private set; }
    public string Name { get; private set; } = "";
    public ListingKind Kind { get; private set; }
    public string Text { get; private set; } = "";
    public IReadOnlyList<ChosenFacet> Facets { get; private set; } = [];
    public MailFrequency Frequency { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Listings first published before have been looked at; of the hour before, those told are remembered one by one (<see cref="SavedSearchHit"/>).</summary>
    public DateTimeOffset SeenUntil { get; private set; }

    public string Source => SourceOf(Id);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters =>
        Facets.GroupBy(f => f.Facet).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(f => f.Value)]);

    public static string SourceOf(int id) => string.Create(CultureInfo.InvariantCulture, $"search:{id}");

    public void Rename(string name) => Name = name;

    public void Choose(MailFrequency frequency) => Frequency = frequency;

    public void Seen(DateTimeOffset until)
    {
        if (until > SeenUntil) SeenUntil = until;
    }
}

/// <summary>A listing that a saved search has told of.</summary>
public sealed class SavedSearchHit
{
    private SavedSearchHit() { }

    public SavedSearchHit(int savedSearchId, int listingId, DateTimeOffset at) => (SavedSearchId, ListingId, At) = (savedSearchId, listingId, at);

    public int SavedSearchId { get; private set; }
    public int ListingId { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>
/// Something a person follows: one listing (what happens to its public side), an organisation or a field (what is newly published there).
/// An organisation tells of the records under its name alone; what it publishes anonymously is not its, here.
/// </summary>
public sealed class Follow
{
    /// <summary>Most that one person may follow.</summary>
    public const int Most = 200;

    private Follow() { }

    private Follow(int userId, string target, MailFrequency frequency, DateTimeOffset at)
    {
        UserId = userId;
        Target = target;
        Frequency = frequency;
        CreatedAt = SeenUntil = at;
    }

    public int Id { get; private set; }
    public int UserId { get; private set; }

    /// <summary>What is followed as one word, unique for a person: <c>listing:12</c>, <c>organization:3</c>, <c>field:NewEnergy</c>.</summary>
    public string Target { get; private set; } = "";
    public int? ListingId { get; private set; }
    public int? OrganizationId { get; private set; }
    public TechnologyField? Field { get; private set; }
    public MailFrequency Frequency { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>For organisations and fields, as in a saved search.</summary>
    public DateTimeOffset SeenUntil { get; private set; }

    /// <summary>For a listing: what of it was told last.</summary>
    public int SeenRevision { get; private set; }
    public ListingState SeenState { get; private set; }

    public string Source => SourceOf(Id);

    public static string SourceOf(int id) => string.Create(CultureInfo.InvariantCulture, $"follow:{id}");

    public static Follow OfListing(int userId, Listing listing, MailFrequency frequency, DateTimeOffset at) =>
        new(userId, TargetOf(listing), frequency, at) { ListingId = listing.Id, SeenRevision = listing.PublishedRevision, SeenState = listing.State };

    public static Follow OfOrganization(int userId, int organizationId, MailFrequency frequency, DateTimeOffset at) =>
        new(userId, TargetOfOrganization(organizationId), frequency, at) { OrganizationId = organizationId };

    public static Follow OfField(int userId, TechnologyField field, MailFrequency frequency, DateTimeOffset at) =>
        new(userId, TargetOfField(field), frequency, at) { Field = field };

    public static string TargetOf(Listing listing) => string.Create(CultureInfo.InvariantCulture, $"listing:{listing.Id}");

    public static string TargetOfOrganization(int id) => string.Create(CultureInfo.InvariantCulture, $"organization:{id}");

    public static string TargetOfField(TechnologyField field) => $"field:{field}";

    public void Choose(MailFrequency frequency) => Frequency = frequency;

    public void Seen(DateTimeOffset until)
    {
        if (until > SeenUntil) SeenUntil = until;
    }

    public void Seen(Listing listing) => (SeenRevision, SeenState) = (listing.PublishedRevision, listing.State);
}

/// <summary>A listing that a follow of an organisation or a field has told of.</summary>
public sealed class FollowHit
{
    private FollowHit() { }

    public FollowHit(int followId, int listingId, DateTimeOffset at) => (FollowId, ListingId, At) = (followId, listingId, at);

    public int FollowId { get; private set; }
    public int ListingId { get; private set; }
    public DateTimeOffset At { get; private set; }
}
