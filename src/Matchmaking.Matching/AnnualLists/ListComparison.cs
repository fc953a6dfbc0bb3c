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
