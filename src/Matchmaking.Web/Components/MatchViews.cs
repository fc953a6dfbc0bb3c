namespace Matchmaking.Web.Components;

public enum Verdict { Met, NotMet, NotStated, Contradicted }

/// <summary>Two close sentences, with where they stand ("需求，第2句") and the marked words.</summary>
/// <param name="Near">The words of the left one with those of the right one that say nearly the same.</param>
public sealed record SentencePairView(string LeftLabel, MarkedTextView Left, string RightLabel, MarkedTextView Right, IReadOnlyList<(string Left, string Right)> Near);

/// <param name="Asked">As printed, e.g. ≤3 ℃.</param>
/// <param name="Offered">As printed; null when the other side does not say.</param>
/// <param name="Words">The achievement's sentence that says it; empty where a row of its table does.</param>
/// <param name="Near">A figure of the achievement under a near name, as printed with its name; empty where there is none.</param>
public sealed record LedgerRowView(string Name, string Asked, string? Offered, Verdict Verdict, string Words = "", string Near = "");

/// <summary>What one piece of evidence added to the score, in the score's own unit; may be negative.</summary>
public sealed record ContributionView(string Name, double Value);

/// <summary>A probability for people: number, word, ten squares and what it means among ten.</summary>
/// <param name="Probability">0–1.</param>
/// <param name="Word">很可能相关 …, from <c>CodesText</c> Confidence.</param>
public sealed record ScoreView(double Probability, string Word, bool Note = true)
{
    public int Percent => (int)Math.Round(Math.Clamp(double.IsNaN(Probability) ? 0 : Probability, 0, 1) * 100, MidpointRounding.AwayFromZero);
    public int Tenths => (int)Math.Round(Percent / 10d, MidpointRounding.AwayFromZero);
}

/// <summary>One match with everything that speaks for and against it. Only reasons that entered the score.</summary>
/// <param name="Id">Id of the heading, unique on the page.</param>
/// <param name="Owner">Null when the reader may not know.</param>
/// <param name="Meta">TRL, kind of right, modes …</param>
/// <param name="Why">One sentence.</param>
/// <param name="Questions">What is worth asking the other side, made from figures it does not state.</param>
public sealed record MatchView(
    string Id,
    string Title,
    string Href,
    string? Owner,
    IReadOnlyList<string> Meta,
    string Why,
    ScoreView Score,
    IReadOnlyList<SentencePairView> Sentences,
    IReadOnlyList<LedgerRowView> Ledger,
    IReadOnlyList<string> Against,
    IReadOnlyList<string> SharedTerms,
    IReadOnlyList<string> Questions,
    IReadOnlyList<ContributionView> Contributions,
    bool Open = false)
{
    public int Count(Verdict verdict) => Ledger.Count(row => row.Verdict == verdict);
    public bool HasEvidence => Sentences.Count + Ledger.Count + Against.Count + SharedTerms.Count + Questions.Count > 0;
}
