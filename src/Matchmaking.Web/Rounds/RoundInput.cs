using System.Globalization;
using System.Text;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Listings;

namespace Matchmaking.Web.Rounds;

/// <summary>The form of a round as typed; reading it never loses what was typed.</summary>
public sealed class RoundInput
{
    /// <summary>Turnover ends of the first two steps and the percentages of all three.</summary>
    public const int Steps = 3;

    public string? Title { get; set; }
    public string? Text { get; set; }
    public string? OpensOn { get; set; }
    public string? ClosesOn { get; set; }
    public string[] Kinds { get; set; } = [];
    public string[] OrganizationKinds { get; set; } = [];
    public string[] Regions { get; set; } = [];
    public string[] Offices { get; set; } = [];
    public string? PerOrganization { get; set; }
    public string? PerOffice { get; set; }
    public string[] Fields { get; set; } = [];
    public string[] AskFigures { get; set; } = [];
    public string? UpTo1 { get; set; }
    public string? UpTo2 { get; set; }
    public string? Percent1 { get; set; }
    public string? Percent2 { get; set; }
    public string? Percent3 { get; set; }

    public static RoundInput Fresh(DateOnly today) => From(new RoundTerms("", "", today, today.AddDays(30), [], [], [], [], 1, null, [RoundField.Quantities], RoundTerms.UsualIntensity));

    public static RoundInput From(RoundTerms terms)
    {
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string? Printed(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
        var steps = terms.Intensity.Count == Steps ? terms.Intensity : RoundTerms.UsualIntensity;
        return new RoundInput
        {
            Title = terms.Title, Text = terms.Text, OpensOn = Day(terms.OpensOn), ClosesOn = Day(terms.ClosesOn), Kinds = [.. terms.Kinds.Select(k => k.ToString())],
            OrganizationKinds = [.. terms.OrganizationKinds.Select(k => k.ToString())], Regions = [.. terms.Regions], Offices = [.. terms.Offices.Select(o => o.ToString(CultureInfo.InvariantCulture))],
            PerOrganization = Printed(terms.PerOrganization), PerOffice = Printed(terms.PerOffice), Fields = [.. terms.Fields.Select(f => f.ToString())],
            AskFigures = terms.Intensity.Count > 0 ? ["yes"] : [], UpTo1 = Printed(steps[0].UpTo), UpTo2 = Printed(steps[1].UpTo),
            Percent1 = Printed(steps[0].Percent), Percent2 = Printed(steps[1].Percent), Percent3 = Printed(steps[2].Percent),
        };
    }

    /// <summary>The terms and what is wrong with them; fields as in the form. Codes that are not in the lists are left out: nobody can type them.</summary>
    public (RoundTerms Terms, IReadOnlyList<Problem> Problems) Read(DateOnly today)
    {
        var problems = new List<Problem>();
        var terms = new RoundTerms(ListingRules.CleanLine(Title), ListingRules.Clean(Text), Day(problems, nameof(OpensOn), OpensOn, today), Day(problems, nameof(ClosesOn), ClosesOn, today),
            Codes<NeedKind>(Kinds), Codes<OrganizationKind>(OrganizationKinds), [.. Regions.Where(CodeLists.Regions.Contains).Distinct()],
            [.. Offices.Select(o => int.TryParse(o, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct()],
            Count(problems, nameof(PerOrganization), PerOrganization), Count(problems, nameof(PerOffice), PerOffice), Codes<RoundField>(Fields), AskFigures.Length > 0 ? Intensity(problems) : []);
        var unread = problems.Select(p => p.Field).ToHashSet();
        problems.AddRange(RoundRules.Check(terms, today).Where(p => !unread.Contains(p.Field)));
        return (terms, problems);
    }

    /// <summary>A figure as people type it: full-width digits, thousands separators; null when it is none.</summary>
    public static decimal? Number(string? text)
    {
        var plain = (text ?? "").Normalize(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal).Trim();
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private List<IntensityStep> Intensity(List<Problem> problems)
    {
        decimal Figure(string field, string? text, decimal most)
        {
            if (Number(text) is { } number && number > 0 && number <= most) return number;
            problems.Add(new Problem(field, "TermsFigure", most));
            return most;
        }
        var (first, second) = (Figure(nameof(UpTo1), UpTo1, RoundRules.MaxFigure), Figure(nameof(UpTo2), UpTo2, RoundRules.MaxFigure));
        if (second <= first && !problems.Any(p => p.Field is nameof(UpTo1) or nameof(UpTo2))) problems.Add(new Problem(nameof(UpTo2), "TermsSteps", first));
        return [new(first, Figure(nameof(Percent1), Percent1, 100)), new(second, Figure(nameof(Percent2), Percent2, 100)), new(null, Figure(nameof(Percent3), Percent3, 100))];
    }

    private static DateOnly Day(List<Problem> problems, string field, string? text, DateOnly today)
    {
        if (ListingFormReader.ParseDate(text ?? "") is { } day) return day;
        problems.Add(new Problem(field, "TermsNotADate"));
        return today;
    }

    private static int? Count(List<Problem> problems, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Number(text) is { } number && number >= 1 && number <= 10_000 && number == Math.Truncate(number)) return (int)number;
        problems.Add(new Problem(field, "TermsLimit"));
        return null;
    }

    private static List<T> Codes<T>(string[] values) where T : struct, Enum => [.. values.Where(v => Enum.TryParse<T>(v, out var known) && Enum.IsDefined(known)).Select(Enum.Parse<T>).Distinct()];
}
