using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

public enum QuestionState { Asked, Answered, Shown, Refused }

/// <summary>A public question on a need: asked by a member, answered by the owner, edited and shown by staff. Who asked is never public.</summary>
public sealed class ListingQuestion
{
    public const int MaxText = 500;

    private ListingQuestion() { }

    public ListingQuestion(int listingId, string text, int askerId, DateTimeOffset at) => (ListingId, Text, AskerId, At) = (listingId, text, askerId, at);

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public string Text { get; private set; } = "";
    public int AskerId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Answer { get; private set; } = "";
    public int? AnsweredById { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public QuestionState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public int Version { get; private set; }

    public void Reply(string answer, int by, DateTimeOffset at)
    {
        if (State is not (QuestionState.Asked or QuestionState.Answered)) throw new InvalidOperationException($"The question is {State}.");
        (Answer, AnsweredById, AnsweredAt, State) = (answer, by, at, QuestionState.Answered);
        Version++;
    }

    /// <summary>Staff show it as edited.</summary>
    public void Show(string text, string answer, DateTimeOffset at)
    {
        if (State != QuestionState.Answered) throw new InvalidOperationException($"The question is {State}.");
        (Text, Answer, State, DecidedAt) = (text, answer, QuestionState.Shown, at);
        Version++;
    }

    public void Refuse(DateTimeOffset at)
    {
        if (State == QuestionState.Refused) return;
        (State, DecidedAt) = (QuestionState.Refused, at);
        Version++;
    }
}
