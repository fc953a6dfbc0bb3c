namespace Matchmaking.Matching.Listings;

/// <summary>Who checks: the recommending office before passing on, staff before publishing.</summary>
public enum CheckStage { Office, Staff }

/// <summary>One item as it stood when a step was taken, ticked or not: later changes of the list leave it alone.</summary>
/// <param name="Code">A built-in item's code; its words are then the reader's language's.</param>
/// <param name="Text">Words of an item that staff wrote; empty for a built-in one.</param>
public sealed record CheckTick(string Code, string Text, bool Ticked);

/// <summary>One question of a checklist. Items are never deleted, only retired, so that old steps can be read.</summary>
public sealed class ChecklistItem
{
    public const int MaxText = 100;

    /// <summary>What the platform starts with, by stage; the words stand in the web application's resources.</summary>
    public static IReadOnlyList<(CheckStage Stage, string Code, bool Required)> BuiltIn { get; } =
    [
        (CheckStage.Office, "OwnMember", true), (CheckStage.Office, "Complete", true), (CheckStage.Office, "NotClassified", true), (CheckStage.Office, "NotSolvable", false), (CheckStage.Office, "Once", false),
        (CheckStage.Staff, "Clear", false), (CheckStage.Staff, "Quantified", false), (CheckStage.Staff, "NoNames", false), (CheckStage.Staff, "Publishable", false),
    ];

    private ChecklistItem() { }

    private ChecklistItem(CheckStage stage, string code, string text, bool required, int position) =>
        (Stage, Code, Text, Required, Position) = (stage, code, text, required, position);

    public static ChecklistItem OfPlatform(CheckStage stage, string code, bool required, int position) => new(stage, code, "", required, position);

    public static ChecklistItem Own(CheckStage stage, string text, bool required, int position) => new(stage, "", text, required, position);

    public int Id { get; private set; }
    public CheckStage Stage { get; private set; }
    public string Code { get; private set; } = "";
    public string Text { get; private set; } = "";

    /// <summary>Without its tick the record is not passed on; sending back needs no tick.</summary>
    public bool Required { get; private set; }

    public int Position { get; private set; }
    public bool Retired { get; private set; }

    public void Require(bool required) => Required = required;

    public void Retire(bool retired) => Retired = retired;

    public CheckTick Tick(bool ticked) => new(Code, Text, ticked);
}

/// <summary>The list of a stage, and what a form said of it.</summary>
public static class Checklist
{
    /// <summary>The items as ticked; and whether all required ones are.</summary>
    /// <param name="ticked">Ids of the ticked items.</param>
    public static (IReadOnlyList<CheckTick> Ticks, IReadOnlyList<ChecklistItem> Missing) Read(IReadOnlyList<ChecklistItem> items, IReadOnlyCollection<int> ticked) =>
        ([.. items.Select(item => item.Tick(ticked.Contains(item.Id)))], [.. items.Where(item => item.Required && !ticked.Contains(item.Id))]);
}
