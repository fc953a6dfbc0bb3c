using System.Text.RegularExpressions;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Listings;

/// <summary>What is wrong with one field. The code names a text in the resource files; arguments fill its places.</summary>
/// <param name="Field">Property name of the content, with an index for rows: <c>Quantities[2].Value</c>.</param>
public sealed record Problem(string Field, string Code, params object[] Arguments);

/// <summary>The rules of a listing's content, shared by forms, imports and the entity.</summary>
public static partial class ListingRules
{
    public const int LongestValidityDays = 730;

    /// <summary>Limits that hold for a draft as well: lengths, allowed codes, sensible numbers.</summary>
    public static IReadOnlyList<Problem> CheckDraft(ListingContent content)
    {
        var problems = new List<Problem>();
        TooLong(problems, nameof(content.Title), content.Title, ListingContent.MaxTitle);
        TooLong(problems, nameof(content.Summary), content.Summary, ListingContent.MaxSummary);
        TooLong(problems, nameof(content.Description), content.Description, ListingContent.MaxDescription);
        if (content.Keywords.Count > ListingContent.MaxKeywords)
            problems.Add(new Problem(nameof(content.Keywords), "TooManyKeywords", content.Keywords.Count, ListingContent.MaxKeywords));
        foreach (var keyword in content.Keywords.Where(k => k.Length > ListingContent.MaxKeyword))
            problems.Add(new Problem(nameof(content.Keywords), "KeywordTooLong", keyword[..ListingContent.MaxKeyword], ListingContent.MaxKeyword));
        if (content.Industry.Length > 0 && !CodeLists.Industries.Contains(content.Industry))
            problems.Add(new Problem(nameof(content.Industry), "UnknownCode", content.Industry));
        if (content.Region.Length > 0 && !CodeLists.Regions.Contains(content.Region))
            problems.Add(new Problem(nameof(content.Region), "UnknownCode", content.Region));
        if (content.Money is < 0 or > ListingContent.MaxMoney)
            problems.Add(new Problem(nameof(content.Money), "MoneyOutOfRange", content.Money, ListingContent.MaxMoney));
        CheckQuantities(problems, content.Quantities);
        if (content is NeedContent need) TooLong(problems, nameof(need.WorkDone), need.WorkDone, NeedContent.MaxWorkDone);
        if (content is NeedContent { Reward: < 0 or > ListingContent.MaxMoney } offering)
            problems.Add(new Problem(nameof(offering.Reward), "MoneyOutOfRange", offering.Reward!, ListingContent.MaxMoney));
        if (content is NeedContent { MinimumTrl: < 1 or > 9 }) problems.Add(new Problem(nameof(NeedContent.MinimumTrl), "TrlOutOfRange"));
        if (content is AchievementContent achievement)
        {
            if (achievement.Trl is < 1 or > 9) problems.Add(new Problem(nameof(achievement.Trl), "TrlOutOfRange"));
            TooLong(problems, nameof(achievement.Evaluation), achievement.Evaluation, AchievementContent.MaxEvaluation);
            TooLong(problems, nameof(achievement.Inventors), achievement.Inventors, AchievementContent.MaxInventors);
            TooLong(problems, nameof(achievement.IpNumber), achievement.IpNumber, AchievementContent.MaxIpNumber);
            if (achievement.IpNumber.Length is > 0 and <= AchievementContent.MaxIpNumber && achievement.Ip is IpKind.InventionPatent or IpKind.UtilityModel or IpKind.Design
                && !PatentNumber.IsValid(achievement.IpNumber))
                problems.Add(new Problem(nameof(achievement.IpNumber), "PatentNumber", achievement.IpNumber));
            if (achievement.Rights.Count > AchievementContent.MaxRights)
                problems.Add(new Problem(nameof(achievement.Rights), "TooManyRights", achievement.Rights.Count, AchievementContent.MaxRights));
            foreach (var right in achievement.Rights.Where(right => RightNumber.Read(right) is null))
                problems.Add(new Problem(nameof(achievement.Rights), "RightNumber", right.Length <= AchievementContent.MaxIpNumber ? right : right[..AchievementContent.MaxIpNumber]));
            foreach (var orcid in Orcid.In(achievement.Inventors).Where(orcid => !Orcid.IsValid(orcid)))
                problems.Add(new Problem(nameof(achievement.Inventors), "Orcid", orcid));
        }
        return problems;
    }

