using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <param name="State">ok, degraded (works with less) or down.</param>
public sealed record PartHealth(string Part, string State, string? Detail);

/// <summary>Looks at each part the system stands on; the same answer feeds <c>/health/ready</c> and the status page.</summary>
public sealed class Health(MatchmakingDbContext db, ISearchEngine engine, EncoderHolder encoder, TimeProvider time)
{
    public const string Ok = "ok";
    public const string Degraded = "degraded";
    public const string Down = "down";

    /// <summary>The indexing job runs each minute; silent for longer, the jobs do not run.</summary>
    private static readonly TimeSpan JobSilence = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<PartHealth>> LookAsync(CancellationToken cancellationToken) =>
        [await DatabaseAsync(cancellationToken), await SearchAsync(cancellationToken), Encoder(), await JobsAsync(cancellationToken)];

    private async Task<PartHealth> DatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await db.Database.CanConnectAsync(cancellationToken) ? new("database", Ok, null) : new("database", Down, null);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException)
        {
            return new("database", Down, error.GetType().Name);
        }
    }

    private async Task<PartHealth> SearchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await engine.StatusAsync(cancellationToken);
            return new("search", status.NeedsRebuild ? Degraded : Ok, $"{status.Documents} documents, {status.Vectors} vectors");
        }
        catch (SearchUnavailableException error)
        {
            return new("search", Down, error.GetType().Name);
        }
    }

    private PartHealth Encoder() => encoder.Encoder is { } model ? new("encoder", Ok, model.ModelVersion) : new("encoder", Degraded, "words only");

    private async Task<PartHealth> JobsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var run = await db.JobRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Name == nameof(IndexListings), cancellationToken);
            if (run?.StartedAt is not { } started) return new("jobs", Down, "never ran");
            var silent = run.FinishedAt is not null && time.GetUtcNow() - started > JobSilence;
            return new("jobs", silent ? Down : run.Failure is not null ? Degraded : Ok, run.Failure);
        }
        catch (System.Data.Common.DbException error)
        {
            return new("jobs", Down, error.GetType().Name);
        }
    }
}

public static class HealthRegistration
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { state = Health.Ok })).ExcludeFromDescription();
        app.MapGet("/health/ready", async (Health health, CancellationToken cancellationToken) =>
        {
            var parts = await health.LookAsync(cancellationToken);
            var ready = parts.All(p => p.State != Health.Down);
            return Results.Json(new { state = ready ? Health.Ok : Health.Down, parts }, statusCode: ready ? 200 : 503);
        }).ExcludeFromDescription();
    }
}
