using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Printing;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Lists;

/// <summary>The published lists for catalogues (DCAT 3 in JSON-LD) and for feed readers (Atom, RFC 4287). Every edition is an entry of its own; nothing is in them that is not on the lists' pages.</summary>
public sealed class ListCatalog(MatchmakingDbContext db, IStringLocalizer<ListsText> text)
{
    public const string CatalogType = "application/ld+json; charset=utf-8";
    public const string FeedType = "application/atom+xml; charset=utf-8";
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int Most = 100;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="site">Address of the site without a slash at its end.</param>
    public async Task<string> CatalogAsync(string site, CancellationToken cancellationToken)
    {
        var lists = await PublishedAsync(cancellationToken);
        var catalog = new Dictionary<string, object>
        {
            ["@context"] = new Dictionary<string, string> { ["dcat"] = "http://www.w3.org/ns/dcat#", ["dct"] = "http://purl.org/dc/terms/", ["spdx"] = "http://spdx.org/rdf/terms#", ["xsd"] = "http://www.w3.org/2001/XMLSchema#" },
            ["@id"] = site + "/lists", ["@type"] = "dcat:Catalog", ["dct:title"] = text["Lists"].Value,
            ["dcat:dataset"] = lists.Select(l => Dataset(l, site)).ToList(),
        };
        return JsonSerializer.Serialize(catalog, Json);
    }

    public async Task<byte[]> FeedAsync(string site, CancellationToken cancellationToken)
    {
        var lists = await PublishedAsync(cancellationToken);
        using var stream = new MemoryStream();
        await using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, site + "/lists");
            xml.WriteElementString("title", Atom, text["Lists"]);
            xml.WriteElementString("updated", Atom, Time(lists.Count > 0 ? lists.Max(l => l.PublishedAt!.Value) : DateTimeOffset.UnixEpoch));
            Link(xml, "self", site + "/lists/feed.atom");
            Link(xml, "alternate", site + "/lists");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, text["Publisher"]);
            xml.WriteEndElement();
            foreach (var list in lists)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("id", Atom, Address(list, site));
                xml.WriteElementString("title", Atom, Title(list));
                xml.WriteElementString("updated", Atom, Time(list.PublishedAt!.Value));
                xml.WriteElementString("published", Atom, Time(list.PublishedAt!.Value));
                Link(xml, "alternate", Address(list, site));
                xml.WriteElementString("summary", Atom, text["Feed.Summary", list.OfficialNumber ?? list.SerialNumber, list.ContentHash!]);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private Dictionary<string, object> Dataset(AnnualList list, string site)
    {
        var dataset = new Dictionary<string, object>
        {
            ["@id"] = Address(list, site), ["@type"] = "dcat:Dataset", ["dct:identifier"] = list.OfficialNumber ?? list.SerialNumber, ["dct:title"] = Title(list), ["dct:language"] = "zh-CN",
            ["dct:issued"] = new Dictionary<string, string> { ["@type"] = "xsd:dateTime", ["@value"] = Time(list.PublishedAt!.Value) },
            ["dcat:version"] = list.Edition.ToString(CultureInfo.InvariantCulture),
            ["dcat:distribution"] = new[] { ("json", "application/json"), ("csv", "text/csv"), ("xlsx", ListFiles.ExcelType), ("docx", PrintedFile.WordType), ("pdf", PrintedFile.PdfType) }.Select(f => Distribution(list, site, f.Item1, f.Item2)).ToList(),
        };
        if (list.IsCorrection) dataset["dcat:previousVersion"] = new Dictionary<string, string> { ["@id"] = site + ListAddress.Of(list.Kind, list.Year, list.Edition - 1) };
        return dataset;
    }

    private static Dictionary<string, object> Distribution(AnnualList list, string site, string format, string type)
    {
        var distribution = new Dictionary<string, object>
        {
            ["@type"] = "dcat:Distribution", ["dcat:downloadURL"] = new Dictionary<string, string> { ["@id"] = site + ListAddress.Download(list.Kind, list.Year, format, list.Edition) }, ["dcat:mediaType"] = type,
        };
        if (format == "json")
            distribution["spdx:checksum"] = new Dictionary<string, object> { ["@type"] = "spdx:Checksum", ["spdx:algorithm"] = new Dictionary<string, string> { ["@id"] = "spdx:checksumAlgorithm_sha256" }, ["spdx:checksumValue"] = list.ContentHash! };
        return distribution;
    }

    private Task<List<AnnualList>> PublishedAsync(CancellationToken cancellationToken) =>
        db.AnnualLists.AsNoTracking().Where(l => l.State == AnnualListState.Published).OrderByDescending(l => l.PublishedAt).ThenByDescending(l => l.Id).Take(Most).ToListAsync(cancellationToken);

    private string Title(AnnualList list)
    {
        var title = text["ListOfYear", text["Kind." + list.Kind].Value, list.Year].Value;
        return list.IsCorrection ? text["TitleOfEdition", title, list.Edition] : title;
    }

    private static string Address(AnnualList list, string site) => site + ListAddress.Of(list.Kind, list.Year, list.Edition);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Link(XmlWriter xml, string rel, string href)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }
}
