using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>What a column of a spreadsheet can mean.</summary>
public enum ImportField
{
    /// <summary>Not taken.</summary>
    None,

    // Whose, and which.
    ExternalNumber, CreditCode, OrganizationName,

    // Of both kinds.
    Title, Summary, Description, Keywords, Field, Industry, Region, Quantities,
    Cooperation, Money, Payment, ValidUntil, ContactName, ContactPhone, ContactMail, Disclosure, Anonymous,

    // Of a need.
    Kind, Horizon, WorkDone, Deadline, MinimumTrl, Openness, Consents, ExpertService, Selection, Reward,

    // Of an achievement.
    Trl, Scale, Stage, Ip, IpNumber, Rights, Flags, ServiceAchievement, Empowered, SeparateManagement, UseFirstPayLater, OpenLicence, Level, Attribute, Evaluation, Inventors,

    // A figure in columns of its own; the nth of each makes the nth figure.
    QuantityName, QuantityComparison, QuantityValue, QuantityHigh, QuantityUnit,

    // Known and not taken: running number, remarks, and what an export adds.
    SerialNumber, Remark, PlatformNumber, State,
}

public static class ImportFields
{
    private static readonly ImportField[] NeedsOnly =
    [
        ImportField.Kind, ImportField.Horizon, ImportField.WorkDone, ImportField.Deadline, ImportField.MinimumTrl,
        ImportField.Openness, ImportField.Consents, ImportField.ExpertService, ImportField.Selection, ImportField.Reward,
    ];

    private static readonly ImportField[] AchievementsOnly =
    [
        ImportField.Trl, ImportField.Scale, ImportField.Stage, ImportField.Ip, ImportField.IpNumber, ImportField.Rights, ImportField.Flags, ImportField.ServiceAchievement, ImportField.Empowered,
        ImportField.SeparateManagement, ImportField.UseFirstPayLater, ImportField.OpenLicence, ImportField.Level, ImportField.Attribute, ImportField.Evaluation, ImportField.Inventors,
    ];

    /// <summary>The columns of a template and of an export, in their order. Figures come last, because there may be several.</summary>
    public static IReadOnlyList<ImportField> Columns(ListingKind kind) => kind == ListingKind.Need
        ? [
            ImportField.ExternalNumber, ImportField.CreditCode, ImportField.OrganizationName, ImportField.Title, ImportField.Kind, ImportField.Summary, ImportField.Description, ImportField.WorkDone,
            ImportField.Field, ImportField.Industry, ImportField.Region, ImportField.Keywords, ImportField.Quantities, ImportField.MinimumTrl, ImportField.Horizon, ImportField.Deadline, ImportField.Money,
            ImportField.Payment, ImportField.Reward, ImportField.ValidUntil, ImportField.Cooperation, ImportField.Openness, ImportField.Consents,
            ImportField.ContactName, ImportField.ContactPhone, ImportField.ContactMail, ImportField.Disclosure,
        ]
        : [
            ImportField.ExternalNumber, ImportField.CreditCode, ImportField.OrganizationName, ImportField.Title, ImportField.Summary, ImportField.Description,
            ImportField.Field, ImportField.Industry, ImportField.Region, ImportField.Keywords, ImportField.Quantities, ImportField.Trl, ImportField.Scale, ImportField.Stage, ImportField.Level, ImportField.Attribute, ImportField.Evaluation,
            ImportField.Money, ImportField.Payment, ImportField.ValidUntil, ImportField.Ip, ImportField.IpNumber, ImportField.Rights, ImportField.Flags, ImportField.Inventors, ImportField.Cooperation,
            ImportField.ContactName, ImportField.ContactPhone, ImportField.ContactMail, ImportField.Disclosure,
        ];

    public static bool Fits(this ImportField field, ListingKind kind) => !(kind == ListingKind.Need ? AchievementsOnly : NeedsOnly).Contains(field);

    /// <summary>Several columns may mean this: parts of a description, figures.</summary>
    public static bool MayRepeat(this ImportField field) => field is ImportField.None or ImportField.Description or ImportField.Remark || field.IsOfQuantity();

    public static bool IsOfQuantity(this ImportField field) => field is >= ImportField.QuantityName and <= ImportField.QuantityUnit;

    public static bool IsTaken(this ImportField field) => field is not (ImportField.None or ImportField.SerialNumber or ImportField.Remark or ImportField.PlatformNumber or ImportField.State);

    /// <summary>A column of yes and no for one flag of an achievement.</summary>
    public static AchievementFlag? Flag(this ImportField field) => field switch
    {
        ImportField.ServiceAchievement => AchievementFlag.ServiceAchievement,
        ImportField.Empowered => AchievementFlag.Empowered,
        ImportField.SeparateManagement => AchievementFlag.SeparateManagement,
        ImportField.UseFirstPayLater => AchievementFlag.UseFirstPayLater,
        ImportField.OpenLicence => AchievementFlag.OpenLicence,
        _ => null,
    };

    /// <summary>A column of yes and no for one consent of a need.</summary>
    public static NeedConsent? Consent(this ImportField field) => field switch
    {
        ImportField.ExpertService => NeedConsent.ExpertService,
        ImportField.Selection => NeedConsent.Selection,
        _ => null,
    };

    /// <summary>An amount, whose unit the heading may state.</summary>
    public static bool IsMoney(this ImportField field) => field is ImportField.Money or ImportField.Reward;

    /// <summary>What can be chosen for a column of a file of this kind.</summary>
    public static IReadOnlyList<ImportField> Choices(ListingKind kind) =>
        [.. Enum.GetValues<ImportField>().Where(f => f.Fits(kind))];

    /// <summary>From the name of a content's field, as problems carry it, to the column that is to blame.</summary>
    public static ImportField OfProblem(string field) => field.StartsWith("Quantities", StringComparison.Ordinal) ? ImportField.Quantities
        : Enum.TryParse<ImportField>(field, out var found) ? found : ImportField.None;
}
