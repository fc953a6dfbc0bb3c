using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Tests.Support;

/// <summary>Texts of the commands that were sent to one database while this lives; other applications of the same process are left out by their database's name.</summary>
public sealed class CountedCommands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string database;
    private readonly List<string> texts = [];
    private readonly List<IDisposable> subscriptions = [];

    /// <param name="database">What the connection string of the application's database contains and no other does.</param>
    public CountedCommands(string database)
    {
        this.database = database;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (texts) return [.. texts];
        }
    }

    public void Clear()
    {
        lock (texts) texts.Clear();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore") subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuting.Name || value.Value is not CommandEventData command) return;
        if (command.Command.Connection?.ConnectionString.Contains(database, StringComparison.Ordinal) != true) return;
        lock (texts) texts.Add(command.Command.CommandText);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }
}
