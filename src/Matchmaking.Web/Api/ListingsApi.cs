using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Api;

public sealed record SearchAnswer(int Total, int Page, int Size, int Pages, IReadOnlyList<SearchAnswerHit> Hits, IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets);

public sealed record SearchAnswerHit(string Number, string Kind, string Title, string Summary, double Score, string Url);

/// <summary>The public layer of one listing. <c>Owner</c> is null when the owner is anonymous.</summary>
public sealed record ListingAnswer(string Number, string Kind, string State, string Title, string Summary, string Description, IReadOnlyList<string> Keywords,
    string? Field, string Industry, string Region, string? Owner, IReadOnlyList<Quantity> Quantities, IReadOnlyList<CooperationMode> Cooperation,
    decimal? Money, string? Horizon, DateOnly? Deadline, int? Trl, string? Stage, string? Ip, DateOnly? ValidUntil, DateTimeOffset? PublishedAt, int Revision);

/// <summary>Read API of needs and achievements.</summary>
public static class ListingsApi
{
    public static void MapListings(this RouteGroupBuilder api)
    {
        api.MapGet("/search", SearchAsync).WithSummary("Full-text and vector search over published listings, with facets")
            .WithDescription("q: any text; kind: need or achievement; page from 1; size up to 100; field, industry, region, band, money, mode: facet values, may repeat; sort: Relevance, Newest, Deadline, MoneyDescending.");
        api.MapGet("/needs/{number}", (string number, MatchmakingDbContext db, CancellationToken cancellationToken) => FindAsync<Need>(number, db, cancellationToken))
            .WithSummary("One published need by its number");
        api.MapGet("/achievements/{number}", (string number, MatchmakingDbContext db, CancellationToken cancellationToken) => FindAsync<Achievement>(number, db, cancellationToken))
            .WithSummary("One published achievement by its number");
    }

    private static async Task<Results<Ok<SearchAnswer>, ValidationProblem, ProblemHttpResult>> SearchAsync(
        HttpRequest request, ListingSearch search, CancellationToken cancellationToken, string? q = null, string kind = "need", string? page = null, string? size = null)
    {
        var errors = new Dictionary<string, string[]>();
        if (kind is not ("need" or "achievement")) errors["kind"] = [$"'{Short(kind)}' is not a kind. Allowed values: need, achievement."];
        if (page is not null && !(int.TryParse(page, out var p) && p is > 0 and <= 10_000)) errors["page"] = ["page is a whole number from 1 to 10000."];
        if (size is not null && !(int.TryParse(size, out var s) && s is > 0 and <= SearchRequest.MaximumSize)) errors["size"] = [$"size is a whole number from 1 to {SearchRequest.MaximumSize}."];
        if (q?.Length > ListingQuery.MaximumText) errors["q"] = [$"q has at most {ListingQuery.MaximumText} characters."];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);

        var result = await search.RunAsync(ListingQuery.Read(request.Query, kind == "need" ? ListingKind.Need : ListingKind.Achievement), cancellationToken);
        if (result.Down) return TypedResults.Problem("The search engine does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        return TypedResults.Ok(new SearchAnswer(result.Total, result.Query.Page, result.Query.Size, result.Pages,
            [.. result.Listings.Select(l => new SearchAnswerHit(l.Number!, kind, l.Title, l.Summary, result.Scores[l.Id], Url(l)))], result.Facets));
    }

    private static async Task<Results<Ok<ListingAnswer>, ProblemHttpResult>> FindAsync<T>(string number, MatchmakingDbContext db, CancellationToken cancellationToken) where T : Listing
    {
        var listing = await db.Set<T>().AsNoTracking().Include(l => l.Organization)
            .SingleOrDefaultAsync(l => l.Number == number && ListingStates.Public.Contains(l.State), cancellationToken);
        if (listing is null) return TypedResults.Problem("No published listing has this number.", statusCode: StatusCodes.Status404NotFound);
        var need = listing as Need;
        var achievement = listing as Achievement;
        return TypedResults.Ok(new ListingAnswer(listing.Number!, need is null ? "achievement" : "need", listing.State.ToString(), listing.Title, listing.Summary,
            listing.Description, listing.Keywords, listing.Field?.ToString(), listing.Industry, listing.Region, listing.IsAnonymous ? null : listing.Organization.Name,
            listing.Quantities, listing.Cooperation, listing.Money, need?.Horizon?.ToString(), need?.Deadline, need?.MinimumTrl ?? achievement?.Trl,
            achievement?.Stage?.ToString(), achievement?.Ip?.ToString(), listing.ValidUntil, listing.PublishedAt, listing.PublishedRevision));
    }

    private static string Url(Listing listing) => $"/{(listing is Need ? "needs" : "achievements")}/{listing.Number}";

    private static string Short(string text) => text.Length > 40 ? text[..40] : text;
}
