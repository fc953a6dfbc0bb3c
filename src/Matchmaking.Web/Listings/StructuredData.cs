using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Matchmaking.Matching.Listings;
using Microsoft.AspNetCore.Html;

namespace Matchmaking.Web.Listings;

/// <summary>A published listing for machines: schema.org Demand or Offer. The same public layer as the page; an anonymous seller is not named.</summary>
public static class StructuredData
{
    // Escapes < > & and quotes, so that no text can end the element it stands in.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="address">Absolute public address.</param>
    /// <param name="region">Name of the region served.</param>
    public static IHtmlContent Of(Listing listing, string address, string region)
    {
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = listing is Need ? "Demand" : "Offer",
            ["@id"] = address,
            ["url"] = address,
            ["identifier"] = listing.Number,
            ["name"] = listing.Title,
            ["description"] = listing.Summary,
            ["areaServed"] = region,
            ["validFrom"] = listing.PublishedAt?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["validThrough"] = listing.ValidUntil?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        if (listing.Money is { } money)
        {
            // Stored in 万元.
            data["price"] = money * 10_000;
            data["priceCurrency"] = "CNY";
        }
        if (!listing.IsAnonymous) data["seller"] = new JsonObject { ["@type"] = "Organization", ["name"] = listing.Organization.Name };
        return new HtmlString($"<script type=\"application/ld+json\">{data.ToJsonString(Options)}</script>");
    }
}
