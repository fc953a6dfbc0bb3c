using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Web.Cases;

/// <summary>The three fixed questions as they come from a form.</summary>
public static class InterestForm
{
    /// <param name="complain">Told the field, the key of the words and their arguments.</param>
    public static Interest Read(IEnumerable<string> cooperation, string? unclear, string? aboutUs, Action<string, string, object[]> complain)
    {
        var modes = cooperation.Where(c => Enum.TryParse<CooperationMode>(c, out _)).Select(Enum.Parse<CooperationMode>).Distinct().Order().ToList();
        var interest = new Interest(modes, ListingRules.Clean(unclear), ListingRules.Clean(aboutUs));
        if (modes.Count == 0) complain("Cooperation", "Interest.CooperationMissing", []);
        if (interest.AboutUs.Length == 0) complain("AboutUs", "Interest.AboutUsMissing", []);
        if (interest.Unclear.Length > Interest.MaxText) complain("Unclear", "TooLong", [interest.Unclear.Length, Interest.MaxText]);
        if (interest.AboutUs.Length > Interest.MaxText) complain("AboutUs", "TooLong", [interest.AboutUs.Length, Interest.MaxText]);
        return interest;
    }
}
