using Lucene.Net.Store;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Search;

/// <summary>
/// The folder of the embedded engine: the index in use, and during a rebuild the next one beside it. Writes come one after the other and are on disk
/// when their task completes; readers take the newest view without a lock.
/// </summary>
internal sealed class IndexStore : IDisposable
{
    private const int RebuildBatch = 500;

    private readonly string root;
    private readonly FacetTable table;
    private readonly ILogger logger;
    // Neither is disposed: a late writer shall find the engine closed, not the gate.
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim rebuilding = new(1);
    private volatile IndexFolder folder;
    private volatile bool needsRebuild;
    private bool disposed;

    // During a rebuild: the index that is being filled, and what was written meanwhile and must not be overwritten by older entries. Under "writing".
    private IndexFolder? next;
    private readonly HashSet<int> touched = [];

    public IndexStore(string root, FacetTable table, ILogger logger)
    {
        (this.root, this.table, this.logger) = (root, table, logger);
        try
        {
            System.IO.Directory.CreateDirectory(root);
            folder = OpenCurrent() ?? OpenEmpty();
            DeleteOthers();
        }
        catch (LockObtainFailedException e)
        {
            throw new SearchUnavailableException("The search index is open in another process.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchUnavailableException("The search index cannot be opened.", e);
        }
    }

    /// <summary>Whether the index was begun empty, because there was none or it was damaged, and has not been filled since.</summary>
    public bool NeedsRebuild => needsRebuild;

    /// <summary>What a broken disk, a damaged file or a closed index throws.</summary>
    public static bool IsFailure(Exception e) =>
        e is IOException or UnauthorizedAccessException or ObjectDisposedException or InvalidDataException or OutOfMemoryException
        || e is AggregateException several && several.InnerExceptions.All(IsFailure);

    /// <summary>The newest view, to be released after use.</summary>
    public IndexView Acquire()
    {
        while (true)
        {
            var current = folder;
            try
            {
                return current.Acquire();
            }
            // A rebuild may have closed the folder since the field was read; then the new one is there.
            catch (ObjectDisposedException) when (!ReferenceEquals(current, folder))
            {
                logger.LogDebug("The index was switched while a search began; it uses the new one.");
            }
        }
    }

    /// <summary>Applies a write to the index in use, commits it, and applies it to the next one.</summary>
    public Task WriteAsync(Action<IndexFolder> write, IEnumerable<int> ids, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            try
            {
                write(folder);
                folder.Commit();
            }
            catch
            {
                folder.Rollback();
                throw;
            }
            if (next is null) return;
            touched.UnionWith(ids);
            try
            {
                write(next);
            }
            catch
            {
                // The rebuild fails with this; the old index holds what was written.
                GiveUpNext();
                throw;
            }
        },
        cancellationToken);

    public async Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken)
    {
        await rebuilding.WaitAsync(cancellationToken);
        try
        {
            var name = IndexPointer.NextFolder(root);
            await LockedAsync(() => next = IndexFolder.Open(Path.Combine(root, name), create: true, table), cancellationToken);
            try
            {
                await foreach (var batch in entries.Chunk(RebuildBatch).WithCancellation(cancellationToken)) await FillAsync(batch, cancellationToken);
                await LockedAsync(() => SwitchTo(name), cancellationToken);
            }
            finally
            {
                await GiveUpNextAsync();
            }
        }
        finally
        {
            rebuilding.Release();
        }
    }

    public void Dispose()
    {
        writing.Wait();
        try
        {
            if (disposed) return;
            disposed = true;
            folder.Dispose();
        }
        finally
        {
            writing.Release();
        }
    }

    // On all processors: cutting and inverting text is nearly all the work of a rebuild. Of entries with one id the last counts.
    private Task FillAsync(IndexEntry[] batch, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            var target = Next();
            Parallel.ForEach(
                batch.AsEnumerable().Reverse().DistinctBy(entry => entry.Document.Id).Where(entry => !touched.Contains(entry.Document.Id)),
                entry => target.Put(entry.Document.Id, IndexFields.ToLucene(entry)));
        },
        cancellationToken);

    private async Task LockedAsync(Action act, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            act();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw new SearchUnavailableException("The search index cannot be written.", e);
        }
        finally
        {
            writing.Release();
        }
    }

    private void SwitchTo(string name)
    {
        var filled = Next();
        filled.Commit();
        new IndexPointer(name, Complete: true).Write(root);
        var old = folder;
        folder = filled;
        next = null;
        touched.Clear();
        needsRebuild = false;
        old.Dispose();
        Delete(old.Path);
    }

    private IndexFolder Next() => next ?? throw new IOException("A write into the new index failed.");

    private async Task GiveUpNextAsync()
    {
        await writing.WaitAsync(CancellationToken.None);
        try
        {
            GiveUpNext();
        }
        finally
        {
            writing.Release();
        }
    }

    // After a rebuild that failed or was cancelled; nothing to do after one that succeeded.
    private void GiveUpNext()
    {
        touched.Clear();
        if (next is not { } unfinished) return;
        next = null;
        unfinished.Dispose();
        Delete(unfinished.Path);
    }

    private IndexFolder? OpenCurrent()
    {
        if (IndexPointer.Read(root) is not { } pointer)
        {
            logger.LogInformation("There is no search index yet.");
            return null;
        }
        try
        {
            var opened = IndexFolder.Open(Path.Combine(root, pointer.Folder), create: false, table);
            needsRebuild = !pointer.Complete;
            return opened;
        }
        // Bytes that are not what they should be fail in many ways; only a lock says that the index itself is well.
        catch (Exception e) when (e is not LockObtainFailedException)
        {
            logger.LogError(e, "The search index is damaged and will be rebuilt.");
            return null;
        }
    }

    private IndexFolder OpenEmpty()
    {
        var name = IndexPointer.NextFolder(root);
        var empty = IndexFolder.Open(Path.Combine(root, name), create: true, table);
        new IndexPointer(name, Complete: false).Write(root);
        needsRebuild = true;
        return empty;
    }

    private void DeleteOthers()
    {
        foreach (var name in IndexPointer.Folders(root).ToList())
            if (Path.Combine(root, name) is var path && path != folder.Path) Delete(path);
    }

    // A folder that stays is deleted at the next start.
    private void Delete(string path)
    {
        try
        {
            System.IO.Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "A search index that is no longer used could not be deleted.");
        }
    }
}
