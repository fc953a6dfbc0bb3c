using System.Collections.Concurrent;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Learning;

/// <summary>Models that were read from the database; they never change.</summary>
public sealed class LoadedRankers : ConcurrentDictionary<int, LearnedRanker>;

/// <summary>The ranker that orders matches: the fixed weights unless staff have put a learned one in use.</summary>
public sealed class RankerInUse(MatchmakingDbContext db, LoadedRankers loaded, ILogger<RankerInUse> log)
{
    public async Task<IRanker> GetAsync(CancellationToken cancellationToken)
    {
        var id = await db.RankerModels.Where(m => m.State == RankerModelState.InUse).Select(m => (int?)m.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is not { } inUse) return new WeightedRanker();
        if (loaded.TryGetValue(inUse, out var known)) return known;
        var content = await db.RankerModels.Where(m => m.Id == inUse).Select(m => m.Content).SingleAsync(cancellationToken);
        try
        {
            return loaded.GetOrAdd(inUse, new LearnedRanker(LearnedModel.Load(new MemoryStream(content))));
        }
        catch (InvalidDataException refused)
        {
            // A program that describes pairs otherwise than the model expects; matching goes on with the fixed weights.
            log.LogError("Ranker {Model} is refused: {Reason}", inUse, refused.Message);
            return new WeightedRanker();
        }
    }
}
