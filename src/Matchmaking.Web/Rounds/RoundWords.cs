using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Rounds;

/// <summary>A round in the reader's words: its terms as lines, the choices of its form, and what is wrong.</summary>
public sealed class RoundWords(IStringLocalizer<TiersText> text, Formatting format, ListingMessages messages)
{
    public static IReadOnlyList<OrganizationKind> Posting { get; } = [OrganizationKind.Enterprise, OrganizationKind.University, OrganizationKind.Institute];

    public IEnumerable<FieldChoice> Kinds => Enum.GetValues<NeedKind>().Select(k => new FieldChoice(k.ToString(), format.NeedKind(k)));
    public IEnumerable<FieldChoice> OrganizationKinds => Posting.Select(k => new FieldChoice(k.ToString(), format.Name("OrganizationKind", k.ToString())));
    public IEnumerable<FieldChoice> Regions => CodeLists.Regions.Select(r => new FieldChoice(r, format.Region(r)));
    public IEnumerable<FieldChoice> Fields => Enum.GetValues<RoundField>().Select(f => new FieldChoice(f.ToString(), messages.Label(f.ToString(), Matching.Search.ListingKind.Need)));
    public IEnumerable<FieldChoice> AskFigures => [new("yes", text["Round.AskFigures.Yes"])];

    public StatusView Status(CollectionRound round, DateOnly today) => round.State switch
    {
        RoundState.Draft => new(StatusKind.Neutral, text["RoundState.Draft"]),
        RoundState.Closed => new(StatusKind.None, text["RoundState.Closed"]),
        _ when today < round.OpensOn => new(StatusKind.Live, text["RoundState.Soon"]),
        _ when today > round.ClosesOn => new(StatusKind.None, text["RoundState.Closed"]),
        _ => new(StatusKind.Good, text["RoundState.Open"]),
    };

    /// <summary>Label and value of every term that limits something.</summary>
    public IReadOnlyList<(string Label, string Value)> Terms(CollectionRound round, IReadOnlyDictionary<int, string> offices)
    {
        string Or(IEnumerable<string> names, string all) => names.ToList() is { Count: > 0 } some ? format.List(some) : text[all];
        var lines = new List<(string, string)>
        {
            (text["Round.Dates"], text["Round.FromTo", format.Date(round.OpensOn), format.Date(round.ClosesOn)]),
            (text["Round.Who"], Or(round.OrganizationKinds.Select(k => format.Name("OrganizationKind", k.ToString())), "Round.Everybody")),
            (text["Round.Regions"], Or(round.Regions.Select(format.Region), "Round.AllRegions")),
            (text["Round.Kinds"], Or(round.Kinds.Select(k => format.NeedKind(k)), "Round.AllKinds")),
        };
        if (round.Offices.Count > 0) lines.Add((text["Round.Offices"], format.List(round.Offices.Where(offices.ContainsKey).Select(o => offices[o]))));
        if (round.PerOrganization is { } own) lines.Add((text["Round.PerOrganization"], text["Round.Most", own]));
        if (round.PerOffice is { } all) lines.Add((text["Round.PerOffice"], text["Round.Most", all]));
        if (round.Fields.Count > 0) lines.Add((text["Round.Fields"], format.List(round.Fields.Select(f => messages.Label(f.ToString(), Matching.Search.ListingKind.Need)))));
        if (round.AsksFigures) lines.Add((text["Round.Intensity"], string.Join('\n', Steps(round.Intensity))));
        return lines;
    }

    /// <summary>营业收入5,000万元及以下：不低于5% …</summary>
    public IEnumerable<string> Steps(IReadOnlyList<IntensityStep> steps)
    {
        decimal? before = null;
        foreach (var step in steps)
        {
            yield return step.UpTo is { } end ? text["Round.Step", format.Money(end), format.Number(step.Percent)] : text["Round.LastStep", format.Money(before), format.Number(step.Percent)];
            before = step.UpTo;
        }
    }

    /// <summary>A problem of the round in words; null when it is one of the need itself.</summary>
    public string? Of(Problem problem)
    {
        object[] arguments = [.. problem.Arguments.Select(a => a switch { DateOnly day => format.Date(day), decimal number => format.Number(number), int number => format.Number(number), _ => a })];
        var found = text["Problem." + problem.Code, [messages.Label(problem.Field.Length == 0 ? "Title" : problem.Field, Matching.Search.ListingKind.Need), .. arguments]];
        return found.ResourceNotFound ? null : found.Value;
    }

    /// <summary>Names of the offices that rounds name.</summary>
    public static Task<Dictionary<int, string>> OfficesAsync(MatchmakingDbContext db, CancellationToken cancellationToken) =>
        db.Organizations.AsNoTracking().Where(o => o.Kind == OrganizationKind.Office && o.State == OrganizationState.Verified).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
}
