using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Search;

/// <summary>Which side of the market a listing stands on.</summary>
public enum ListingKind { Need, Achievement }

/// <summary>
/// What search and ranking know of a listing: the public layer only. Never a contact, and for an anonymous owner no name,
/// so that nothing built from it can leak either.
/// </summary>
/// <param name="Id">Stable key in the index, the listing's database id.</param>
/// <param name="Number">Public number, e.g. XQ2026-220100-00012.</param>
/// <param name="OwnerName">Name of the organisation, or null when the owner is anonymous.</param>
/// <param name="Field">Name of the technology field, one of eleven.</param>
/// <param name="Industry">GB/T 4754 code such as C28.</param>
/// <param name="Region">GB/T 2260 code such as 220200.</param>
/// <param name="Band">Facet: horizon of a need (Near, Mid, Long), maturity of an achievement (Early, Middle, Mature).</param>
/// <param name="Money">Budget or asking price in 万元; null when to be agreed.</param>
/// <param name="Cooperation">Names of the cooperation modes.</param>
/// <param name="ConfirmedAt">When the owner last said that it still holds; null when not since publication.</param>
/// <param name="Maturity">A need's least TRL, an achievement's TRL; null when not stated.</param>
public sealed record ListingDocument(
    int Id,
    ListingKind Kind,
    string Number,
    string Title,
    string Summary,
    string Description,
    IReadOnlyList<string> Keywords,
    string? OwnerName,
    string Field,
    string Industry,
    string Region,
    string? Band,
    decimal? Money,
    IReadOnlyList<string> Cooperation,
    int? Maturity,
    IReadOnlyList<Quantity> Quantities,
    DateOnly? Deadline,
    DateTimeOffset PublishedAt,
    DateOnly ValidUntil,
    DateTimeOffset? ConfirmedAt = null)
{
    /// <summary>Title, summary, description and keywords as one text.</summary>
    public string Text => string.Join('\n', Title, Summary, Description, string.Join(' ', Keywords));
}

/// <summary>The vectors of one listing, each normalised to length 1; sentences in the order of <see cref="Sentences"/>.</summary>
/// <param name="Title">Vector of the title, 512 numbers.</param>
/// <param name="Text">Vector of title and text, 512 numbers.</param>
/// <param name="Sentences">At most 40 sentence vectors, in the order of <c>SentenceSplitter.Split</c> of the description.</param>
public sealed record ListingVectors(string Model, float[] Title, float[] Text, IReadOnlyList<float[]> Sentences);
