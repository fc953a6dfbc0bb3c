using System.Globalization;
using System.Text.Json;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Api;

/// <summary>One figure of a draft; only its name and unit are looked at.</summary>
public sealed record CheckQuantity(string? Name, string? Unit);

/// <param name="Kind">need (also when left out) or achievement.</param>
/// <param name="Deadline">Any text that is not empty counts as a deadline; so does a budget.</param>
/// <param name="OwnerName">Name that an anonymous text must not contain; left out, it is that of the signed-in person's organisation.</param>
public sealed record CheckRequest(
    string? Kind, string? Title, string? Summary, string? Description, string? WorkDone, IReadOnlyList<string?>? Keywords, IReadOnlyList<CheckQuantity?>? Quantities,
    string? Deadline, string? Budget, bool Anonymous, string? OwnerName);

/// <param name="Language">zh-CN or en; asked for by the header Accept-Language.</param>
/// <param name="Blocked">Whether something has to be changed before the text can be submitted.</param>
/// <param name="Digest">Names the kinds of findings; empty when there are none.</param>
public sealed record CheckAnswer(string Language, bool Blocked, string Digest, IReadOnlyList<CheckFinding> Findings);

/// <summary>
/// Checks a draft: <c>POST /api/v1/check</c>. Reads JSON, answers findings with places and words. Changes nothing, keeps nothing, and writes nothing of
/// the text to a log; therefore no sign-in and no antiforgery token are asked for.
/// </summary>
public static class CheckApi
{
    public const int MaxBytes = 128 * 1024;

    /// <summary>Most characters of one text; five times what the form takes, so that pasted text is still checked.</summary>
    public const int MaxText = 20_000;

    public const int MaxEntries = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    public static void MapCheck(this RouteGroupBuilder api) =>
        api.MapPost("/check", CheckAsync).WithName("CheckDraft").WithSummary("Findings in the draft of a need or an achievement, with places and words")
            .WithDescription("Nothing of the draft is kept. Findings of severity Blocks stop a submission, the others advise. start and length count UTF-16 units. Language by Accept-Language: zh-CN or en.")
            .Accepts<CheckRequest>("application/json").ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).RequireRateLimiting(ApiRegistration.CheckLimit);

    private static async Task<Results<Ok<CheckAnswer>, ValidationProblem, ProblemHttpResult>> CheckAsync(
        HttpRequest request, DraftChecker checker, CheckWords words, CurrentUser current, IStringLocalizer<WritingText> text, CancellationToken cancellationToken)
    {
        var (draft, problem, errors) = await ReadAsync(request, text, cancellationToken);
        if (problem is not null) return problem;
        if (errors is not null) return errors;
        var kind = draft!.Kind == "achievement" ? ListingKind.Achievement : ListingKind.Need;
        var owner = draft.OwnerName ?? (draft.Anonymous ? (await current.OrganizationAsync())?.Name : null) ?? "";
        var findings = await checker.CheckAsync(Draft(draft, kind, owner), cancellationToken);
        return TypedResults.Ok(new CheckAnswer(CultureInfo.CurrentUICulture.Name == "en" ? "en" : "zh-CN", findings.Any(f => f.Severity == LintSeverity.Blocks),
            CheckWords.Digest(findings), [.. findings.Select(f => words.Of(f, kind))]));
    }

    /// <summary>The draft, or why there is none; nothing of the text is in the answer.</summary>
    internal static async Task<(CheckRequest? Draft, ProblemHttpResult? Problem, ValidationProblem? Errors)> ReadAsync(HttpRequest request, IStringLocalizer<WritingText> text, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) return (null, Problem(StatusCodes.Status415UnsupportedMediaType, text["Api.MediaType"]), null);
        CheckRequest? draft;
        try
        {
            using var body = await ReadBodyAsync(request, cancellationToken);
            if (body is null) return (null, Problem(StatusCodes.Status413PayloadTooLarge, text["Api.TooLarge", MaxBytes / 1024]), null);
            draft = await JsonSerializer.DeserializeAsync<CheckRequest>(body, Json, cancellationToken);
        }
        catch (JsonException broken)
        {
            // The parser's own message would quote the draft.
            return (null, Problem(StatusCodes.Status400BadRequest, text["Api.BodyAt", (broken.LineNumber ?? 0) + 1, (broken.BytePositionInLine ?? 0) + 1]), null);
        }
        if (draft is null) return (null, Problem(StatusCodes.Status400BadRequest, text["Api.Body"]), null);
        return Errors(draft, text) is { Count: > 0 } errors ? (null, null, TypedResults.ValidationProblem(errors)) : (draft, null, null);
    }

    private static LintDraft Draft(CheckRequest draft, ListingKind kind, string owner) => new()
    {
        IsNeed = kind == ListingKind.Need, Title = draft.Title ?? "", Summary = draft.Summary ?? "", Description = draft.Description ?? "", WorkDone = draft.WorkDone ?? "",
        Keywords = [.. (draft.Keywords ?? []).Select(k => k ?? "")],
        Quantities = [.. (draft.Quantities ?? []).Select(q => new Quantity(q?.Name?.Trim() ?? "", Comparison.Ge, 0, null, q?.Unit?.Trim() ?? ""))],
        HasDeadline = !string.IsNullOrWhiteSpace(draft.Deadline), HasBudget = !string.IsNullOrWhiteSpace(draft.Budget), Anonymous = draft.Anonymous,
        OwnerNames = owner.Length == 0 ? [] : ListingRules.NamesOf(owner),
    };

    private static Dictionary<string, string[]> Errors(CheckRequest draft, IStringLocalizer<WritingText> text)
    {
        var errors = new Dictionary<string, string[]>();
        if (draft.Kind is not (null or "need" or "achievement")) errors["kind"] = [text["Api.Kind"]];
        void Limit(string field, int? length)
        {
            if (length > MaxText) errors[field] = [text["Api.TooLong", field, MaxText]];
        }
        Limit("title", draft.Title?.Length);
        Limit("summary", draft.Summary?.Length);
        Limit("description", draft.Description?.Length);
        Limit("workDone", draft.WorkDone?.Length);
        Limit("ownerName", draft.OwnerName?.Length);
        if (draft.Keywords?.Count > MaxEntries) errors["keywords"] = [text["Api.TooMany", "keywords", MaxEntries]];
        if (draft.Quantities?.Count > MaxEntries) errors["quantities"] = [text["Api.TooMany", "quantities", MaxEntries]];
        return errors;
    }

    /// <summary>The whole body, or null when it is larger than allowed; a length header is not trusted.</summary>
    private static async Task<MemoryStream?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                await body.DisposeAsync();
                return null;
            }
            body.Write(buffer, 0, read);
        }
        body.Position = 0;
        return body;
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
