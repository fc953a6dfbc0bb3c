using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Matching.Plan;

/// <summary>One row that a figure counts, in the words and amounts it has at the moment of counting.</summary>
/// <param name="RowId">Id of the row; what it is an id of is said by the rule.</param>
/// <param name="Number">Number of the record, where it has one.</param>
/// <param name="Title">What the record is called; shown to everybody only where <paramref name="IsPublic"/>.</param>
/// <param name="Day">The day for which it counts.</param>
/// <param name="Weight">What it adds to the figure, before the rule's scale; of a share what it adds to the numerator.</param>
/// <param name="Of">Of a share: what it adds to the denominator.</param>
/// <param name="IsPublic">Everybody may read number and title: they stand on a public page anyway.</param>
/// <param name="AlsoIn">Codes of other indicators that the same record is claimed for, with commas between.</param>
public sealed record CountedLine(int RowId, string Number, string Title, DateOnly? Day, decimal Weight, decimal? Of, bool IsPublic, string AlsoIn = "")
{
    public const int MaxNumber = 40;
    public const int MaxTitle = 200;

    /// <summary>SHA-256 over the lines in the order of their rows, lower-case hex: two counts with the same one rest on the same words and amounts.</summary>
    public static string DigestOf(IEnumerable<CountedLine> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines.OrderBy(l => l.RowId))
        {
            var text = string.Create(CultureInfo.InvariantCulture,
                $"{line.RowId}\t{line.Number}\t{line.Title}\t{line.Day:yyyy-MM-dd}\t{line.Weight:0.####}\t{line.Of:0.####}\t{line.IsPublic}\t{line.AlsoIn}\n");
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Cut to what is kept; titles of records are shorter, names put together may not be.</summary>
    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <summary>
/// A counted line as it is kept. It stands for every count from its first day until the day it went; a row that changed gets a new line and the old one goes. So each
/// day's figure opens to its rows as they stood then, and a day on which nothing changed keeps nothing twice.
/// </summary>
public sealed class IndicatorLine
{
    private IndicatorLine() { }

    public IndicatorLine(string code, CountedLine line, DateOnly fromDay)
    {
        (Code, FromDay) = (code, fromDay);
        (RowId, Number, Title, Day, Weight, Of, IsPublic, AlsoIn) =
            (line.RowId, CountedLine.Cut(line.Number, CountedLine.MaxNumber), CountedLine.Cut(line.Title, CountedLine.MaxTitle), line.Day, line.Weight, line.Of, line.IsPublic, line.AlsoIn);
    }

    public int Id { get; private set; }
    public string Code { get; private set; } = "";
    public int RowId { get; private set; }
    public string Number { get; private set; } = "";
    public string Title { get; private set; } = "";
    public DateOnly? Day { get; private set; }
    public decimal Weight { get; private set; }
    public decimal? Of { get; private set; }
    public bool IsPublic { get; private set; }
    public string AlsoIn { get; private set; } = "";

    /// <summary>First day whose count has it.</summary>
    public DateOnly FromDay { get; private set; }

    /// <summary>First day whose count has it no more.</summary>
    public DateOnly? GoneOn { get; private set; }

    public void Go(DateOnly on)
    {
        if (GoneOn is not null || on < FromDay) throw new InvalidOperationException("A line goes once, and not before it came.");
        GoneOn = on;
    }

    public CountedLine Line() => new(RowId, Number, Title, Day, Weight, Of, IsPublic, AlsoIn);
}
