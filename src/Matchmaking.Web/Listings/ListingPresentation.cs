using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>A listing to read: text in the main column, conditions at the side.</summary>
/// <param name="Owner">Name of the organisation or, for an anonymous owner, region and industry.</param>
/// <param name="Paragraphs">Headed texts; the description first.</param>
/// <param name="Conditions">Label and value pairs of the side panel, without empty ones except money, which then says 面议.</param>
public sealed record ListingReading(
    string Title, string Summary, string Owner, IReadOnlyList<Fact> Paragraphs, IReadOnlyList<QuantityView> Quantities,
    IReadOnlyList<Fact> Conditions, IReadOnlyList<string> Keywords);

/// <summary>From records to what pages show of them.</summary>
public sealed class ListingPresentation(IStringLocalizer<ListingsText> text, Formatting format, ContentFacts facts, ListingMessages messages)
{
    /// <summary>A record counts as about to expire when this many days are left.</summary>
    public const int SoonDays = 14;

    private static readonly string[] OfTheSide =
    [
        "Money", "Payment", "Deadline", "Reward", "Horizon", "Kind", "MinimumTrl", "Trl", "Scale", "Stage", "Level", "Attribute", "Ip", "IpNumber", "Rights", "Flags", "Cooperation", "Consents", "Field", "Industry", "Region",
        "Evaluation", "Inventors", "ValidUntil",
    ];

    /// <summary>The public layer of some content of the listing; nothing in it tells who an anonymous owner is.</summary>
    public ListingReading Read(Listing listing, ListingContent content)
    {
        var all = facts.All(content).ToDictionary(f => f.Field);
        // Inventors name people of the owner, a right's number leads to its holder in a public register.
        var hidden = content.Disclosure == Disclosure.Anonymous ? new[] { "Inventors", "IpNumber", "Rights" } : [];
        return new ListingReading(
            content.Title, content.Summary, OwnerOf(listing, content),
            [.. new[] { "Description", "WorkDone" }.Where(all.ContainsKey).Select(f => all[f]).Where(f => f.Value.Length > 0)],
            [.. content.Quantities.Select(q => new QuantityView(q.Name, format.Quantity(q)))],
            [.. OfTheSide.Except(hidden).Where(all.ContainsKey).Select(f => all[f]).Where(f => f.Value.Length > 0)],
            content.Keywords);
    }

    /// <summary>Name, or 吉林市，化学纤维制造业企业.</summary>
    public string OwnerOf(Listing listing, ListingContent content) => content.Disclosure == Disclosure.Named
        ? listing.Organization.Name
        : text[$"Owner.Anonymous.{listing.ListingKind}", format.Region(content.Region), format.IndustryName(content.Industry)];

    public StatusView StatusOf(Listing listing) => listing.State switch
    {
        ListingState.Published when IsExpiring(listing) => new(StatusKind.Warn, text["State.Expiring"]),
        ListingState.Published => new(StatusKind.Good, format.State(listing.State)),
        ListingState.Submitted => new(StatusKind.Live, format.State(listing.State)),
        ListingState.Returned => new(StatusKind.Warn, format.State(listing.State)),
        ListingState.Expired => new(StatusKind.Bad, format.State(listing.State)),
        ListingState.Withdrawn => new(StatusKind.None, format.State(listing.State)),
        var state => new(StatusKind.Neutral, format.State(state)),
    };

    public bool IsExpiring(Listing listing) =>
        listing.State == ListingState.Published && listing.ValidUntil is { } until && until < format.Time.Today.AddDays(SoonDays);

    /// <summary>Draft, review, published; where the record stands and since when.</summary>
    public IReadOnlyList<StepView> StepsOf(Listing listing)
    {
        var now = listing.State switch { ListingState.Draft or ListingState.Returned => 0, ListingState.Submitted => 1, _ => 2 };
        DateOnly? Day(DateTimeOffset? at) => at is { } known ? format.Time.Date(known) : null;
        return
        [
            new(text["Step.Draft"], now > 0, now == 0, Day(listing.CreatedAt)),
            new(text["Step.Review"], now > 1, now == 1, now >= 1 ? Day(listing.SubmittedAt) : null),
            new(now == 2 ? format.State(listing.State) : text["Step.Published"], now == 2, now == 2, now == 2 ? Day(listing.PublishedAt ?? listing.UpdatedAt) : null),
        ];
    }

    public string KindName(ListingKind kind) => text["Kind." + kind];

    public string Title(Listing listing) => listing.Title.Length > 0 ? listing.Title : text["Untitled"];

    public string LabelOf(string field, ListingKind kind) => messages.Label(field, kind);
}
