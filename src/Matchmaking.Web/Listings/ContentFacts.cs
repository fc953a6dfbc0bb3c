using System.Text.Json;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>One field with its name and its value as readers see it.</summary>
public sealed record Fact(string Field, string Label, string Value);

/// <summary>A field whose value differs between two contents; empty where there is none.</summary>
public sealed record FactChange(string Label, string Before, string After);

/// <summary>The content of a listing as named, printed fields, and what differs between two contents.</summary>
public sealed class ContentFacts(IStringLocalizer<ListingsText> text, Formatting format, ListingMessages messages)
{
    /// <summary>Every field of the content in the order of the form.</summary>
    public IReadOnlyList<Fact> All(ListingContent content)
    {
        var kind = content is NeedContent ? ListingKind.Need : ListingKind.Achievement;
        Fact Make(string field, string value) => new(field, messages.Label(field, kind), value);
        var facts = new List<Fact> { Make("Title", content.Title), Make("Summary", content.Summary), Make("Description", content.Description) };
        if (content is NeedContent first)
        {
            facts.Add(Make("Kind", first.Kind is null ? "" : format.NeedKind(first.Kind)));
            facts.Add(Make("WorkDone", first.WorkDone));
        }
        facts.Add(Make("Field", content.Field is null ? "" : format.Field(content.Field)));
        facts.Add(Make("Industry", content.Industry.Length == 0 ? "" : format.Industry(content.Industry)));
        facts.Add(Make("Region", content.Region.Length == 0 ? "" : format.Region(content.Region)));
        facts.Add(Make("Keywords", format.List(content.Keywords)));
        facts.Add(Make("Quantities", string.Join('\n', content.Quantities.Select(q => $"{q.Name} {format.Quantity(q)}"))));
        if (content is NeedContent need)
        {
            facts.Add(Make("MinimumTrl", need.MinimumTrl is null ? "" : format.Trl(need.MinimumTrl)));
            facts.Add(Make("Horizon", need.Horizon is { } horizon ? format.HorizonWithSpan(horizon) : ""));
            facts.Add(Make("Deadline", Day(need.Deadline)));
            facts.Add(Make("Reward", need.Reward is null ? "" : format.Money(need.Reward)));
            facts.Add(Make("Openness", need.Openness is { } open ? format.Name("Openness", open.ToString()) : ""));
            facts.Add(Make("Consents", format.List(need.Consents.Select(c => format.Name("Consent", c.ToString())))));
        }
        if (content is AchievementContent achievement)
        {
            facts.Add(Make("Trl", achievement.Trl is null ? "" : format.Trl(achievement.Trl)));
            facts.Add(Make("Stage", achievement.Stage is null ? "" : format.Stage(achievement.Stage)));
            facts.Add(Make("Ip", achievement.Ip is null ? "" : format.Ip(achievement.Ip)));
            facts.Add(Make("IpNumber", achievement.IpNumber));
            facts.Add(Make("Flags", format.List(achievement.Flags.Select(format.Flag))));
            facts.Add(Make("Evaluation", achievement.Evaluation));
            facts.Add(Make("Inventors", achievement.Inventors));
            facts.Add(Make("Rights", format.List(achievement.Rights.Select(Right))));
            facts.Add(Make("Level", achievement.Level is { } level ? format.Name("EvaluationLevel", level.ToString()) : ""));
            facts.Add(Make("Attribute", achievement.Attribute is { } attribute ? format.Name("AchievementAttribute", attribute.ToString()) : ""));
            facts.Add(Make("Scale", achievement.Scale is { } scale ? format.Name("TrlScale", scale.ToString()) : ""));
        }
        facts.Add(Make("Money", format.Money(content.Money)));
        facts.Add(Make("Payment", content.Payment is { } payment ? format.Name("Payment", payment.ToString()) : ""));
        facts.Add(Make("ValidUntil", Day(content.ValidUntil)));
        facts.Add(Make("Cooperation", format.Modes(content.Cooperation)));
        facts.Add(Make("Disclosure", format.Name("Disclosure", content.Disclosure.ToString())));
        return facts;
    }

    public IReadOnlyList<Fact> Of(Contact contact) =>
    [
        new("ContactName", text["Label.ContactName"], contact.Name), new("ContactPhone", text["Label.ContactPhone"], contact.Phone),
        new("ContactMail", text["Label.ContactMail"], contact.Mail),
    ];

    /// <summary>The fields that differ, printed; both contents are of one kind.</summary>
    public IReadOnlyList<FactChange> Between(ListingContent before, ListingContent after) => Between(All(before), All(after));

    public static IReadOnlyList<FactChange> Between(IReadOnlyList<Fact> before, IReadOnlyList<Fact> after) =>
        [.. before.Zip(after).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new FactChange(pair.First.Label, pair.First.Value, pair.Second.Value))];

    /// <summary>Whether two contents say the same, figures and lists included.</summary>
    public static bool Same(ListingContent a, ListingContent b) =>
        a.GetType() == b.GetType() && JsonSerializer.Serialize(a, a.GetType(), Revision.Json) == JsonSerializer.Serialize(b, b.GetType(), Revision.Json);

    /// <summary>The number with what it says of itself: ZL201310699744.2（发明专利，授权）.</summary>
    private string Right(string number) => RightNumber.Read(number) is { } right ? text["Right", right.Number, format.Ip(right.Kind), format.Name("RightStatus", right.Status.ToString())] : number;

    private string Day(DateOnly? day) => day is { } d ? format.Date(d) : "";
}
