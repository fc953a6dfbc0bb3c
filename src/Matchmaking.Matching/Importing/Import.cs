using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>Where an uploaded file stands. Nothing of it is in the records before <see cref="Done"/>, and then everything that is to be.</summary>
public enum ImportState { Preview, Queued, Running, Done, Cancelled, Failed }

/// <summary>How many rows of each state; the sum is the number of rows.</summary>
public sealed record ImportCounts(int Good, int Bad, int Asked, int Known, int Repeated)
{
    public static ImportCounts None { get; } = new(0, 0, 0, 0, 0);

    public int Total => Good + Bad + Asked + Known + Repeated;
}

/// <summary>One uploaded file and what is to be done with it. The file itself lies outside the web root under <see cref="StoredName"/> until it is done or too old.</summary>
public sealed class Import
{
    public const int MaxFileName = 100;
    public const int MaxFailure = 60;

    private Import() { }

    public Import(int userId, int? organizationId, ListingKind kind, string fileName, string storedName, string sha256, string language, DateTimeOffset at)
    {
        UserId = userId;
        OrganizationId = organizationId;
        Kind = kind;
        FileName = fileName;
        StoredName = storedName;
        Sha256 = sha256;
        Language = language;
        CreatedAt = at;
    }

    public int Id { get; private set; }

    /// <summary>Who uploaded it; nobody else sees it.</summary>
    public int UserId { get; private set; }

    /// <summary>The organisation of the person who uploaded it, for whom choices of columns are remembered; not necessarily the owner of the rows.</summary>
    public int? OrganizationId { get; private set; }

    public ListingKind Kind { get; private set; }
    public string FileName { get; private set; } = "";
    public string StoredName { get; private set; } = "";
    public string Sha256 { get; private set; } = "";

    /// <summary>Language of the remarks in the file that comes back.</summary>
    public string Language { get; private set; } = "";

    /// <summary>What the person chose for columns of this file: number from 0, a colon, name of the field.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];
    public MoneyUnit Unit { get; private set; }
    public bool MoneyIsRight { get; private set; }

    /// <summary>Complete rows are submitted at once instead of staying drafts.</summary>
    public bool Submits { get; private set; }

    public ImportState State { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was put into the queue, then when the job began: what is older and not done was lost.</summary>
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Rows checked so far, of <see cref="Total"/>; both 0 before the job has read the file.</summary>
    public int Checked { get; private set; }
    public int Total { get; private set; }

    public int Imported { get; private set; }
    public int Submitted { get; private set; }
    public int Bad { get; private set; }
    public int Known { get; private set; }
    public int Repeated { get; private set; }

    /// <summary>Kind of error only.</summary>
    public string? Failure { get; private set; }

    /// <summary>There is a file of rows that were not taken.</summary>
    public bool HasRemarks { get; private set; }

    /// <summary>Both files are gone.</summary>
    public bool FilesDeleted { get; private set; }

    /// <summary>Counts every save of the row itself, so that cancelling and finishing cannot both win.</summary>
    public int Version { get; private set; }

    public bool IsOpen => State is ImportState.Preview or ImportState.Queued or ImportState.Running;

    public bool MayBeCancelled => IsOpen;

    public IReadOnlyDictionary<int, ImportField> ChosenColumns => Chosen.Select(c => c.Split(':')).ToDictionary(
        c => int.Parse(c[0], System.Globalization.CultureInfo.InvariantCulture), c => Enum.Parse<ImportField>(c[1]));

    public void Choose(IReadOnlyDictionary<int, ImportField> columns, MoneyUnit unit, bool moneyIsRight)
    {
        Require(ImportState.Preview);
        Chosen = [.. columns.OrderBy(c => c.Key).Select(c => $"{c.Key}:{c.Value}")];
        (Unit, MoneyIsRight) = (unit, moneyIsRight);
        Version++;
    }

    public void Queue(bool submits, DateTimeOffset at)
    {
        Require(ImportState.Preview);
        (State, Submits, StartedAt) = (ImportState.Queued, submits, at);
        Version++;
    }

    /// <summary>The job begins, or begins again after a kill.</summary>
    public void Start(DateTimeOffset at)
    {
        Require(ImportState.Queued, ImportState.Running);
        (State, StartedAt, Checked, Total) = (ImportState.Running, at, 0, 0);
        Version++;
    }

    public void Finish(int imported, int submitted, ImportCounts counts, bool hasRemarks, DateTimeOffset at)
    {
        Require(ImportState.Running);
        (State, FinishedAt, Imported, Submitted, Bad, Known, Repeated, HasRemarks) = (ImportState.Done, at, imported, submitted, counts.Bad + counts.Asked, counts.Known, counts.Repeated, hasRemarks);
        (Checked, Total) = (counts.Total, counts.Total);
        Version++;
    }

    public void Cancel(DateTimeOffset at)
    {
        Require(ImportState.Preview, ImportState.Queued, ImportState.Running);
        (State, FinishedAt) = (ImportState.Cancelled, at);
        Version++;
    }

    public void Fail(string failure, DateTimeOffset at)
    {
        Require(ImportState.Queued, ImportState.Running);
        (State, FinishedAt, Failure) = (ImportState.Failed, at, failure);
        Version++;
    }

    public void FilesGone()
    {
        FilesDeleted = true;
        HasRemarks = false;
        Version++;
    }

    private void Require(params ImportState[] states)
    {
        if (!states.Contains(State)) throw new InvalidOperationException($"The import is {State}.");
    }
}

/// <summary>Where an imported listing came from.</summary>
public sealed class ImportedListing
{
    public const int MaxExternalNumber = 60;

    private ImportedListing() { }

    public ImportedListing(Listing listing, int importId, int row, string? externalNumber)
    {
        Listing = listing;
        ImportId = importId;
        Row = row;
        ExternalNumber = externalNumber;
    }

    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public int ImportId { get; private set; }

    /// <summary>Row of the file, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>The owner's own number of the record; null when the file had none.</summary>
    public string? ExternalNumber { get; private set; }
}

/// <summary>What people of an organisation once chose for a heading.</summary>
public sealed class ImportColumnChoice
{
    private ImportColumnChoice() { }

    public ImportColumnChoice(int organizationId, ListingKind kind, string heading, ImportField field)
    {
        OrganizationId = organizationId;
        Kind = kind;
        Heading = heading;
        Field = field;
    }

    public int Id { get; private set; }
    public int OrganizationId { get; private set; }
    public ListingKind Kind { get; private set; }

    /// <summary>As <see cref="SheetColumn.Key"/>.</summary>
    public string Heading { get; private set; } = "";
    public ImportField Field { get; private set; }

    public void Change(ImportField field) => Field = field;
}
