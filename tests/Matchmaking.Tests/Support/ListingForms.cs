using AngleSharp.Html.Dom;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Support;

/// <summary>What people type into the form of a listing, and the ways through it.</summary>
public static class ListingForms
{
    public const string MainForm = "main form.form";

    /// <summary>A complete need.</summary>
    public static Dictionary<string, string> Need(string title = "预氧化炉温度均匀性控制") => new()
    {
        ["Input.Title"] = title, ["Input.Summary"] = "温差由9 ℃降到3 ℃。", ["Input.Description"] = "炉内温差大。\n希望控制在3 ℃以内。", ["Input.Kind"] = "Renovation",
        ["Input.WorkDone"] = "调整过风道。", ["Input.Field"] = "NewMaterials", ["Input.Industry"] = "C28", ["Input.Region"] = "220200", ["Input.Keywords"] = "碳纤维、预氧化",
        ["Input.Quantities[0].Name"] = "炉内温差", ["Input.Quantities[0].Comparison"] = "Le", ["Input.Quantities[0].Value"] = "3", ["Input.Quantities[0].High"] = "", ["Input.Quantities[0].Unit"] = "℃",
        ["Input.MinimumTrl"] = "7", ["Input.Horizon"] = "Near", ["Input.Deadline"] = "2027-06-30", ["Input.Money"] = "260", ["Input.ValidUntil"] = "2027-05-31",
        ["Input.Cooperation[]"] = "JointDevelopment\nCommissionedDevelopment", ["Input.Disclosure"] = "Named",
        ["Input.ContactName"] = "联系人乙（示例）", ["Input.ContactPhone"] = "0432-0000000", ["Input.ContactMail"] = "owner@test.invalid",
    };

    public static Dictionary<string, string> Achievement(string title = "多温区预氧化炉流场重构") => new()
    {
        ["Input.Title"] = title, ["Input.Summary"] = "重构送风流场。", ["Input.Description"] = "在中试炉上验证。", ["Input.Field"] = "NewMaterials", ["Input.Industry"] = "C28",
        ["Input.Region"] = "220100", ["Input.Keywords"] = "预氧化", ["Input.Quantities[0].Name"] = "炉内温差", ["Input.Quantities[0].Comparison"] = "Eq", ["Input.Quantities[0].Value"] = "2.4",
        ["Input.Quantities[0].High"] = "", ["Input.Quantities[0].Unit"] = "℃", ["Input.Trl"] = "6", ["Input.Stage"] = "Middle", ["Input.Ip"] = "InventionPatent",
        ["Input.IpNumber"] = "ZL201310699744.2", ["Input.Flags"] = "Empowered", ["Input.Money"] = "320", ["Input.ValidUntil"] = "2027-05-31", ["Input.Cooperation"] = "Licence",
        ["Input.Disclosure"] = "Named", ["Input.ContactName"] = "联系人丙（示例）", ["Input.ContactPhone"] = "", ["Input.ContactMail"] = "lab@test.invalid",
    };

    public static Task<HttpResponseMessage> SaveAsync(this HttpClient client, string address, Dictionary<string, string> fields) =>
        client.PostFormAsync(address, new(fields) { ["act"] = "save" }, MainForm);

    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, Dictionary<string, string> fields) =>
        client.PostFormAsync(address, new(fields) { ["act"] = "submit" }, MainForm);

    /// <summary>Presses a button of a page that holds several forms: the one whose button has this value.</summary>
    public static async Task<HttpResponseMessage> ActAsync(this HttpClient client, string address, string act, Dictionary<string, string>? fields = null)
    {
        var page = await client.GetPageAsync(address);
        var form = (IHtmlFormElement?)page.QuerySelectorAll("main form").FirstOrDefault(f => f.QuerySelector($"button[name=act][value={act}]") is not null);
        Assert.True(form is not null, $"{address} offers no act {act}.");
        return await client.SendFormAsync(form, address, new(fields ?? []) { ["act"] = act });
    }

    /// <summary>Sends an act although the page does not offer it, with the page's own token.</summary>
    public static async Task<HttpResponseMessage> ForceAsync(this HttpClient client, string page, string address, string act, Dictionary<string, string>? fields = null)
    {
        var form = (IHtmlFormElement)(await client.GetPageAsync(page)).QuerySelector("main form[method=post]")!;
        return await client.SendFormAsync(form, address, new(fields ?? []) { ["act"] = act });
    }

    /// <summary>The id that stands in an address such as /my/needs/12/view.</summary>
    public static int Id(this HttpResponseMessage response) =>
        int.Parse(response.Headers.Location!.OriginalString.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture);

    public static string Value(this IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']") switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } => page.QuerySelector($"[name='{name}'][checked]")?.GetAttribute("value") ?? "",
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => throw new InvalidOperationException($"The page has no field {name}."),
    };

    public static string Errors(this IHtmlDocument page) => page.QuerySelector(".errors")?.TextContent ?? "";

    /// <summary>A need of the organisation that waits for review.</summary>
    public static async Task<Listing> SubmittedAsync(this MatchmakingApplication app, Organization organization, ListingContent? content = null)
    {
        var draft = await app.AddDraftAsync(organization, content ?? app.NeedContent());
        return await app.WithDbAsync(async db =>
        {
            var listing = await db.Listings.Include(l => l.Organization).SingleAsync(l => l.Id == draft.Id);
            listing.Submit(0, app.Clock.Now, DateOnly.FromDateTime(app.Clock.Now.UtcDateTime));
            await db.SaveChangesAsync();
            return listing;
        });
    }

    /// <summary>A file as a browser sends it, with the other fields of its form.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(this HttpClient client, string address, string fileName, byte[] content)
    {
        var page = await client.GetPageAsync(address);
        var token = page.QuerySelector("#upload-form [name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? throw new InvalidOperationException($"{address} takes no files.");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("upload"), "act" }, { new ByteArrayContent(content), "upload", fileName },
        };
        return await client.PostAsync(address, form, TestContext.Current.CancellationToken);
    }
}
