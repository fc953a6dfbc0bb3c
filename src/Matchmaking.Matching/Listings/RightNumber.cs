using System.Globalization;
using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Listings;

public enum RightStatus { Application, Granted, Registered }

/// <summary>The number of a right and what it says of itself.</summary>
/// <param name="Number">Without blanks, in capitals: ZL201310699744.2, CN202410123456.X, 2023SR0123456, CNA20191234.5, BS.225012345.</param>
public sealed partial record RightNumber(string Number, IpKind Kind, RightStatus Status)
{
    [GeneratedRegex(@"^(ZL|CN)(\d{12}|\d{8})\.?[\dX]$")]
    private static partial Regex Patent();

    [GeneratedRegex(@"^(?:软著登字第?)?(?:19|20)\d{2}SR\d{6,7}$")]
    private static partial Regex Software();

    [GeneratedRegex(@"^CNA\d{6,10}(?:\.\d)?$")]
    private static partial Regex Variety();

    [GeneratedRegex(@"^BS\.?\d{8,10}(?:\.\d)?$")]
    private static partial Regex Layout();

    /// <summary>
    /// Reads one number. A granted patent begins with ZL, an application with CN; both end in the check digit of <see cref="PatentNumber"/>,
    /// and the digit behind the year says the kind (1 and 8 invention, 2 and 9 utility model, 3 design). Null when it is no such number.
    /// </summary>
    public static RightNumber? Read(string text)
    {
        var number = ListingRules.CleanLine(text).Normalize(System.Text.NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
        if (Patent().Match(number) is { Success: true } patent)
        {
            var digits = patent.Groups[2].Value;
            var kind = digits[digits.Length == 12 ? 4 : 2] switch { '1' or '8' => IpKind.InventionPatent, '2' or '9' => IpKind.UtilityModel, '3' => IpKind.Design, _ => IpKind.None };
            return kind == IpKind.None || !PatentNumber.IsValid(number) ? null : new RightNumber(number, kind, patent.Groups[1].Value == "ZL" ? RightStatus.Granted : RightStatus.Application);
        }
        if (Software().IsMatch(number)) return new RightNumber(number, IpKind.Software, RightStatus.Registered);
        if (Variety().IsMatch(number)) return new RightNumber(number, IpKind.PlantVariety, RightStatus.Granted);
        return Layout().IsMatch(number) ? new RightNumber(number, IpKind.Layout, RightStatus.Registered) : null;
    }
}

/// <summary>Identifiers of researchers: sixteen digits in four groups, the last one a check by ISO 7064 mod 11-2 (10 is written X).</summary>
public static partial class Orcid
{
    [GeneratedRegex(@"(?<![\d-])\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?![\d-])")]
    private static partial Regex Shape();

    /// <summary>What looks like one in a text, as written there.</summary>
    public static IEnumerable<string> In(string text) => Shape().Matches(text).Select(match => match.Value);

    public static bool IsValid(string orcid)
    {
        if (!Shape().IsMatch(orcid)) return false;
        var digits = orcid.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        var total = digits[..15].Aggregate(0, (sum, digit) => (sum + digit - '0') * 2);
        var check = (12 - total % 11) % 11;
        return digits[15] == (check == 10 ? 'X' : (char)('0' + check));
    }
}
