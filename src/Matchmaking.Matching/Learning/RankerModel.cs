using System.Text.Json;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning;

/// <summary>Waits for a decision, orders matches, was refused, did order matches.</summary>
public enum RankerModelState { Candidate, InUse, Refused, Retired }

/// <summary>An act that the model's state, or the gate, does not allow.</summary>
public sealed class RankerActRefusedException(string code) : InvalidOperationException($"Not allowed: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>A ranker that was learned, with what it was learned from and how it did against the one in use; the model itself never changes.</summary>
public sealed class RankerModel
{
    public const int MaxReason = 500;

    private RankerModel() { }

    public RankerModel(int number, string dataHash, int grades, int needs, RankerComparison comparison, LearnedModel model, DateTimeOffset at)
    {
        (Number, DataHash, Grades, Needs, TrainedAt) = (number, dataHash, grades, needs, at);
        ComparisonJson = JsonSerializer.Serialize(comparison, Revision.Json);
        using var stream = new MemoryStream();
        model.Save(stream);
        Content = stream.ToArray();
    }

    public int Id { get; private set; }
    public int Number { get; private set; }
    public string Version => VersionOf(Number);
    public RankerModelState State { get; private set; }
    public DateTimeOffset TrainedAt { get; private set; }

    /// <summary>SHA-256 of the grades it was learned from, in hex.</summary>
    public string DataHash { get; private set; } = "";
    public int Grades { get; private set; }
    public int Needs { get; private set; }
    public string ComparisonJson { get; private set; } = "{}";
    public byte[] Content { get; private set; } = [];

    public int? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string Reason { get; private set; } = "";
    public int Changes { get; private set; }

    public RankerComparison Comparison => JsonSerializer.Deserialize<RankerComparison>(ComparisonJson, Revision.Json)!;

    public static string VersionOf(int number) => $"learned-{number}";

    /// <summary>A candidate that passed the gate, or one that was in use before.</summary>
    public bool MayBePutInUse => State == RankerModelState.Retired || (State == RankerModelState.Candidate && Comparison.Passes);

    public void PutInUse(int by, string reason, DateTimeOffset at)
    {
        if (!MayBePutInUse) throw new RankerActRefusedException(State == RankerModelState.Candidate ? "Gate" : "State");
        Decide(RankerModelState.InUse, by, reason, at);
    }

    public void Refuse(int by, string reason, DateTimeOffset at)
    {
        if (State != RankerModelState.Candidate) throw new RankerActRefusedException("State");
        Decide(RankerModelState.Refused, by, reason, at);
    }

    public void Retire(int by, string reason, DateTimeOffset at)
    {
        if (State != RankerModelState.InUse) throw new RankerActRefusedException("State");
        Decide(RankerModelState.Retired, by, reason, at);
    }

    private void Decide(RankerModelState state, int by, string reason, DateTimeOffset at)
    {
        (State, DecidedById, Reason, DecidedAt) = (state, by, reason, at);
        Changes++;
    }
}

/// <summary>How the ranker in use did on one day's grades.</summary>
public sealed class RankerEvaluation
{
    private RankerEvaluation() { }

    public RankerEvaluation(DateOnly day, string ranker) => (Day, Ranker) = (day, ranker);

    public int Id { get; private set; }
    public DateOnly Day { get; private set; }
    public string Ranker { get; private set; } = "";
    public string MeasureJson { get; private set; } = "{}";
    public DateTimeOffset At { get; private set; }

    public RankerMeasure Measure => JsonSerializer.Deserialize<RankerMeasure>(MeasureJson, Revision.Json)!;

    public void Set(RankerMeasure measure, DateTimeOffset at) => (MeasureJson, At) = (JsonSerializer.Serialize(measure, Revision.Json), at);
}
