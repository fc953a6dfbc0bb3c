using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Writing;

/// <summary>Checks a draft against the platform's own scale; keeps nothing of it and writes nothing of it to a log.</summary>
public sealed class DraftChecker(NeedLinter linter, VaguenessReference reference)
{
    public async Task<IReadOnlyList<LintFinding>> CheckAsync(LintDraft draft, CancellationToken cancellationToken) =>
        linter.Check(draft, draft.IsNeed ? await reference.GetAsync(cancellationToken) : null);

    /// <summary>Findings at the fields of the content: an achievement's evaluation, which is looked through like a need's work done, under its own name.</summary>
    public async Task<IReadOnlyList<LintFinding>> CheckAsync(ListingContent content, string ownerName, CancellationToken cancellationToken)
    {
        var findings = await CheckAsync(Draft(content, ownerName), cancellationToken);
        return content is NeedContent ? findings
            : [.. findings.Select(f => f.Field == nameof(LintDraft.WorkDone) ? f with { Field = nameof(AchievementContent.Evaluation) } : f)];
    }

    /// <summary>What the checker reads of a listing's content.</summary>
    public static LintDraft Draft(ListingContent content, string ownerName) => new()
    {
        IsNeed = content is NeedContent, Title = content.Title, Summary = content.Summary, Description = content.Description, Keywords = content.Keywords,
        WorkDone = (content as NeedContent)?.WorkDone ?? (content as AchievementContent)?.Evaluation ?? "", Quantities = content.Quantities,
        HasDeadline = content is NeedContent { Deadline: not null }, HasBudget = content.Money is not null,
        Anonymous = content.Disclosure == Disclosure.Anonymous, OwnerNames = ListingRules.NamesOf(ownerName),
    };
}
