using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages;

/// <summary>Guide, rules, personal data, accessibility: headings and lines from the resource file, numbers from the rules themselves.</summary>
[AllowAnonymous]
public sealed class InfoModel(IStringLocalizer<InfoText> text) : PageModel
{
    // {0} title … in the texts of the rules; the pages cannot promise other limits than the program keeps.
    private static readonly object[] Limits =
    [
        ListingContent.MaxTitle, ListingContent.MaxSummary, ListingContent.MaxDescription, ListingContent.MaxKeywords,
        ListingContent.MaxQuantities, ListingRules.LongestValidityDays,
    ];

    private string prefix = "";

    public sealed record Section(string Id, string Heading, IReadOnlyList<string> Lines);

    public IReadOnlyList<Section> Sections { get; private set; } = [];

    public IReadOnlyList<CrumbView> Crumbs => [new(text["Home.Crumb"], "/"), new(Text("Title"))];

    public void OnGet(string subject)
    {
        prefix = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(subject);
        var sections = new List<Section>();
        for (var s = 1; !text[$"{prefix}.{s}"].ResourceNotFound; s++)
        {
            var lines = new List<string>();
            for (var n = 1; !text[$"{prefix}.{s}.{n}"].ResourceNotFound; n++) lines.Add(text[$"{prefix}.{s}.{n}", Limits]);
            sections.Add(new Section(string.Create(CultureInfo.InvariantCulture, $"s{s}"), text[$"{prefix}.{s}"], lines));
        }
        Sections = sections;
    }

    public string Text(string key) => text[$"{prefix}.{key}"];
}
