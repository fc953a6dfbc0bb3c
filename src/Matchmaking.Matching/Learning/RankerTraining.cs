using Matchmaking.Matching.Data;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Learning;

/// <summary>Learns a candidate from the grades and measures it, and the ranker in use, on the same grades held back.</summary>
public sealed class RankerTraining(MatchmakingDbContext db, GradeBook grades, TimeProvider time)
{
    /// <summary>A new candidate; null when the latest model was learned from these very grades.</summary>
    /// <exception cref="ArgumentException">The grades do not suffice; the message says why.</exception>
    public async Task<RankerModel?> TrainAsync(CancellationToken cancellationToken)
    {
        var book = await grades.ReadAsync(cancellationToken);
        var last = await db.RankerModels.OrderByDescending(m => m.Number).Select(m => new { m.Number, m.DataHash }).FirstOrDefaultAsync(cancellationToken);
        if (last?.DataHash == book.Hash) return null;
        var trainer = new RankerTrainer(book.Pairs);
        var number = (last?.Number ?? 0) + 1;
        var comparison = RankerComparison.Of(
            RankerMeasure.Of(RankerModel.VersionOf(number), trainer.Pairs, trainer.HeldBack()),
            await MeasureInUseAsync(trainer, book, cancellationToken));
        var model = new RankerModel(number, book.Hash, book.Pairs.Count, book.Needs, comparison, trainer.Train(RankerModel.VersionOf(number)).Model, time.GetUtcNow());
        db.RankerModels.Add(model);
        await db.SaveChangesAsync(cancellationToken);
        return model;
    }

    /// <summary>Writes down how the ranker in use does on today's grades; again on the same day it brings that up to date.</summary>
    public async Task<RankerEvaluation?> EvaluateAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var book = await grades.ReadAsync(cancellationToken);
        if (book.Pairs.Count == 0) return null;
        var learned = await db.RankerModels.AnyAsync(m => m.State == RankerModelState.InUse, cancellationToken);
        var (measure, _) = learned ? await MeasureInUseAsync(new RankerTrainer(book.Pairs), book, cancellationToken) : MeasureFixed(book.Pairs);
        var evaluation = await db.RankerEvaluations.SingleOrDefaultAsync(e => e.Day == day && e.Ranker == measure.Ranker, cancellationToken);
        if (evaluation is null) db.RankerEvaluations.Add(evaluation = new RankerEvaluation(day, measure.Ranker));
        evaluation.Set(measure, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return evaluation;
    }

    private static (RankerMeasure, IReadOnlyList<double>) MeasureFixed(IReadOnlyList<GradedPair> pairs)
    {
        var ranker = new WeightedRanker();
        return RankerMeasure.Of(ranker.Version, pairs, [.. pairs.Select(p => WeightedRanker.Score(p.Features))]);
    }

    /// <summary>A learned ranker is measured as learned from what was graded before it was trained, each need again without its own grades.</summary>
    private async Task<(RankerMeasure, IReadOnlyList<double>)> MeasureInUseAsync(RankerTrainer trainer, GradedPairs book, CancellationToken cancellationToken)
    {
        var inUse = await db.RankerModels.Where(m => m.State == RankerModelState.InUse).Select(m => new { m.Number, m.TrainedAt }).SingleOrDefaultAsync(cancellationToken);
        if (inUse is null) return MeasureFixed(trainer.Pairs);
        var skipped = book.Pairs.Count - trainer.Pairs.Count;
        return RankerMeasure.Of(RankerModel.VersionOf(inUse.Number), trainer.Pairs, trainer.HeldBack(i => book.GradedAt[skipped + i] <= inUse.TrainedAt));
    }
}
