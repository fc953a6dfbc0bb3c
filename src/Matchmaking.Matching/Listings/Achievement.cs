using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Listings;

/// <summary>科技成果: what a university or institute can offer.</summary>
public sealed class Achievement : Listing
{
    private Achievement() { }

    public Achievement(Organization organization, int authorId, DateTimeOffset at) : base(organization, authorId, at) { }

    public int? Trl { get; private set; }
    public AchievementStage? Stage { get; private set; }
    public IpKind? Ip { get; private set; }
    public string IpNumber { get; private set; } = "";
    public IReadOnlyList<AchievementFlag> Flags { get; private set; } = [];
    public string Evaluation { get; private set; } = "";
    public string Inventors { get; private set; } = "";
    public IReadOnlyList<string> Rights { get; private set; } = [];
    public EvaluationLevel? Level { get; private set; }
    public AchievementAttribute? Attribute { get; private set; }
    public TrlScale? Scale { get; private set; }

    /// <summary>Where an imported record came from, e.g. <c>csl:dev-0</c>; null for records written here.</summary>
    public string? Source { get; private set; }

    public override ListingKind ListingKind => ListingKind.Achievement;

    public void ImportedFrom(string source) => Source = source;

    /// <summary>
    /// Publishes a record of a repository as it stands there: what the repository does not state stays empty and is shown so,
    /// therefore <see cref="ListingRules.CheckComplete"/> is not asked.
    /// </summary>
    public void PublishImported(AchievementContent content, string number, DateTimeOffset at)
    {
        if (Source is null) throw new InvalidOperationException("Only an imported record is published without the completeness rules.");
        Describe(content, Contact.Empty, at);
        PublishAsImported(number, at);
    }

    public override AchievementContent Content() => new()
    {
        Title = Title, Summary = Summary, Description = Description, Keywords = Keywords, Field = Field, Industry = Industry,
        Region = Region, Quantities = Quantities, Cooperation = Cooperation, Money = Money, Disclosure = Disclosure,
        ValidUntil = ValidUntil, Trl = Trl, Stage = Stage, Ip = Ip, IpNumber = IpNumber, Flags = Flags, Evaluation = Evaluation,
        Inventors = Inventors, Payment = Payment, Rights = Rights, Level = Level, Attribute = Attribute, Scale = Scale,
    };

    protected override void Apply(ListingContent content)
    {
        base.Apply(content);
        var achievement = (AchievementContent)content;
        Trl = achievement.Trl;
        Stage = achievement.Stage;
        Ip = achievement.Ip;
        IpNumber = achievement.IpNumber;
        Flags = achievement.Flags;
        Evaluation = achievement.Evaluation;
        Inventors = achievement.Inventors;
        Rights = achievement.Rights;
        Level = achievement.Level;
        Attribute = achievement.Attribute;
        Scale = achievement.Scale;
    }
}
