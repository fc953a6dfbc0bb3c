using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>What can be chosen in the form of a listing, in the reader's language.</summary>
public sealed class ListingChoices(Formatting format, IStringLocalizer<ListingsText> text)
{
    public IReadOnlyList<FieldChoice> Fields => Of<TechnologyField>(f => format.Field(f));
    public IReadOnlyList<FieldChoice> Industries => [.. CodeLists.Industries.Select(c => new FieldChoice(c, format.Industry(c)))];
    public IReadOnlyList<FieldChoice> Regions => [.. CodeLists.Regions.Select(c => new FieldChoice(c, format.Region(c)))];
    public IReadOnlyList<FieldChoice> Kinds => Of<NeedKind>(k => format.NeedKind(k));
    public IReadOnlyList<FieldChoice> Horizons => Of<Horizon>(format.HorizonWithSpan);
    public IReadOnlyList<FieldChoice> Stages => Of<AchievementStage>(s => format.Stage(s));
    public IReadOnlyList<FieldChoice> Rights => Of<IpKind>(k => format.Ip(k));
    public IReadOnlyList<FieldChoice> Flags => Of<AchievementFlag>(format.Flag);
    public IReadOnlyList<FieldChoice> Payments => Of<PaymentMode>(p => format.Name("Payment", p.ToString()));
    public IReadOnlyList<FieldChoice> Opennesses => Of<Openness>(o => format.Name("Openness", o.ToString()));
    public IReadOnlyList<FieldChoice> Consents => Of<NeedConsent>(c => format.Name("Consent", c.ToString()));
    public IReadOnlyList<FieldChoice> EvaluationLevels => Of<EvaluationLevel>(l => format.Name("EvaluationLevel", l.ToString()));
    public IReadOnlyList<FieldChoice> Attributes => Of<AchievementAttribute>(a => format.Name("AchievementAttribute", a.ToString()));
    public IReadOnlyList<FieldChoice> Scales => Of<TrlScale>(s => format.Name("TrlScale", s.ToString()));
    public IReadOnlyList<FieldChoice> Modes => Of<CooperationMode>(format.Mode);
    public IReadOnlyList<FieldChoice> Comparisons => Of<Comparison>(format.ComparisonWord);
    public IReadOnlyList<FieldChoice> Levels =>
        [.. Enumerable.Range(1, 9).Select(n => new FieldChoice(n.ToString(CultureInfo.InvariantCulture), text["Level", format.Trl(n), format.TrlMeaning(n)]))];

    /// <param name="anonymousOwner">How an anonymous owner is called on public pages.</param>
    public IReadOnlyList<FieldChoice> Disclosures(string anonymousOwner) =>
    [
        new(nameof(Disclosure.Named), format.Name("Disclosure", nameof(Disclosure.Named)), text["Disclosure.Named.Hint"]),
        new(nameof(Disclosure.Members), format.Name("Disclosure", nameof(Disclosure.Members)), text["Disclosure.Members.Hint", anonymousOwner]),
        new(nameof(Disclosure.Anonymous), format.Name("Disclosure", nameof(Disclosure.Anonymous)), text["Disclosure.Anonymous.Hint", anonymousOwner]),
    ];

    private static List<FieldChoice> Of<T>(Func<T, string> name) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => new FieldChoice(value.ToString(), name(value)))];
}
