using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Jobs;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Support;

/// <summary>The way of a table through the pages: upload, preview, import.</summary>
public static class ImportSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> UploadTableAsync(this HttpClient client, string fileName, byte[] content, string door = "/my", ListingKind kind = ListingKind.Need)
    {
        var page = await client.GetPageAsync(door + "/import");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("#upload-form [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(kind.ToString()), "kind" }, { new ByteArrayContent(content), "upload", fileName },
        };
        return await client.PostAsync(door + "/import", form, Cancel);
    }

    /// <summary>Uploads a table that must be accepted; returns the address of its preview.</summary>
    public static async Task<string> UploadedAsync(this HttpClient client, string fileName, byte[] content, string door = "/my", ListingKind kind = ListingKind.Need)
    {
        var response = await client.UploadTableAsync(fileName, content, door, kind);
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, response.StatusCode == HttpStatusCode.UnprocessableEntity ? (await response.PageAsync()).GetElementById("upload-error")?.TextContent : $"{(int)response.StatusCode}");
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Presses one of the buttons of an import's page.</summary>
    public static async Task<HttpResponseMessage> PressAsync(this HttpClient client, string address, string handler, Dictionary<string, string>? fields = null)
    {
        var page = await client.GetPageAsync(address);
        var form = (IHtmlFormElement?)page.QuerySelector($"main form[action$='handler={handler}']");
        Assert.True(form is not null, $"{address} offers no {handler}.");
        return await client.SendFormAsync(form, address, fields ?? []);
    }

    public static int ImportId(string address) => int.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Imports what the preview shows as good, as the server's job would.</summary>
    public static async Task<Import> ImportAsync(this MatchmakingApplication app, HttpClient client, string address, bool submit = false)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await client.PressAsync(address, "Import", submit ? new() { ["submits"] = "true" } : null)).StatusCode);
        var id = ImportId(address);
        await app.RunJobAsync<ImportTable>(job => job.RunAsync(id, Cancel));
        return await app.ImportOfAsync(id);
    }

    public static Task<Import> ImportOfAsync(this MatchmakingApplication app, int id) => app.WithDbAsync(db => db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, Cancel));
}
