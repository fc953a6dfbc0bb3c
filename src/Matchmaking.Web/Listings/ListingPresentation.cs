using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Authorization;
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
public sealed class ListingPresentation(IStringLocalizer<ListingsText> text, Formatting format, ContentFacts facts, ListingMessages messages, ListingViews views)
{
    /// <summary>A record counts as about to expire when this many days are left.</summary>
    public const int SoonDays = 14;

    private static readonly string[] OfTheSide =
    [
        "Money", "Payment", "Deadline", "Reward", "Horizon", "Kind", "MinimumTrl", "Trl", "Scale", "Stage", "Level", "Attribute", "Ip", "IpNumber", "Rights", "Flags", "Cooperation", "Consents", "Field", "Industry", "Region",
        "Evaluation", "Inventors", "ValidUntil",
    ];

    /// <summary>What the reader's layer gets of some content of the listing; the public one tells nothing of who an anonymous owner is.</summary>
    public ListingReading Read(Listing listing, ListingContent content, ReaderLayer reader = ReaderLayer.Public)
    {
        var all = facts.All(content).ToDictionary(f => f.Field);
        // Inventors name people of the owner, a right's number leads to its holder in a public register.
        var hidden = Layers.Shows(ListingPart.Owner, reader, content.Disclosure) ? [] : new[] { "Inventors", "IpNumber", "Rights" };
        return new ListingReading(
            content.Title, content.Summary, OwnerOf(listing, content, reader),
            [.. new[] { "Description", "WorkDone" }.Where(all.ContainsKey).Select(f => all[f]).Where(f => f.Value.Length > 0)],
            [.. content.Quantities.Select(q => new QuantityView(q.Name, format.Quantity(q)))],
            [.. OfTheSide.Except(hidden).Where(all.ContainsKey).Select(f => all[f]).Where(f => f.Value.Length > 0)],
            content.Keywords);
    }

    /// <summary>Name, or 吉林市，化学纤维制造业企业，中型（匿名）.</summary>
    public string OwnerOf(Listing listing, ListingContent content, ReaderLayer reader = ReaderLayer.Public) => Layers.Shows(ListingPart.Owner, reader, content.Disclosure)
        ? listing.Organization.Name
        : views.AnonymousOwner(listing.ListingKind, content.Region, content.Industry, listing.Organization.Size);

    public StatusView StatusOf(Listing listing) => IsExpiring(listing) && listing.State == ListingState.Published
        ? new(StatusKind.Warn, text["State.Expiring"])
        : new(KindOf(listing.State), format.State(listing.State, listing.ListingKind));

    /// <summary>The shape beside a state's word.</summary>
    public static StatusKind KindOf(ListingState state) => state switch
    {
        ListingState.Published or ListingState.Contracted or ListingState.Solved or ListingState.Transformed => StatusKind.Good,
        ListingState.AwaitingOffice or ListingState.Submitted or ListingState.InTalks or ListingState.SecondDiagnosis or ListingState.Tracked => StatusKind.Live,
        ListingState.Returned => StatusKind.Warn,
        ListingState.Expired => StatusKind.Bad,
        ListingState.Withdrawn or ListingState.Archived => StatusKind.None,
        _ => StatusKind.Neutral,
    };

    public bool IsExpiring(Listing listing) =>
        ListingStates.Fading.Contains(listing.State) && listing.ValidUntil is { } until && until < format.Time.Today.AddDays(SoonDays);

    /// <summary>Draft, office if there is one, review, published and after; where the record stands and since when.</summary>
    public IReadOnlyList<StepView> StepsOf(Listing listing)
    {
        var now = listing.State switch { ListingState.Draft or ListingState.Returned => 0, ListingState.AwaitingOffice => 1, ListingState.Submitted => 2, _ => 3 };
        DateOnly? Day(DateTimeOffset? at) => at is { } known ? format.Time.Date(known) : null;
        var steps = new List<StepView> { new(text["Step.Draft"], now > 0, now == 0, Day(listing.CreatedAt)) };
        if (listing.Organization.OfficeId is not null || now == 1) steps.Add(new(text["Step.Office"], now > 1, now == 1, now >= 1 ? Day(listing.SubmittedAt) : null));
        steps.Add(new(text["Step.Review"], now > 2, now == 2, now >= 2 ? Day(listing.ForwardedAt ?? listing.SubmittedAt) : null));
        steps.Add(new(now == 3 ? format.State(listing.State, listing.ListingKind) : text["Step.Published"], now == 3, now == 3, now == 3 ? Day(listing.PublishedAt ?? listing.UpdatedAt) : null));
        return steps;
    }

    public string KindName(ListingKind kind) => text["Kind." + kind];

    public string Title(Listing listing) => listing.Title.Length > 0 ? listing.Title : text["Untitled"];

    public string LabelOf(string field, ListingKind kind) => messages.Label(field, kind);
}
