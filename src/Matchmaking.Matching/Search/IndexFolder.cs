using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace Matchmaking.Matching.Search;

/// <summary>One Lucene index on disk with its writer and its newest view. Writes come one at a time, the engine sees to that.</summary>
internal sealed class IndexFolder : IDisposable
{
    private readonly FSDirectory directory;
    private readonly FacetTable table;
    private IndexWriter? writer;
    private volatile IndexView view;

    private IndexFolder(string path, FSDirectory directory, IndexWriter writer, IndexView view, FacetTable table)
    {
        Path = path;
        this.directory = directory;
        this.writer = writer;
        this.view = view;
        this.table = table;
    }

    public string Path { get; }

    /// <summary>Opens an index; <paramref name="create"/> begins an empty one.</summary>
    public static IndexFolder Open(string path, bool create, FacetTable table)
    {
        var directory = FSDirectory.Open(path);
        IndexWriter? writer = null;
        try
        {
            writer = NewWriter(directory, create ? OpenMode.CREATE : OpenMode.APPEND);
            if (create) writer.Commit();
            return new IndexFolder(path, directory, writer, IndexView.Open(directory, table), table);
        }
        catch
        {
            writer?.Rollback();
            directory.Dispose();
            throw;
        }
    }

    /// <summary>The newest view, to be released after use.</summary>
    public IndexView Acquire()
    {
        while (true)
        {
            var current = view;
            if (current.TryAcquire()) return current;
            // Closed between reading and acquiring: a newer one is there, unless the folder itself is closed.
            ObjectDisposedException.ThrowIf(ReferenceEquals(current, view), this);
        }
    }

    public void Put(int id, Document document) => Writer().UpdateDocument(IndexFields.IdTerm(id), document);

    public void Remove(int id) => Writer().DeleteDocuments(IndexFields.IdTerm(id));

    /// <summary>Makes all writes since the last commit lasting and visible.</summary>
    public void Commit()
    {
        Writer().Commit();
        var old = view;
        var newer = old.Newer(table);
        if (ReferenceEquals(newer, old)) return;
        view = newer;
        old.Release();
    }

    /// <summary>Forgets all writes since the last commit; the next write opens the writer anew.</summary>
    public void Rollback()
    {
        var broken = writer;
        writer = null;
        broken?.Rollback();
    }

    public void Dispose()
    {
        Rollback();
        view.Release();
        directory.Dispose();
    }

    private IndexWriter Writer() => writer ??= NewWriter(directory, OpenMode.APPEND);

    private static IndexWriter NewWriter(FSDirectory directory, OpenMode mode) => new(directory, new IndexWriterConfig(IndexFields.Version, IndexFields.Analyzer())
    {
        OpenMode = mode,
        Similarity = new ListingSimilarity(),
        RAMBufferSizeMB = 64,
    });
}
