using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Lists;

public sealed class ShowModel(
    ReadAnnualLists read, ReadOutcomes outcomes, MatchmakingDbContext db, LocalTime time, Formatting format, IStringLocalizer<ListsText> text) : PageModel
{
    public AnnualList List { get; private set; } = null!;
    public ListDocument Document { get; private set; } = null!;
    public ListComparison Comparison { get; private set; } = null!;
    public IReadOnlyList<ListDocumentEntry> Shown { get; private set; } = [];
    public TechnologyField? Field { get; private set; }

    /// <summary>Fields on the list with their counts, in the order of the code list.</summary>
    public IReadOnlyList<(TechnologyField Field, int Count)> Fields { get; private set; } = [];
    public HeatView Heat { get; private set; } = null!;

    /// <summary>Numbers whose record can still be opened; an owner may have withdrawn one since.</summary>
    public IReadOnlySet<string> Open { get; private set; } = new HashSet<string>();

    /// <summary>Every edition of this year's list, newest first.</summary>
    public IReadOnlyList<AnnualList> Editions { get; private set; } = [];

    /// <summary>What became of last year's entries that are no longer here, by number; and of this list's own.</summary>
    public IReadOnlyDictionary<string, EntryOutcome> Outcomes { get; private set; } = new Dictionary<string, EntryOutcome>();

    /// <summary>That three people stood for it; who they are is in the files of the office.</summary>
    public IReadOnlyList<SignedAs> Signed { get; private set; } = [];

    public sealed record SignedAs(ListSignRole Role, DateTimeOffset At);

    public async Task<IActionResult> OnGetAsync(int year, string kind, string? field, int? edition, CancellationToken cancellationToken)
    {
        if (ListAddress.Kind(kind) is not { } listKind) return NotFound();
        Editions = await read.EditionsAsync(year, listKind, time.Today, cancellationToken);
        if (Editions.FirstOrDefault(l => edition is null || l.Edition == edition) is not { } list) return NotFound();

        List = list;
        Document = await read.DocumentAsync(list, cancellationToken);
        Comparison = new ListComparison(Document, await read.BeforeAsync(list, cancellationToken));
        var counts = Document.Entries.Where(e => e.Field is not null).CountBy(e => e.Field!.Value).ToDictionary();
        Fields = [.. Enum.GetValues<TechnologyField>().Where(counts.ContainsKey).Select(f => (f, counts[f]))];
        // An unknown field filters nothing: an old link still shows the list.
        Field = Enum.TryParse<TechnologyField>(field, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        Shown = [.. Document.Entries.Where(e => Field is null || e.Field == Field)];
        Heat = HeatOf(listKind);
        var numbers = Document.Entries.Concat(Comparison.Gone).Select(e => e.Number).ToList();
        Open = (await db.Listings.Where(l => numbers.Contains(l.Number!) && ListingStates.Public.Contains(l.State)).Select(l => l.Number!).ToListAsync(cancellationToken)).ToHashSet();
        Outcomes = await outcomes.OfAsync(listKind, numbers, cancellationToken);
        if (list.State == AnnualListState.Published)
            Signed = await db.AnnualListSigns.AsNoTracking().Where(s => s.ListId == list.Id).OrderBy(s => s.Id).Select(s => new SignedAs(s.Role, s.At)).ToListAsync(cancellationToken);
        return Page();
    }

    /// <summary>What became of an entry, as far as everybody may know: its state, and how many contracts were registered, with the day of the last one.</summary>
    public string Became(string number)
    {
        var outcome = Outcomes[number];
        var fate = text["Fate." + outcome.Fate].Value;
        return outcome.LastRegistered is { } last ? text["Fate.Registered", fate, outcome.Registered, format.Date(last)] : fate;
    }

    private HeatView HeatOf(AnnualListKind kind)
    {
        var needs = kind == AnnualListKind.KeyTechnologyNeeds;
        string[] bands = needs ? Enum.GetNames<Horizon>() : Enum.GetNames<AchievementStage>();
        var cells = Document.Entries.CountBy(e => (e.Field, e.Band)).ToDictionary();
        return new HeatView(
            text[needs ? "Heat.Needs" : "Heat.Achievements"],
            text["Column.Field"],
            [.. bands.Select(b => format.Name(needs ? "Horizon" : "Stage", b))],
            [.. Enum.GetValues<TechnologyField>().Select(f => new HeatRow(format.Field(f), [.. bands.Select(b => cells.GetValueOrDefault((f, b)))]))]);
    }
}
