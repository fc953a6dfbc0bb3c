using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Listings;

/// <summary>技术需求: what an enterprise wants solved.</summary>
public sealed class Need : Listing
{
    private Need() { }

    public Need(Organization organization, int authorId, DateTimeOffset at) : base(organization, authorId, at) { }

    public NeedKind? Kind { get; private set; }
    public Horizon? Horizon { get; private set; }
    public string WorkDone { get; private set; } = "";
    public DateOnly? Deadline { get; private set; }
    public int? MinimumTrl { get; private set; }
    public Openness? Openness { get; private set; }
    public IReadOnlyList<NeedConsent> Consents { get; private set; } = [];
    public decimal? Reward { get; private set; }

    public override ListingKind ListingKind => ListingKind.Need;

    public override NeedContent Content() => new()
    {
        Title = Title, Summary = Summary, Description = Description, Keywords = Keywords, Field = Field, Industry = Industry,
        Region = Region, Quantities = Quantities, Cooperation = Cooperation, Money = Money, Disclosure = Disclosure,
        ValidUntil = ValidUntil, Kind = Kind, Horizon = Horizon, WorkDone = WorkDone, Deadline = Deadline, MinimumTrl = MinimumTrl,
        Payment = Payment, Openness = Openness, Consents = Consents, Reward = Reward,
    };

    protected override void Apply(ListingContent content)
    {
        base.Apply(content);
        var need = (NeedContent)content;
        Kind = need.Kind;
        Horizon = need.Horizon;
        WorkDone = need.WorkDone;
        Deadline = need.Deadline;
        MinimumTrl = need.MinimumTrl;
        Openness = need.Openness;
        Consents = need.Consents;
        Reward = need.Reward;
    }
}
