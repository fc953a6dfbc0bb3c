using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Matchmaking.Matching.Data;

/// <summary>
/// Two saves may wait for each other's rows; PostgreSQL then ends one of them, of which nothing is written. A save that is its own transaction is done once more and meets
/// what the other wrote; part of a longer transaction cannot be repeated alone and tells its caller what it tells when somebody else was faster. Every other error passes as it is: Npgsql's own strategy
/// hides it in an <see cref="InvalidOperationException"/>, which nobody who waits for a <see cref="DbUpdateException"/> catches.
/// </summary>
internal sealed class DeadlockRepeats(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    private const int Attempts = 5;

    /// <summary>No: results of queries are then not held in memory, and callers may open transactions.</summary>
    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return operation(dependencies.CurrentContext.Context, state);
            }
            catch (Exception error) when (IsDeadlock(error))
            {
                if (!MayRepeat(attempt)) throw Overtaken(error);
            }
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation, Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await operation(dependencies.CurrentContext.Context, state, cancellationToken);
            }
            catch (Exception error) when (IsDeadlock(error))
            {
                if (!MayRepeat(attempt)) throw Overtaken(error);
            }
        }
    }

    private bool MayRepeat(int attempt) => attempt < Attempts && dependencies.CurrentContext.Context.Database.CurrentTransaction is null;

    private static DbUpdateConcurrencyException Overtaken(Exception deadlock) => new("The database ended this transaction, which waited for another that waited for it; nothing of it was written.", deadlock);

    private static bool IsDeadlock(Exception error) => (error as PostgresException ?? error.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
