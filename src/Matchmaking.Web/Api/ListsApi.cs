using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Api;

/// <param name="Sha256">Hash of the bytes that the list's own address answers with; null before publication.</param>
public sealed record ListSummary(
    string Serial, string Kind, int Year, string State, DateOnly? NoticeFrom, DateOnly? NoticeUntil,
    DateTimeOffset? PublishedAt, string? Sha256, string Address);

/// <summary>The yearly lists for programs: what the public pages show, nothing more.</summary>
public static class ListsApi
{
    public static RouteGroupBuilder MapListsApi(this RouteGroupBuilder group)
    {
        group.MapGet("/lists", AllAsync).WithName("GetLists").WithSummary("All yearly lists that are published or in public notice.");
        group.MapGet("/lists/{year:int}/{kind}", OneAsync).WithName("GetList").Produces<ListDocument>()
            .WithSummary("One list. When published: byte for byte the text whose SHA-256 is given with the list.");
        return group;
    }

    /// <summary>Beside the pages, not below /api: addresses that catalogues and feed readers keep.</summary>
    public static void MapListFiles(this IEndpointRouteBuilder site)
    {
        static string Of(HttpRequest request) => $"{request.Scheme}://{request.Host}";
        site.MapGet("/lists/catalog.jsonld", async (ListCatalog catalog, HttpRequest request, CancellationToken cancellationToken) => Results.Text(await catalog.CatalogAsync(Of(request), cancellationToken), ListCatalog.CatalogType)).ExcludeFromDescription();
        site.MapGet("/lists/feed.atom", async (ListCatalog catalog, HttpRequest request, CancellationToken cancellationToken) => Results.Bytes(await catalog.FeedAsync(Of(request), cancellationToken), ListCatalog.FeedType)).ExcludeFromDescription();
        site.MapGet("/lists/keys/{id:int}.pem", async (int id, MatchmakingDbContext db, CancellationToken cancellationToken) =>
            await db.ListSigningKeys.Where(k => k.Id == id).Select(k => k.PublicPem).SingleOrDefaultAsync(cancellationToken) is { } pem
                ? Results.File(System.Text.Encoding.ASCII.GetBytes(pem + "\n"), "application/x-pem-file", $"key-{id}.pem") : Results.NotFound()).ExcludeFromDescription();
    }

    internal static async Task<Ok<List<ListSummary>>> AllAsync(ReadAnnualLists read, LocalTime time, CancellationToken cancellationToken)
    {
        var lists = await read.AllPublicAsync(time.Today, cancellationToken);
        return TypedResults.Ok(lists.Select(l => new ListSummary(
            l.SerialNumber, l.Kind.ToString(), l.Year, l.State.ToString(), l.NoticeFrom, l.NoticeUntil, l.PublishedAt, l.ContentHash,
            $"/api/v1/lists/{l.Year}/{ListAddress.Slug(l.Kind)}")).ToList());
    }

    internal static async Task<IResult> OneAsync(int year, string kind, ReadAnnualLists read, LocalTime time, CancellationToken cancellationToken)
    {
        if (ListAddress.Kind(kind) is not { } listKind) return TypedResults.NotFound();
        if (await read.FindPublicAsync(year, listKind, time.Today, cancellationToken) is not { } list) return TypedResults.NotFound();
        var json = list.FrozenJson ?? (await read.DocumentAsync(list, cancellationToken)).ToJson();
        return TypedResults.Bytes(ListDocument.Bytes(json), "application/json; charset=utf-8");
    }
}
