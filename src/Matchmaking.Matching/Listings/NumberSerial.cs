namespace Matchmaking.Matching.Listings;

/// <summary>The last serial given out for a prefix such as XQ2026-220100. Its version makes two givers collide instead of doubling a number.</summary>
public sealed class NumberSerial
{
    private NumberSerial() { }

    public NumberSerial(string prefix) => Prefix = prefix;

    public string Prefix { get; private set; } = "";
    public int Last { get; private set; }

    public string Next() => $"{Prefix}-{++Last:D5}";

    /// <summary>XQ2026-220100 for a need of 2026 from Changchun, CG… for an achievement.</summary>
    public static string PrefixOf(Listing listing, int year) => $"{(listing is Need ? "XQ" : "CG")}{year}-{listing.Region}";
}
