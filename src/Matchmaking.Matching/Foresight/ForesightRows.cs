using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Foresight;

/// <summary>A public need as the report counts it. Nothing of who stands behind it.</summary>
/// <param name="Industry">GB/T 4754 division, such as C38.</param>
/// <param name="Year">Year of its first publication, in the province's time.</param>
/// <param name="IsAnswered">A broker has graded one of its matches 3 or 4, or, ungraded, the best of them is likelier than not to be one; or it is contracted or solved.</param>
/// <param name="Vector">Unit vector of title and text; null while there is none.</param>
public sealed record ForesightNeed(
    int Id, string Number, string Title, TechnologyField? Field, string Industry, string Region, Horizon? Horizon, int Year, bool IsAnswered, IReadOnlyList<string> Keywords, float[]? Vector);

/// <summary>A public achievement as the report counts it.</summary>
/// <param name="IsAsked">One of its matches is graded 3 or 4, or, ungraded, likelier than not to be; or it is contracted or transformed.</param>
public sealed record ForesightSupply(int Id, string Number, string Title, TechnologyField? Field, string Industry, int Year, bool IsAsked);

/// <summary>What a need asks for in one figure, and what its candidates say to it.</summary>
public sealed record ForesightDemand(string Number, Quantity Asked, IReadOnlyList<(string Number, Quantity Offered, bool IsMet)> Offers);

/// <summary>A contract that came of a need: days from the need's publication to the signature.</summary>
public sealed record ForesightDeal(string Number, int Days);

/// <summary>Everything the figures are made of.</summary>
/// <param name="Declines">Number of the need and why an introduction ended.</param>
public sealed record ForesightRows(
    IReadOnlyList<ForesightNeed> Needs, IReadOnlyList<ForesightSupply> Supply, IReadOnlyList<ForesightDemand> Demands, IReadOnlyList<ForesightDeal> Deals, IReadOnlyList<(string Number, Brokerage.EndReason Reason)> Declines);
