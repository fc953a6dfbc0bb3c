namespace Matchmaking.Web.Resources;

/// <summary>Words of what is measured of matching, and of choosing a ranker.</summary>
public sealed class QualityText;
