using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Search;

/// <summary>
/// The indices behind the alias, and the way from one to the next. Any number of processes may write and search.
/// <para>
/// Indices are called PREFIX-1, PREFIX-2, …; the alias PREFIX stands on the one that answers, PREFIX-complete beside it once a rebuild has filled it.
/// A rebuild creates the index with the next number, which only one process can do, under the alias PREFIX-building and one of its own. Whoever writes
/// looks first for PREFIX-building and writes to both, always through aliases and never to an index that the request would create. Who looked
/// before the rebuild began had its listing's state in the database before the rebuild reads it.
/// </para>
/// <para>
/// Every document carries the version of its listing, and the server keeps the highest: neither a copy of the rebuild nor a process that was late undoes what
/// is newer. A removal leaves an empty document with its version, which no search sees; the next rebuild leaves it out. At the end one request moves the aliases,
/// and searches never find none.
/// </para>
/// </summary>
internal sealed class ElasticIndices(ElasticClient client, ElasticOptions options, ILogger logger) : IDisposable
{
    private const int RebuildBatch = 500;
    private const int Tries = 5;
    private const string Beat = "beat";
    // Which document the server takes: one of a higher version than the one it has, or of the same as well.
    private const string Above = "external";
    private const string OrEqual = "external_gte";

    // Order matters between two writes of one process: the later one stays. Neither is disposed, as a late writer may still hold it.
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim rebuilding = new(1);

    private string Building => options.Index + "-building";
    private string Complete => options.Index + "-complete";

    public void Dispose() => client.Dispose();

    /// <summary>Adds, replaces or removes (no source) documents, so that searches see it at once; where a newer one stands, that one stays.</summary>
    public async Task WriteAsync(IReadOnlyCollection<(int Id, long Version, byte[]? Source)> documents, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            // Of documents with one id the last counts.
            var open = documents.Reverse().DistinctBy(document => document.Id).ToList();
            for (var round = 0; open.Count > 0; round++)
            {
                if (round == Tries) throw new SearchUnavailableException("The search index was replaced again and again while it was written.");
                var state = await EnsureAsync(cancellationToken);
                var operations = new List<BulkOperation>();
                var owners = new List<int>();
                for (var i = 0; i < open.Count; i++)
                {
                    var (id, version, source) = open[i];
                    source ??= JsonSerializer.SerializeToUtf8Bytes(new { id });
                    operations.Add(Put(options.Index, id, version, OrEqual, source));
                    owners.Add(i);
                    if (state.Building is null) continue;
                    operations.Add(Put(Building, id, version, OrEqual, source));
                    owners.Add(i);
                }
                var failures = await client.BulkAsync(operations, refresh: true, cancellationToken);
                var moved = failures.Where(failure => failure.Type is "index_not_found_exception" or "index_closed_exception").ToList();
                // 409: somebody has written a newer state.
                Throw(failures.Except(moved).Where(failure => failure.Status != 409), place => open[owners[place]].Id, documents.Count);
                // An alias moved in between: once more to where it stands now.
                open = [.. moved.Select(failure => owners[failure.Place]).Distinct().Select(i => open[i])];
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken)
    {
        await rebuilding.WaitAsync(cancellationToken);
        try
        {
            var (name, own) = await BeginAsync(cancellationToken);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var beating = BeatAsync(own, end.Token);
            try
            {
                await foreach (var batch in entries.Chunk(RebuildBatch).WithCancellation(cancellationToken)) await FillAsync(own, batch, cancellationToken);
                await SwitchAsync(name, own, cancellationToken);
            }
            catch
            {
                await AbandonAsync(name, own);
                throw;
            }
            finally
            {
                await end.CancelAsync();
                await beating;
            }
            await TidyAsync(cancellationToken);
        }
        finally
        {
            rebuilding.Release();
        }
    }

    /// <summary>Which index answers and which is being filled.</summary>
    public async Task<ElasticState> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Get, $"{options.Index}-*?expand_wildcards=open&filter_path=*.aliases,*.mappings._meta", null, repeatable: true, cancellationToken);
        return ElasticClient.Read(answer, body =>
        {
            var state = new ElasticState(null, Complete: false, null, null, 0, []);
            if (body.ValueKind != JsonValueKind.Object) return state;
            foreach (var index in body.EnumerateObject())
            {
                if (!int.TryParse(index.Name.AsSpan(options.Index.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
                var aliases = index.Value.TryGetProperty("aliases", out var given) ? given.EnumerateObject().Select(alias => alias.Name).ToHashSet() : [];
                state = state with { Highest = Math.Max(state.Highest, number) };
                if (aliases.Contains(options.Index)) state = state with { Current = index.Name, Complete = aliases.Contains(Complete) && Layout(index.Value) >= ElasticTemplate.Layout };
                else if (aliases.Contains(Building)) state = state with { Building = index.Name, BuildingOwn = aliases.FirstOrDefault(alias => alias != Building) };
                else if (aliases.Count == 0) state = state with { Left = [.. state.Left, index.Name] };
            }
            return state;
        });

        static int Layout(JsonElement index) =>
            index.TryGetProperty("mappings", out var mappings) && mappings.TryGetProperty("_meta", out var meta) && meta.TryGetProperty("layout", out var layout) ? layout.GetInt32() : 0;
    }

    private async Task<ElasticState> EnsureAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < Tries; round++)
        {
            var state = await LookAsync(cancellationToken);
            if (state.Current is not null) return state;
            logger.LogInformation("There is no search index yet.");
            await CreateAsync(Name(state.Highest + 1), cancellationToken, options.Index);
        }
        throw new SearchUnavailableException($"The alias {options.Index} cannot be made.");
    }