    /// <summary>What must be there before a listing may be submitted.</summary>
    /// <param name="today">The reader's day, for deadlines and validity.</param>
    public static IReadOnlyList<Problem> CheckComplete(ListingContent content, DateOnly today)
    {
        var problems = new List<Problem>(CheckDraft(content));
        void Require(bool there, string field)
        {
            if (!there) problems.Add(new Problem(field, "Missing"));
        }
        Require(content.Title.Length > 0, nameof(content.Title));
        Require(content.Summary.Length > 0, nameof(content.Summary));
        Require(content.Description.Length > 0, nameof(content.Description));
        Require(content.Field is not null, nameof(content.Field));
        Require(content.Industry.Length > 0, nameof(content.Industry));
        Require(content.Region.Length > 0, nameof(content.Region));
        Require(content.Cooperation.Count > 0, nameof(content.Cooperation));
        Require(content.ValidUntil is not null, nameof(content.ValidUntil));
        if (content.ValidUntil < today) problems.Add(new Problem(nameof(content.ValidUntil), "DateInPast", content.ValidUntil));
        if (content.ValidUntil > today.AddDays(LongestValidityDays))
            problems.Add(new Problem(nameof(content.ValidUntil), "ValidTooLong", LongestValidityDays));
        if (content is NeedContent need)
        {
            Require(need.Kind is not null, nameof(need.Kind));
            Require(need.Horizon is not null, nameof(need.Horizon));
            Require(need.Deadline is not null, nameof(need.Deadline));
            // Everything published here is public; a need that must not be is for the offices, not for this list.
            if (need.Openness == Openness.No) problems.Add(new Problem(nameof(need.Openness), "NotPublic"));
            if (need.Deadline < today) problems.Add(new Problem(nameof(need.Deadline), "DateInPast", need.Deadline));
        }
        if (content is AchievementContent achievement)
        {
            Require(achievement.Trl is not null, nameof(achievement.Trl));
            Require(achievement.Stage is not null, nameof(achievement.Stage));
            Require(achievement.Ip is not null, nameof(achievement.Ip));
        }
        return problems;
    }

    /// <summary>Limits of the contact; <paramref name="complete"/> asks for a name and at least one way to reach the person.</summary>
    public static IReadOnlyList<Problem> CheckContact(Contact contact, bool complete)
    {
        var problems = new List<Problem>();
        TooLong(problems, "ContactName", contact.Name, ListingContent.MaxContact);
        TooLong(problems, "ContactPhone", contact.Phone, ListingContent.MaxContact);
        TooLong(problems, "ContactMail", contact.Mail, ListingContent.MaxContact);
        if (complete && contact.Name.Length == 0) problems.Add(new Problem("ContactName", "Missing"));
        if (complete && contact.Phone.Length == 0 && contact.Mail.Length == 0) problems.Add(new Problem("ContactPhone", "NoWayToReach"));
        return problems;
    }

