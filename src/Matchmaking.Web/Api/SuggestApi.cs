using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Api;

/// <summary>A code with its name in the asked language.</summary>
public sealed record SuggestedCode(string Code, string Name);

/// <param name="Field">Technology field; null when the nearest published listings do not agree.</param>
/// <param name="Industry">Industry; null when they do not agree.</param>
/// <param name="Keywords">Keywords of published listings that stand in the text.</param>
public sealed record SuggestAnswer(SuggestedCode? Field, SuggestedCode? Industry, IReadOnlyList<string> Keywords);

/// <summary>Field, industry and keywords of a draft, from the published listings nearest to it: <c>POST /api/v1/suggest</c>. Takes the draft of the check and keeps nothing of it.</summary>
public static class SuggestApi
{
    public static void MapSuggest(this RouteGroupBuilder api) =>
        api.MapPost("/suggest", SuggestAsync).WithName("SuggestChoices").WithSummary("Technology field, industry and keywords that fit a draft")
            .WithDescription("Learned from the platform's own published listings. Nothing of the draft is kept. Title, summary and description are read.")
            .Accepts<CheckRequest>("application/json").ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).RequireRateLimiting(ApiRegistration.CheckLimit);

    private static async Task<Results<Ok<SuggestAnswer>, ValidationProblem, ProblemHttpResult>> SuggestAsync(
        HttpRequest request, SuggestionSource source, Formatting format, IStringLocalizer<WritingText> text, CancellationToken cancellationToken)
    {
        var (draft, problem, errors) = await CheckApi.ReadAsync(request, text, cancellationToken);
        if (problem is not null) return problem;
        if (errors is not null) return errors;
        var suggestion = (await source.GetAsync(cancellationToken)).Suggest(string.Join('\n', draft!.Title, draft.Summary, draft.Description));
        return TypedResults.Ok(new SuggestAnswer(
            Enum.TryParse<TechnologyField>(suggestion.Field, out var field) ? new SuggestedCode(suggestion.Field!, format.Field(field)) : null,
            suggestion.Industry is { } industry ? new SuggestedCode(industry, format.Industry(industry)) : null, suggestion.Keywords));
    }
}
