using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.PersonalData;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.PersonalData;

/// <summary>A part with what is held in it.</summary>
public sealed record HeldPart(string Key, IReadOnlyList<PersonalRecord> Records);

/// <summary>Everything held about a person: to look at, and as a file to take along, once for machines (data.json) and once to read (data.html), in one zip.</summary>
public sealed class PersonalExport(MatchmakingDbContext db, IEnumerable<PersonalDataPart> parts, IStringLocalizer<PersonalText> text, TimeProvider time)
{
    public const int Version = 1;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The names of the parts, in their order.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. parts.Select(p => p.Key)];

    public async Task<HeldPart> ReadAsync(string key, User person, CancellationToken cancellationToken) => new(key, await parts.Single(p => p.Key == key).ReadAsync(db, person, cancellationToken));

    public async Task<IReadOnlyList<HeldPart>> ReadAsync(User person, CancellationToken cancellationToken)
    {
        var held = new List<HeldPart>();
        foreach (var part in parts) held.Add(new HeldPart(part.Key, await part.ReadAsync(db, person, cancellationToken)));
        return held;
    }

    public async Task<byte[]> ZipAsync(User person, CancellationToken cancellationToken)
    {
        var held = await ReadAsync(person, cancellationToken);
        var at = time.GetUtcNow();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "data.json", JsonOf(held, at), at);
            Add(zip, "data.html", HtmlOf(held, at), at);
        }
        return stream.ToArray();
    }

    private static string JsonOf(IReadOnlyList<HeldPart> held, DateTimeOffset at) => JsonSerializer.Serialize(
        new
        {
            version = Version,
            madeAt = at.UtcDateTime,
            parts = held.ToDictionary(p => p.Key, p => p.Records.Select(r => r.Fields.ToDictionary(f => f.Name, f => f.Value))),
        }, Json);

    private string HtmlOf(IReadOnlyList<HeldPart> held, DateTimeOffset at)
    {
        static string E(string value) => WebUtility.HtmlEncode(value);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{CultureInfo.CurrentUICulture.Name}\">\n<head><meta charset=\"utf-8\"><title>{E(text["Data.Title"])}</title></head>\n<body>\n<h1>{E(text["Data.Title"])}</h1>\n<p>{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>\n");
        foreach (var part in held)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{E(text["Part." + part.Key])} ({part.Records.Count})</h2>\n<p>{E(text["Keeps." + part.Key])}</p>\n");
            foreach (var record in part.Records)
            {
                html.Append("<dl>\n");
                foreach (var field in record.Fields) html.Append(CultureInfo.InvariantCulture, $"<dt>{E(text["Field." + field.Name])}</dt><dd>{E(field.Value)}</dd>\n");
                html.Append("</dl>\n");
            }
        }
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Add(ZipArchive zip, string name, string content, DateTimeOffset at)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = at;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write(content);
    }
}