    private async Task<(string Name, string Own)> BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await EnsureAsync(cancellationToken);
            foreach (var left in state.Left) await DeleteAsync(left, cancellationToken);
            if (state.Building is { } other)
            {
                await WaitForAsync(other, state.BuildingOwn, cancellationToken);
                continue;
            }
            var name = Name(state.Highest + 1);
            var own = $"{name}-{Guid.NewGuid():N}";
            if (await CreateAsync(name, cancellationToken, Building, own)) return (name, own);
        }
    }

    // Another process rebuilds: it is waited for while it lives. Of several who find it dead one clears it away.
    private async Task WaitForAsync(string name, string? own, CancellationToken cancellationToken)
    {
        logger.LogInformation("Another process is rebuilding the search index; waiting for it.");
        var before = await BeatOfAsync(name, cancellationToken);
        for (var part = 0; part < 4; part++)
        {
            await Task.Delay(options.RebuildLease / 4, cancellationToken);
            if ((await LookAsync(cancellationToken)).BuildingOwn != own || await BeatOfAsync(name, cancellationToken) != before) return;
        }
        logger.LogWarning("The rebuild of the search index in {Index} gives no sign of life and is given up.", name);
        await ClearAsync(name, own, cancellationToken);
    }

    private async Task<long> BeatOfAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"{name}/_doc/{Beat}", null, repeatable: true, cancellationToken, 404);
        return answer.Status == 404 ? -1 : ElasticClient.Read(answer, body => body.GetProperty("_seq_no").GetInt64());
    }

    private async Task BeatAsync(string own, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await client.SendAsync(HttpMethod.Put, $"{own}/_doc/{Beat}?require_alias=true", """{"id":0}""", repeatable: true, cancellationToken, 404);
                await Task.Delay(options.RebuildLease / 6, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SearchUnavailableException e)
            {
                // The copies fail as well then, or the cluster comes back.
                logger.LogDebug(e, "No sign of life could be given.");
            }
        }
    }

    private async Task FillAsync(string own, IndexEntry[] batch, CancellationToken cancellationToken)
    {
        var sources = new byte[batch.Length][];
        Parallel.For(0, batch.Length, i => sources[i] = ElasticQueries.Document(batch[i]));
        var operations = batch.Select((entry, i) => (entry.Document.Id, entry.Version, Source: sources[i])).Reverse().DistinctBy(item => item.Id)
            .Select(item => (item.Id, Operation: Put(own, item.Id, item.Version, Above, item.Source))).ToList();
        var failures = await client.BulkAsync([.. operations.Select(item => item.Operation)], refresh: false, cancellationToken);
        if (failures.Any(failure => failure.Status == 404)) throw TakenOver();
        // 409: somebody has written the same or a newer state since, or a first try arrived whose answer was lost.
        Throw(failures.Where(failure => failure.Status != 409), place => operations[place].Id, batch.Length);
    }

    private async Task SwitchAsync(string name, string own, CancellationToken cancellationToken)
    {
        await client.SendAsync(HttpMethod.Post, $"{own}/_refresh", null, repeatable: true, cancellationToken);
        var state = await LookAsync(cancellationToken);
        var actions = new JsonArray(
            Action("remove", name, own), Action("remove", name, Building), Action("add", name, options.Index), Action("add", name, Complete));
        if (state.Current is { } old) actions.Add(new JsonObject { ["remove"] = new JsonObject { ["index"] = old, ["aliases"] = new JsonArray(options.Index, Complete), ["must_exist"] = false } });
        var answer = await client.SendAsync(HttpMethod.Post, "_aliases", new JsonObject { ["actions"] = actions }.ToJsonString(), repeatable: true, cancellationToken, 404);
        // A first try may have arrived whose answer was lost.
        if (answer.Status == 404 && (await LookAsync(cancellationToken)).Current != name) throw TakenOver();
    }

    // What is left of the old index. Whatever fails here the next rebuild does.
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var left in (await LookAsync(cancellationToken)).Left) await DeleteAsync(left, cancellationToken);
        }
        catch (SearchUnavailableException e)
        {
            logger.LogWarning(e, "After a rebuild of the search index something was left over.");
        }
    }

    private async Task AbandonAsync(string name, string own)
    {
        try
        {
            await ClearAsync(name, own, CancellationToken.None);
        }
        catch (SearchUnavailableException e)
        {
            logger.LogWarning(e, "The unfinished search index {Index} stays until the next rebuild.", name);
        }
    }

    // Only whoever takes its own alias away may delete it: it might have been switched to, or be another one under the same name.
    private async Task ClearAsync(string name, string? own, CancellationToken cancellationToken)
    {
        var actions = new JsonArray(Action("remove", name, Building));
        if (own is not null) actions.Add(Action("remove", name, own));
        var answer = await client.SendAsync(HttpMethod.Post, "_aliases", new JsonObject { ["actions"] = actions }.ToJsonString(), repeatable: false, cancellationToken, 404);
        if (answer.Status != 404) await DeleteAsync(name, cancellationToken);
    }

    private Task<ElasticAnswer> DeleteAsync(string name, CancellationToken cancellationToken) =>
        client.SendAsync(HttpMethod.Delete, name, null, repeatable: true, cancellationToken, 404);

    /// <summary>False when somebody else has made an index of this name.</summary>
    private async Task<bool> CreateAsync(string name, CancellationToken cancellationToken, params string[] aliases)
    {
        var answer = await client.SendAsync(HttpMethod.Put, name, ElasticTemplate.With(aliases), repeatable: false, cancellationToken, 400);
        if (answer.Status == 400)
            return answer.ErrorType == "resource_already_exists_exception" ? false : throw new SearchUnavailableException($"Elasticsearch refused to make an index ({answer.ErrorType}).");
        // Until every node knows the aliases, writers might not see them.
        return ElasticClient.Read(answer, body => body.GetProperty("acknowledged").GetBoolean()) ? true
            : throw new SearchUnavailableException("Not every node of Elasticsearch took notice of the new index.");
    }

    private string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{options.Index}-{number}");

    private static JsonObject Action(string verb, string index, string alias)
    {
        var action = new JsonObject { ["index"] = index, ["alias"] = alias };
        if (verb == "remove") action["must_exist"] = true;
        return new JsonObject { [verb] = action };
    }

    private static BulkOperation Put(string alias, int id, long version, string versions, byte[] source) =>
        new(new JsonObject
        {
            ["index"] = new JsonObject
            {
                ["_index"] = alias, ["_id"] = id.ToString(CultureInfo.InvariantCulture), ["require_alias"] = true, ["version"] = version, ["version_type"] = versions,
            },
        }.ToJsonString(), source);

    private static void Throw(IEnumerable<BulkFailure> failures, Func<int, int> idOf, int of)
    {
        var refused = failures.ToList();
        if (refused.Count == 0) return;
        var ids = string.Join(", ", refused.Select(failure => idOf(failure.Place)).Distinct().Take(10));
        var types = string.Join(", ", refused.Select(failure => $"{failure.Status} {failure.Type}").Distinct().Take(5));
        throw new SearchUnavailableException($"Elasticsearch refused documents, at first {ids}, of {of}: {types}.");
    }

    private static SearchUnavailableException TakenOver() => new("Another process took this rebuild for dead and began its own.");
}

/// <param name="Current">The index that the alias stands on.</param>
/// <param name="Complete">Whether a rebuild of this program's layout, or of a newer one, filled it.</param>
/// <param name="BuildingOwn">The alias that only the process that fills it knows.</param>
/// <param name="Left">Indices without any alias: left over.</param>
internal sealed record ElasticState(string? Current, bool Complete, string? Building, string? BuildingOwn, int Highest, IReadOnlyList<string> Left);

/// <summary>Settings and fields of an index, from <c>elastic/listings.index.json</c>.</summary>
internal static class ElasticTemplate
{
    private static readonly string Json = Read();

    /// <summary>Counts the changes of fields: an index of another layout is rebuilt.</summary>
    public static int Layout { get; } = (int)JsonNode.Parse(Json)!["mappings"]!["_meta"]!["layout"]!;

    public static string With(IEnumerable<string> aliases)
    {
        var body = JsonNode.Parse(Json)!.AsObject();
        body["aliases"] = new JsonObject(aliases.Select(alias => KeyValuePair.Create<string, JsonNode?>(alias, new JsonObject())));
        return body.ToJsonString();
    }

    private static string Read()
    {
        using var stream = typeof(ElasticTemplate).Assembly.GetManifestResourceStream("listings.index.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