    /// <summary>
    /// Where an anonymous owner's own text gives the name away: the whole name, or what is left of it without the words that
    /// every firm's name has (有限公司 …) and without a note in brackets. Shorter rests than three characters prove nothing.
    /// </summary>
    public static IReadOnlyList<Problem> CheckAnonymity(ListingContent content, string organizationName)
    {
        if (content.Disclosure == Disclosure.Named) return [];
        var names = NamesOf(organizationName);
        var texts = new List<(string Field, string Text)>
        {
            (nameof(content.Title), content.Title), (nameof(content.Summary), content.Summary), (nameof(content.Description), content.Description),
            (nameof(content.Keywords), string.Join('\n', content.Keywords)),
            ("Quantities", string.Join('\n', content.Quantities.Select(q => $"{q.Name} {q.Unit}"))),
        };
        if (content is NeedContent need) texts.Add((nameof(need.WorkDone), need.WorkDone));
        if (content is AchievementContent achievement) texts.Add((nameof(achievement.Evaluation), achievement.Evaluation));
        var problems = new List<Problem>();
        foreach (var (field, text) in texts)
        {
            var blank = Blanks().Replace(text.Normalize(System.Text.NormalizationForm.FormKC), "");
            if (names.Find(name => blank.Contains(Blanks().Replace(name.Normalize(System.Text.NormalizationForm.FormKC), ""), StringComparison.OrdinalIgnoreCase)) is { } found)
                problems.Add(new Problem(field, "NameInText", found));
        }
        return problems;
    }

    /// <summary>The ways in which an organisation is called in texts: its whole name and the part that only it has.</summary>
    public static List<string> NamesOf(string organizationName) =>
        [.. new[] { organizationName, DistinctivePart(organizationName) }.Where(name => name.Length >= 3).Distinct()];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[（(][^（()）]*[)）]|(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$")]
    private static partial Regex CommonParts();

    private static string DistinctivePart(string name)
    {
        var rest = name;
        for (var before = ""; rest != before;)
        {
            before = rest;
            rest = CommonParts().Replace(rest, "").Trim();
        }
        return rest;
    }

    /// <summary>A text of one line: cleaned, every run of blanks and line ends made one blank.</summary>
    public static string CleanLine(string? text) => Blanks().Replace(Clean(text), " ");

    /// <summary>Without control, zero-width and broken characters, outer blanks gone, line ends as \n; for every text that people type.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n') kept.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\t'))
                || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format)
            {
                continue;
            }
            else
            {
                kept.Append(c);
            }
        }
        return kept.ToString().Trim();
    }

    private static void TooLong(List<Problem> problems, string field, string text, int limit)
    {
        if (text.Length > limit) problems.Add(new Problem(field, "TooLong", text.Length, limit));
    }

    private static void CheckQuantities(List<Problem> problems, IReadOnlyList<Quantity> quantities)
    {
        if (quantities.Count > ListingContent.MaxQuantities)
            problems.Add(new Problem("Quantities", "TooManyQuantities", quantities.Count, ListingContent.MaxQuantities));
        for (var i = 0; i < quantities.Count; i++)
        {
            var row = quantities[i];
            if (row.Name.Length == 0) problems.Add(new Problem($"Quantities[{i}].Name", "QuantityWithoutName", i + 1));
            TooLong(problems, $"Quantities[{i}].Name", row.Name, ListingContent.MaxQuantityName);
            TooLong(problems, $"Quantities[{i}].Unit", row.Unit, ListingContent.MaxUnit);
            if (row.Comparison == Comparison.Range && row.High is null)
                problems.Add(new Problem($"Quantities[{i}].High", "RangeWithoutEnd", i + 1));
            if (row.High < row.Value) problems.Add(new Problem($"Quantities[{i}].High", "RangeReversed", row.Value, row.High));
        }
    }
}

/// <summary>
/// Chinese patent numbers. Since October 2003: year 4, kind 1, serial 7, check; weights 2…9 2 3 4 5 over the twelve digits,
/// sum mod 11, 10 written X. Before: year 2, kind 1, serial 5, check with weights 2…9.
/// </summary>
public static partial class PatentNumber
{
    [GeneratedRegex(@"^(?:ZL|CN)?(\d{12}|\d{8})\.?([\dX])$")]
    private static partial Regex Shape();

    public static bool IsValid(string text)
    {
        var match = Shape().Match(text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());
        if (!match.Success) return false;
        var digits = match.Groups[1].Value;
        var sum = digits.Select((digit, i) => (digit - '0') * ((i % 8) + 2)).Sum() % 11;
        return match.Groups[2].Value == (sum == 10 ? "X" : sum.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
