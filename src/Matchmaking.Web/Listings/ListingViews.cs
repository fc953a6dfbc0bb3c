using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Pages.Account;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>From records to what components show; the one place where an owner's name becomes visible or stays hidden.</summary>
public sealed class ListingViews(Formatting format, IStringLocalizer<SearchText> text)
{
    public static string Href(Listing listing) => $"/{(listing is Need ? "needs" : "achievements")}/{listing.Number}";

    /// <summary>The organisation, or for an owner whom the reader's layer does not name region, kind and size only.</summary>
    public string Owner(Listing listing, ReaderLayer reader = ReaderLayer.Public) =>
        Layers.Shows(ListingPart.Owner, reader, listing.Disclosure) ? listing.Organization.Name : AnonymousOwner(listing);

    public string AnonymousOwner(Listing listing) => AnonymousOwner(listing.ListingKind, listing.Region, listing.Industry, listing.Organization.Size);

    /// <summary>吉林市，化学纤维制造业企业，中型（匿名）: the same words on cards, pages, matches and in cases.</summary>
    public string AnonymousOwner(ListingKind kind, string region, string industry, string? size)
    {
        var owner = text["Owner.Anonymous." + kind, format.Region(region), format.IndustryName(industry)].Value;
        var known = size is null ? -1 : SignUpModel.Sizes.ToList().IndexOf(size);
        return text["Owner.Hidden", known < 0 ? owner : text["Owner.Sized", owner, text[$"Owner.Size.{known}"]].Value];
    }

    public ListingCardModel Card(Listing listing, ListingQuery query) => new(
        listing.ListingKind, listing.Number!, Href(listing), Mark(listing.Title, query.Text), Mark(listing.Summary, query.Text),
        [.. listing.Quantities.Take(3).Select(q => new QuantityView(q.Name, format.Quantity(q)))],
        Owner(listing), listing.IsAnonymous ? null : format.Region(listing.Region), [.. listing.Cooperation.Select(format.Mode)], new StatusView(ListingPresentation.KindOf(listing.State), format.State(listing.State, listing.ListingKind)), listing.Money,
        (listing as Need)?.Deadline, format.Freshness(listing.PublishedAt!.Value, listing.ConfirmedAt), Facts(listing));

    public BriefListingModel Brief(Listing listing) => new(Href(listing), listing.Title,
        listing is Achievement achievement
            ? [Owner(listing), format.Trl(achievement.Trl)]
            : [.. listing.Quantities.Take(2).Select(q => q.Name + format.Quantity(q))],
        listing is Need need
            ? [.. new[] { format.Region(listing.Region), format.Field(listing.Field), format.Money(listing.Money) }, .. need.Deadline is { } day ? [format.Before(day)] : Array.Empty<string>()]
            : [format.Ip(((Achievement)listing).Ip), format.Modes(listing.Cooperation)]);

    public FacetPanelModel Facets(ListingPage page)
    {
        var query = page.Query;
        var hidden = new List<KeyValuePair<string, string>>();
        if (query.Text.Length > 0) hidden.Add(new("q", query.Text));
        if (query.Sort != (query.Text.Length > 0 ? SearchSort.Relevance : SearchSort.Newest)) hidden.Add(new("sort", query.Sort.ToString()));
        return new FacetPanelModel(query.Kind == ListingKind.Need ? "/needs" : "/achievements",
            [.. Facet.All.Where(page.Facets.ContainsKey).Select(facet => new FacetGroup(facet, Legend(facet, query.Kind),
                [.. page.Facets[facet].Select(v => new FacetOption(v.Value, Name(facet, v.Value, query.Kind), v.Count,
                    query.Filters.TryGetValue(facet, out var chosen) && chosen.Contains(v.Value)))]))], hidden);
    }

    public IReadOnlyList<FacetTag> Tags(ListingQuery query) =>
        [.. query.Filters.SelectMany(f => f.Value.Select(v => new FacetTag(Name(f.Key, v, query.Kind), query.Address(without: (f.Key, v)))))];

    private string Legend(string facet, ListingKind kind) => text[facet == Facet.Band ? $"Facet.band.{kind}" : facet == Facet.Money ? $"Facet.money.{kind}" : $"Facet.{facet}"];

    private string Name(string facet, string value, ListingKind kind) => facet switch
    {
        Facet.Field => format.Field(value),
        Facet.Industry => format.Industry(value),
        Facet.Region => format.Region(value),
        Facet.Band => format.Name(kind == ListingKind.Need ? "HorizonSpan" : "Stage", value),
        Facet.Money when MoneyBand.All.Contains(value) => text["Money." + value],
        Facet.Cooperation => format.Name("Mode", value),
        _ => value,
    };

    private string[] Facts(Listing listing) => listing is Achievement achievement
        ? [format.Trl(achievement.Trl), format.Ip(achievement.Ip)]
        : [];

    /// <summary>Marks the words of the query wherever they stand.</summary>
    private static MarkedTextView Mark(string content, string query)
    {
        if (query.Length == 0) return MarkedTextView.Plain(content);
        var spans = new List<MarkSpan>();
        foreach (var term in ChineseTokenizer.Bigrams(query).Distinct().Where(t => t.Length > 1).Take(60))
        {
            for (var at = content.IndexOf(term, StringComparison.OrdinalIgnoreCase); at >= 0; at = content.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase))
                spans.Add(new MarkSpan(at, term.Length));
        }
        return new MarkedTextView(content, spans);
    }
}
