using System.Text;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Importing;

/// <summary>Text of cells made comparable.</summary>
public static class CellText
{
    /// <summary>Cleaned to one line, width folded (NFKC), outer blanks gone.</summary>
    public static string Fold(string text) => ListingRules.CleanLine(text).Normalize(NormalizationForm.FormKC).Trim();

    /// <summary>Folded, without any blank, one sign for minus and point: for numbers, dates and codes.</summary>
    public static string Narrow(string text) => Fold(text).Replace(" ", "", StringComparison.Ordinal).Replace('−', '-').Replace('—', '-').Replace('–', '-').Replace('。', '.');

    /// <summary>What people write where there is nothing to write. Only for numbers, dates and codes: 无 may be the answer to a question.</summary>
    public static bool SaysNothing(string narrow) => narrow.Length == 0 || narrow is "/" or "\\" or "-" or "--" or "---" or "无" or "暂无" or "没有" or "不详" or "n/a" or "N/A" or "NA" or "none" or "None";

    /// <summary>What stands there, for a message; long text is cut.</summary>
    public static string Quote(string text)
    {
        var clean = ListingRules.CleanLine(text);
        return clean.Length <= 20 ? clean : ListingRules.Clean(clean[..20]) + "…";
    }
}
