using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Data;

/// <summary>
/// Indices that let pages count and choose without opening rows: a listing carries its texts and a match its reasons, kilobytes each, while a page asks for a state and a date
/// (docs/decisions/0015).
/// </summary>
internal static class PageIndices
{
    /// <summary>After all entities are configured: some stand on columns of several types of the one table.</summary>
    public static void AddTo(ModelBuilder builder)
    {
        // What is counted by state, and the newest and oldest few.
        builder.Entity<Achievement>().HasIndex("State", "Side", "Source", "PublishedAt", "ConfirmedAt", "ValidUntil", "BrokerId", "MatchedVersion", "SearchVersion").HasDatabaseName("IX_Listings_Counted");
        // What each broker is responsible for.
        builder.Entity<Listing>().HasIndex("BrokerId", "State", "Side").HasDatabaseName("IX_Listings_OfBroker");
        // The funnel: the needs of a period and what it is cut by.
        // Not the side first: a database without statistics takes a side for something rare and starts from it.
        builder.Entity<Need>().HasIndex("SubmittedAt", "Side", "PublishedAt", "Field", "Region", "BrokerId").HasDatabaseName("IX_Listings_Funnel");
        builder.Entity<Match>(match =>
        {
            // The desk's queue, best first; what was graded last; what a need has.
            match.HasIndex(m => new { m.CurrentGrade, m.Probability, m.Rank, m.ReverseRank, m.NeedId, m.AchievementId }).HasDatabaseName("IX_Matches_Queue");
            match.HasIndex(m => m.GradedAt);
            match.HasIndex(m => new { m.NeedId, m.CurrentGrade, m.Probability, m.AchievementId }).HasDatabaseName("IX_Matches_OfNeed");
        });
        // Who has graded a match: without both columns in one index a database without statistics goes through all grades of the broker for each match.
        builder.Entity<Grade>().HasIndex(g => new { g.MatchId, g.GraderId, g.UndoneAt }).HasDatabaseName("IX_Grades_OfMatch");
        // How much each broker has graded.
        builder.Entity<Grade>().HasIndex(g => new { g.GraderId, g.UndoneAt, g.At }).HasDatabaseName("IX_Grades_OfGrader");
    }
}
