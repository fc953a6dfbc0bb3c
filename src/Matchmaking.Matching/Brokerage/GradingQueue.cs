namespace Matchmaking.Matching.Brokerage;

/// <summary>
/// The order in which a broker grades. The best come first, for their own sake; mixed in are pairs about which the ranker is unsure, because their grades
/// teach most, a few from below what is shown, because measures would otherwise be blind to what was never shown, and some that another broker has
/// graded already, because agreement must be known. The same matches give the same order.
/// </summary>
public static class GradingQueue
{
    /// <summary>One match in so many is graded by two brokers.</summary>
    public const int SecondOpinionOf = 10;

    /// <summary>From this difference on, or when they lie on different sides of 3, a third broker is asked.</summary>
    public const int Disagreement = 2;

    /// <summary>Poorer ones are shown to nobody but now and then to a broker.</summary>
    public const double LeastProbability = 0.3;

    private const int Round = 10;
    private static readonly int[] UnsureAt = [3, 7];
    private const int SecondAt = 5;
    private const int BelowAt = 9;

    /// <param name="best">All that is to be graded, best first.</param>
    /// <param name="unsure">Some of them, the most uncertain first.</param>
    /// <param name="below">What is too poor to be shown, in random order.</param>
    /// <param name="second">What another broker has graded.</param>
    public static IReadOnlyList<int> Mix(IReadOnlyList<int> best, IReadOnlyList<int> unsure, IReadOnlyList<int> below, IReadOnlyList<int> second)
    {
        var taken = new HashSet<int>();
        var order = new List<int>();
        var sources = new[] { best, unsure, below, second }.Select(ids => new Queue<int>(ids)).ToArray();
        bool Take(Queue<int> from)
        {
            while (from.TryDequeue(out var id))
            {
                if (!taken.Add(id)) continue;
                order.Add(id);
                return true;
            }
            return false;
        }
        while (true)
        {
            var at = order.Count % Round;
            var mixed = UnsureAt.Contains(at) ? sources[1] : at == SecondAt ? sources[3] : at == BelowAt ? sources[2] : sources[0];
            if (!Take(mixed) && !Take(sources[0]) && !Take(sources[3])) return order;
        }
    }

    /// <summary>Those that no broker has graded and one should.</summary>
    public static IQueryable<Match> WaitingForGrade(this IQueryable<Match> matches) => matches.Ungraded().Where(m => m.Probability >= LeastProbability);

    /// <summary>Found from one side or the other, and graded by nobody.</summary>
    public static IQueryable<Match> Ungraded(this IQueryable<Match> matches) => matches.Where(m => m.CurrentGrade == null && (m.Rank != null || m.ReverseRank != null));

    /// <summary>Whether a match that these brokers graded, one grade each, is to be graded by one more.</summary>
    public static bool WantsAnother(int matchId, IReadOnlyList<int> grades) => grades.Count switch
    {
        0 => true,
        1 => matchId % SecondOpinionOf == 0,
        2 => Math.Abs(grades[0] - grades[1]) >= Disagreement || (grades[0] >= 3) != (grades[1] >= 3),
        _ => false,
    };

    /// <summary>A scattering of ids that is the same each time.</summary>
    public static uint Scatter(int id) => unchecked((uint)id * 2_654_435_761u);
}
