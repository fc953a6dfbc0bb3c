using System.Globalization;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Notices;

/// <summary>From notices, choices and saved searches to words in the reader's language.</summary>
public sealed class NoticeViews(ListingViews listings, Formatting format, IStringLocalizer<ToldText> text)
{
    public string Title(NoticeKind kind) => NoticeWords.Title(kind, CultureInfo.CurrentUICulture);

    public string Text(Notice notice) => NoticeWords.Text(notice.Kind, notice.Arguments, CultureInfo.CurrentUICulture);

    public string Group(NoticeGroup group) => NoticeWords.Say($"Group.{group}", CultureInfo.CurrentUICulture);

    public string Frequency(MailFrequency frequency) => text[$"Frequency.{frequency}"];

    public IReadOnlyList<FieldChoice> Frequencies(IEnumerable<MailFrequency>? choices = null) =>
        [.. (choices ?? Enum.GetValues<MailFrequency>()).Select(f => new FieldChoice(f.ToString(), Frequency(f)))];

    /// <summary>The list as the saved search shows it.</summary>
    public static ListingQuery Query(SavedSearch search) => new(search.Text, search.Kind, search.Filters, SearchSort.Newest, 1, ListingQuery.DefaultSize);

    /// <summary>找需求：“碳纤维”；新材料；吉林市.</summary>
    public string Describe(ListingQuery query) =>
        string.Join(text["Search.Separator"], (string[])[text[$"Search.{query.Kind}"], .. query.Text.Length > 0 ? [text["Search.Quoted", query.Text].Value] : Array.Empty<string>(), .. listings.Tags(query).Select(t => t.Text)]);

    public string Field(TechnologyField field) => format.Field(field);

    /// <summary>Where a search is saved: the form with the query in its address.</summary>
    public static string SaveAddress(ListingQuery query)
    {
        var parts = new List<KeyValuePair<string, string?>> { new("kind", query.Kind.ToString()) };
        if (query.Text.Length > 0) parts.Add(new("q", query.Text));
        foreach (var (facet, values) in query.Filters) parts.AddRange(values.Select(v => new KeyValuePair<string, string?>(facet, v)));
        return "/account/notices/searches/new" + QueryString.Create(parts);
    }
}
