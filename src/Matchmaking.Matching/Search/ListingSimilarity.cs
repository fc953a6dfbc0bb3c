using System.Numerics;
using Lucene.Net.Search.Similarities;

namespace Matchmaking.Matching.Search;

/// <summary>
/// BM25 with the lengths of texts kept as newer Lucenes, and with them Elasticsearch, keep them: exact for short texts and with four binary digits for long
/// ones. Lucene 4's own byte has three digits, so that titles of 9 and of 10 words count alike, and the two engines would order differently.
/// </summary>
internal sealed class ListingSimilarity : BM25Similarity
{
    // A byte holds lengths up to this as they are, and above it an exponent and three digits of what is more.
    private const int Exact = 24;

    protected override byte EncodeNormValue(float boost, int fieldLength) =>
        (byte)(fieldLength < Exact ? fieldLength : Exact + Shorten(fieldLength - Exact));

    protected override float DecodeNormValue(byte b) => b < Exact ? b : Exact + Lengthen(b - Exact);

    private static int Shorten(int number)
    {
        var digits = 32 - BitOperations.LeadingZeroCount((uint)number);
        if (digits < 4) return number;
        var shift = digits - 4;
        return ((number >> shift) & 7) | ((shift + 1) << 3);
    }

    private static long Lengthen(int code)
    {
        var shift = (code >> 3) - 1;
        return shift < 0 ? code & 7 : (long)((code & 7) | 8) << shift;
    }
}
