namespace Matchmaking.Matching.AnnualLists;

/// <summary>What the scoring round of a list adds to the inputs that are frozen with it, so that the order can be computed again.</summary>
/// <param name="Method">Name and version of the way from scores to order, e.g. <c>additive-1</c>.</param>
/// <param name="Criteria">Criteria with their weights, which add up to 100.</param>
/// <param name="Scores">One row for each expert, entry and criterion.</param>
/// <param name="Objections">Objections that were decided.</param>
public sealed record RoundInputs(
    string Method, IReadOnlyList<CriterionInput> Criteria, IReadOnlyList<ScoreInput> Scores, IReadOnlyList<ObjectionInput> Objections);

/// <param name="Weight">Percent.</param>
public sealed record CriterionInput(string Code, decimal Weight);

/// <param name="Expert">A name that stands for the expert within this list only, e.g. <c>E03</c>; never the person's own.</param>
/// <param name="Number">Public number of the listing.</param>
/// <param name="Score">0 to 100.</param>
public sealed record ScoreInput(string Expert, string Number, string Criterion, decimal Score);

/// <param name="Number">Public number of the listing objected to.</param>
public sealed record ObjectionInput(string Serial, string Number, bool IsUpheld, DateOnly DecidedOn);

/// <summary>Reads what the round of a list left behind; null when a list was composed without one.</summary>
public interface IRoundInputs
{
    Task<RoundInputs?> ReadAsync(int listId, CancellationToken cancellationToken);
}

/// <summary>For lists that are composed without experts.</summary>
public sealed class NoRoundInputs : IRoundInputs
{
    public Task<RoundInputs?> ReadAsync(int listId, CancellationToken cancellationToken) => Task.FromResult<RoundInputs?>(null);
}
