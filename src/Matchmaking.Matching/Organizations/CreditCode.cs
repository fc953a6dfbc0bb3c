namespace Matchmaking.Matching.Organizations;

/// <summary>
/// 统一社会信用代码, GB 32100-2015: 18 characters of which the last checks the others.
/// Check value = (31 − Σ Cᵢ·3^(i−1) mod 31) mod 31 over the first 17.
/// </summary>
public static class CreditCode
{
    public const int Length = 18;
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Upper-cased and without spaces, as it is stored; null when it is no valid code.</summary>
    public static string? Normalize(string? text)
    {
        if (text is null) return null;
        // Half of a character cannot be folded, and no code has one.
        if (text.Any(char.IsSurrogate)) return null;
        var code = text.Normalize(System.Text.NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        return IsValid(code) ? code : null;
    }

    public static bool IsValid(string code) => code.Length == Length && CheckCharacter(code.AsSpan(0, Length - 1)) == code[^1];

    /// <summary>The check character for 17 characters, or null when one of them is not in the standard's alphabet.</summary>
    public static char? CheckCharacter(ReadOnlySpan<char> first17)
    {
        int sum = 0, weight = 1;
        foreach (var c in first17)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0) return null;
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
