namespace Matchmaking.Matching.Text;

/// <summary>What the checker looks for; the words of each stand in the web application's resources under <c>Rule.Name</c>.</summary>
public enum LintRule
{
    NoQuantity, NoUnit, NoDirection, NoDeadline, NoBudget, SeveralNeeds, SolutionNamed,
    OrganizationName, PersonName, Phone, Mail, Brand, Forbidden, TooVague,
}

/// <summary>Advice may be passed over; what blocks has to be changed before submitting.</summary>
public enum LintSeverity { Advice, Blocks }

/// <summary>One finding and its place.</summary>
/// <param name="Field">A name of <see cref="LintDraft"/>: Title, Summary, Description, WorkDone, <c>Keywords[1]</c>, <c>Quantities[2].Unit</c>, Deadline, Money.</param>
/// <param name="Start">First character within the field's text, in UTF-16 units; 0 when the whole field is meant.</param>
/// <param name="Length">Characters marked; 0 when the whole field is meant.</param>
/// <param name="Arguments">For the places of the rule's words: what was found, or the measured and the usual number.</param>
public sealed record LintFinding(LintRule Rule, string Field, int Start, int Length, IReadOnlyList<string> Arguments)
{
    /// <summary>Only forbidden and classified words block.</summary>
    public LintSeverity Severity => Rule == LintRule.Forbidden ? LintSeverity.Blocks : LintSeverity.Advice;
}

/// <summary>A draft as far as the checker reads it. Any text is legal, also an empty one.</summary>
public sealed record LintDraft
{
    /// <summary>An achievement is only looked through for leaks and forbidden words.</summary>
    public bool IsNeed { get; init; } = true;

    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public string WorkDone { get; init; } = "";
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The rows of figures of the form.</summary>
    public IReadOnlyList<Quantity> Quantities { get; init; } = [];

    public bool HasDeadline { get; init; }
    public bool HasBudget { get; init; }
    public bool Anonymous { get; init; }

    /// <summary>Ways in which the owner's name may be written; looked for in anonymous texts.</summary>
    public IReadOnlyList<string> OwnerNames { get; init; } = [];

    /// <summary>The texts with their field names, in the order of the form.</summary>
    internal IEnumerable<(string Field, string Text)> Texts()
    {
        yield return (nameof(Title), Title);
        yield return (nameof(Summary), Summary);
        yield return (nameof(Description), Description);
        yield return (nameof(WorkDone), WorkDone);
        for (var i = 0; i < Keywords.Count; i++) yield return ($"{nameof(Keywords)}[{i}]", Keywords[i]);
    }
}
