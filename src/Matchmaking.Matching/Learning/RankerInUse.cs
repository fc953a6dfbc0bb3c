using System.Collections.Concurrent;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Learning;

/// <summary>Models that were read from the database; they never change.</summary>
public sealed class LoadedRankers : ConcurrentDictionary<int, LearnedRanker>;

/// <param name="LearnedAt">Grades given before have entered the ranker; null when none has.</param>
public sealed record ChosenRanker(IRanker Ranker, DateTimeOffset? LearnedAt);

/// <summary>The ranker that orders matches: the fixed weights unless staff have put a learned one in use.</summary>
public sealed class RankerInUse(MatchmakingDbContext db, LoadedRankers loaded, ILogger<RankerInUse> log)
{
    public async Task<ChosenRanker> GetAsync(CancellationToken cancellationToken)
    {
        var inUse = await db.RankerModels.Where(m => m.State == RankerModelState.InUse).Select(m => new { m.Id, m.TrainedAt }).SingleOrDefaultAsync(cancellationToken);
        if (inUse is null) return new ChosenRanker(new WeightedRanker(), null);
        if (loaded.TryGetValue(inUse.Id, out var known)) return new ChosenRanker(known, inUse.TrainedAt);
        var content = await db.RankerModels.Where(m => m.Id == inUse.Id).Select(m => m.Content).SingleAsync(cancellationToken);
        try
        {
            return new ChosenRanker(loaded.GetOrAdd(inUse.Id, new LearnedRanker(LearnedModel.Load(new MemoryStream(content)))), inUse.TrainedAt);
        }
        catch (InvalidDataException refused)
        {
            // A program that describes pairs otherwise than the model expects; matching goes on with the fixed weights.
            log.LogError("Ranker {Model} is refused: {Reason}", inUse.Id, refused.Message);
            return new ChosenRanker(new WeightedRanker(), null);
        }
    }
}
