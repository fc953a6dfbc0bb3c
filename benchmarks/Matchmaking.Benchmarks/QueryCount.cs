using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Benchmarks;

/// <param name="Text">As it was sent to the database.</param>
/// <param name="Rows">Rows read; 0 for what answers no rows.</param>
/// <param name="Milliseconds">From sending it to closing its reader: reading the rows and making objects of them counts.</param>
internal sealed record CountedQuery(string Text, int Rows, double Milliseconds);

/// <summary>Counts what goes to the database. One at a time: whoever measures resets it, opens a page and reads.</summary>
internal sealed class QueryCount : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private readonly List<CountedQuery> queries = [];
    private readonly Dictionary<Guid, int> open = [];

    public void Reset()
    {
        lock (gate)
        {
            queries.Clear();
            open.Clear();
        }
    }

    public IReadOnlyList<CountedQuery> Queries
    {
        get
        {
            lock (gate) return [.. queries];
        }
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        lock (gate)
        {
            if (open.Remove(eventData.CommandId, out var at)) queries[at] = queries[at] with { Rows = eventData.ReadCount, Milliseconds = queries[at].Milliseconds + eventData.Duration.TotalMilliseconds };
        }
        return result;
    }

    private void Note(DbCommand command, CommandExecutedEventData eventData)
    {
        lock (gate)
        {
            open[eventData.CommandId] = queries.Count;
            queries.Add(new CountedQuery(command.CommandText, 0, eventData.Duration.TotalMilliseconds));
        }
    }
}
