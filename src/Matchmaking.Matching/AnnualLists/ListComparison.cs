namespace Matchmaking.Matching.AnnualLists;

public enum ListChange { New, Kept, Changed }

/// <summary>A list against the one of the year before, by listing number. Changed: carried over with other quantities.</summary>
public sealed class ListComparison
{
    private readonly Dictionary<string, ListDocumentEntry> before;

    public ListComparison(ListDocument now, ListDocument? before)
    {
        this.before = before?.Entries.ToDictionary(e => e.Number, StringComparer.Ordinal) ?? [];
        BeforeYear = before?.Year;
        var numbers = now.Entries.Select(e => e.Number).ToHashSet(StringComparer.Ordinal);
        Gone = [.. (before?.Entries ?? []).Where(e => !numbers.Contains(e.Number))];
        New = now.Entries.Count(e => ChangeOf(e) == ListChange.New);
        CarriedOver = now.Entries.Count - New;
    }

    /// <summary>Null when there is no published list of the year before.</summary>
    public int? BeforeYear { get; }
    public int New { get; }
    public int CarriedOver { get; }
    public IReadOnlyList<ListDocumentEntry> Gone { get; }

    public ListChange ChangeOf(ListDocumentEntry entry)
    {
        if (!before.TryGetValue(entry.Number, out var old)) return ListChange.New;
        return old.Quantities.SequenceEqual(entry.Quantities) ? ListChange.Kept : ListChange.Changed;
    }
}

/// <summary>What became of an entry of a list, as far as everybody may know.</summary>
public enum ListFate { Open, InTalks, Contracted, Solved, Tracked, Expired, Withdrawn }

public static class ListFates
{
    /// <param name="state">Null when the record is gone.</param>
    public static ListFate Of(Listings.ListingState? state) => state switch
    {
        Listings.ListingState.Published => ListFate.Open,
        Listings.ListingState.InTalks => ListFate.InTalks,
        Listings.ListingState.Contracted or Listings.ListingState.Transformed => ListFate.Contracted,
        Listings.ListingState.Solved => ListFate.Solved,
        Listings.ListingState.SecondDiagnosis or Listings.ListingState.Tracked => ListFate.Tracked,
        Listings.ListingState.Expired or Listings.ListingState.Archived => ListFate.Expired,
        _ => ListFate.Withdrawn,
    };
}
