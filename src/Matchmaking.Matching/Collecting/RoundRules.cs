using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.Collecting;

/// <summary>How many needs hold a place in a round already: of the organisation, and of all members of its office.</summary>
public sealed record RoundPlaces(int OfOrganization, int OfOffice);

/// <summary>Whether a need may be submitted to a round; everything that speaks against it at once.</summary>
public static class RoundRules
{
    /// <summary>Most that a figure of a firm can be, in 万元: a trillion yuan.</summary>
    public const decimal MaxFigure = 100_000_000m;

    /// <param name="places">Without the need itself.</param>
    /// <param name="today">The province's day.</param>
    /// <returns>Fields: of the content by their names, <c>Turnover</c>, <c>Research</c>, <c>Declared</c>, or empty for the round itself.</returns>
    public static IReadOnlyList<Problem> Check(CollectionRound round, Organization organization, NeedContent content, FirmFigures figures, bool declared, RoundPlaces places, DateOnly today)
    {
        var problems = new List<Problem>();
        if (!round.IsOpen(today)) return [new Problem("", "RoundNotOpen", round.OpensOn, round.ClosesOn)];
        if (!round.Reaches(organization)) problems.Add(new Problem("", "RoundNotForYou"));
        if (round.PerOrganization is { } own && places.OfOrganization >= own) problems.Add(new Problem("", "RoundFullForOrganization", own));
        if (round.PerOffice is { } all && organization.OfficeId is not null && places.OfOffice >= all) problems.Add(new Problem("", "RoundFullForOffice", all));
        if (round.Kinds.Count > 0 && (content.Kind is not { } kind || !round.Kinds.Contains(kind))) problems.Add(new Problem(nameof(content.Kind), "RoundKind"));
        foreach (var field in round.Fields.Where(field => !Stated(content, field))) problems.Add(new Problem(field.ToString(), "RoundAsks"));
        if (round.AsksFigures) CheckFigures(problems, round.Intensity, figures);
        if (!declared) problems.Add(new Problem("Declared", "RoundNotDeclared"));
        return problems;
    }

    /// <summary>The percentage asked of a firm with this turnover.</summary>
    public static decimal Least(IReadOnlyList<IntensityStep> steps, decimal turnover) =>
        steps.Where(step => step.UpTo is null || turnover <= step.UpTo).Select(step => step.Percent).DefaultIfEmpty(0).First();

    /// <summary>What is wrong with a round's own terms.</summary>
    public static IReadOnlyList<Problem> Check(RoundTerms terms, DateOnly today)
    {
        var problems = new List<Problem>();
        if (terms.Title.Length is 0 or > CollectionRound.MaxTitle) problems.Add(new Problem("Title", terms.Title.Length == 0 ? "TermsMissing" : "TermsTooLong", terms.Title.Length, CollectionRound.MaxTitle));
        if (terms.Text.Length is 0 or > CollectionRound.MaxText) problems.Add(new Problem("Text", terms.Text.Length == 0 ? "TermsMissing" : "TermsTooLong", terms.Text.Length, CollectionRound.MaxText));
        if (terms.ClosesOn < terms.OpensOn) problems.Add(new Problem("ClosesOn", "TermsReversed", terms.OpensOn));
        if (terms.ClosesOn < today) problems.Add(new Problem("ClosesOn", "TermsPast", terms.ClosesOn));
        if (terms.PerOrganization is < 1) problems.Add(new Problem("PerOrganization", "TermsLimit"));
        if (terms.PerOffice is < 1) problems.Add(new Problem("PerOffice", "TermsLimit"));
        return problems;
    }

    private static void CheckFigures(List<Problem> problems, IReadOnlyList<IntensityStep> steps, FirmFigures figures)
    {
        if (figures.Turnover is not { } turnover) problems.Add(new Problem("Turnover", "FigureMissing"));
        else if (turnover is <= 0 or > MaxFigure) problems.Add(new Problem("Turnover", "FigureOutOfRange", MaxFigure));
        if (figures.Research is not { } research) problems.Add(new Problem("Research", "FigureMissing"));
        else if (research is < 0 or > MaxFigure) problems.Add(new Problem("Research", "FigureOutOfRange", MaxFigure));
        else if (figures.Turnover is > 0 and var sold && research > sold) problems.Add(new Problem("Research", "FigureAboveTurnover", sold));
        else if (figures is { Turnover: > 0 and var all, Intensity: { } share } && Least(steps, all) is var least && research * 100 < least * all)
            problems.Add(new Problem("Research", "IntensityTooLow", share, least));
    }

    private static bool Stated(NeedContent content, RoundField field) => field switch
    {
        RoundField.Quantities => content.Quantities.Count > 0,
        RoundField.Money => content.Money is not null,
        RoundField.WorkDone => content.WorkDone.Length > 0,
        RoundField.MinimumTrl => content.MinimumTrl is not null,
        RoundField.Keywords => content.Keywords.Count > 0,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
