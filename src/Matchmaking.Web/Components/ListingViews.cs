using Matchmaking.Matching.Search;

namespace Matchmaking.Web.Components;

/// <param name="Value">As printed, e.g. ≥5.5 GPa (<c>Formatting.Quantity</c>); null shows 未写.</param>
public sealed record QuantityView(string Name, string? Value, bool Marked = false);

/// <summary>One search result. Holds only what its reader may see: for an anonymous need, <paramref name="Owner"/> is the description.</summary>
/// <param name="Owner">Name, or for an anonymous owner "吉林市，化学纤维制造业（匿名）".</param>
/// <param name="Quantities">At most three are shown.</param>
/// <param name="Modes">Names of the cooperation modes.</param>
/// <param name="Money">In 万元; null is 面议.</param>
/// <param name="Facts">More of the meta line, such as TRL and kind of right of an achievement.</param>
public sealed record ListingCardModel(
    ListingKind Kind,
    string Number,
    string Href,
    MarkedTextView Title,
    MarkedTextView Summary,
    IReadOnlyList<QuantityView> Quantities,
    string Owner,
    string? Region,
    IReadOnlyList<string> Modes,
    StatusView? State,
    decimal? Money,
    DateOnly? Deadline,
    string? Freshness,
    IReadOnlyList<string>? Facts = null);

/// <summary>An entry of a short list, as on the home page: title, then lines of meta.</summary>
public sealed record BriefListingModel(string Href, string Title, IReadOnlyList<string> First, IReadOnlyList<string> Second, StatusView? State = null);

/// <param name="PageAddress">Address of a page by its number, from 1.</param>
public sealed record PagerModel(int Page, int Size, int Total, Func<int, string> PageAddress)
{
    public int Pages => Math.Max(1, (int)Math.Ceiling(Total / (double)Size));
    public int First => Total == 0 ? 0 : ((Page - 1) * Size) + 1;
    public int Last => Math.Min(Page * Size, Total);

    /// <summary>First, last, and two around the current one; null stands for a gap.</summary>
    public IEnumerable<int?> Numbers()
    {
        var shown = new SortedSet<int> { 1, Pages };
        for (var i = Page - 2; i <= Page + 2; i++) if (i >= 1 && i <= Pages) shown.Add(i);
        var before = 0;
        foreach (var number in shown)
        {
            if (number == before + 2) yield return before + 1;
            else if (number > before + 2) yield return null;
            yield return number;
            before = number;
        }
    }
}

/// <summary>One value of a facet with its count and whether it is chosen.</summary>
public sealed record FacetOption(string Value, string Text, int Count, bool Chosen);

/// <summary>A fieldset of the panel; <paramref name="Name"/> is the query parameter.</summary>
public sealed record FacetGroup(string Name, string Legend, IReadOnlyList<FacetOption> Options);

/// <param name="Action">Address of the GET form.</param>
/// <param name="Hidden">The rest of the query, kept as hidden inputs: search text, sort …; no page number.</param>
public sealed record FacetPanelModel(string Action, IReadOnlyList<FacetGroup> Groups, IReadOnlyList<KeyValuePair<string, string>> Hidden)
{
    public int Chosen => Groups.Sum(g => g.Options.Count(o => o.Chosen));
}

/// <summary>A chosen filter above the results; the address is the same search without it.</summary>
public sealed record FacetTag(string Text, string RemoveHref);
