namespace Matchmaking.Matching.Brokerage;

/// <summary>A message to everybody in the case, or a note that only brokers read.</summary>
public sealed class CaseNote
{
    public const int MaxText = 2_000;

    private CaseNote() { }

    /// <param name="side">The side that writes; null for the broker.</param>
    public CaseNote(int caseId, CaseSide? side, bool isPrivate, string text, int authorId, DateTimeOffset at)
    {
        if (isPrivate && side is not null) throw new ArgumentException("Only a broker keeps private notes.", nameof(isPrivate));
        CaseId = caseId;
        Side = side;
        IsPrivate = isPrivate;
        Text = text;
        AuthorId = authorId;
        At = at;
    }

    public int Id { get; private set; }
    public int CaseId { get; private set; }
    public CaseSide? Side { get; private set; }
    public bool IsPrivate { get; private set; }
    public string Text { get; private set; } = "";
    public int AuthorId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Its author has had his data deleted; that something was written here stays.</summary>
    internal void Forget() => Text = "–";
}

/// <summary>Something to be done by a day, by the broker or by one of the sides.</summary>
public sealed class CaseTask
{
    public const int MaxText = 200;

    private CaseTask() { }

    /// <param name="side">Who is to do it; null for the broker, whose own tasks nobody else sees.</param>
    public CaseTask(int caseId, CaseSide? side, string text, DateOnly dueOn, int authorId, DateTimeOffset at)
    {
        CaseId = caseId;
        Side = side;
        Text = text;
        DueOn = dueOn;
        AuthorId = authorId;
        At = at;
    }

    public int Id { get; private set; }
    public int CaseId { get; private set; }
    public CaseSide? Side { get; private set; }
    public string Text { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public int AuthorId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public int? DoneById { get; private set; }

    public void Finish(int by, DateTimeOffset at)
    {
        if (DoneAt is not null) return;
        (DoneAt, DoneById) = (at, by);
    }
}

/// <summary>A file inside a case. Its bytes lie with the attachments of the listings.</summary>
public sealed class CaseFile
{
    public const int MaxPerCase = 20;

    private CaseFile() { }

    /// <param name="side">Whose document it is; null for the broker's, which both sides may have.</param>
    public CaseFile(int caseId, CaseSide? side, string fileName, string contentType, long length, string storedName, string sha256, int byId, DateTimeOffset at)
    {
        CaseId = caseId;
        Side = side;
        FileName = fileName;
        ContentType = contentType;
        Length = length;
        StoredName = storedName;
        Sha256 = sha256;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int CaseId { get; private set; }
    public CaseSide? Side { get; private set; }
    public string FileName { get; private set; } = "";
    public string ContentType { get; private set; } = "";
    public long Length { get; private set; }
    public string StoredName { get; private set; } = "";
    public string Sha256 { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>走访: a broker was with an organisation; what was found there may start the draft of a need, which its members finish.</summary>
public sealed class Visit
{
    public const int MaxFindings = 2_000;
    public const int MaxPeople = 100;

    private Visit() { }

    public Visit(int organizationId, int? caseId, int brokerId, DateOnly on, string people, string findings, DateTimeOffset at)
    {
        OrganizationId = organizationId;
        CaseId = caseId;
        BrokerId = brokerId;
        On = on;
        People = people;
        Findings = findings;
        At = at;
    }

    public int Id { get; private set; }
    public int OrganizationId { get; private set; }
    public int? CaseId { get; private set; }
    public int BrokerId { get; private set; }
    public DateOnly On { get; private set; }

    /// <summary>Who took part, as the broker writes it; read by brokers only.</summary>
    public string People { get; private set; } = "";
    public string Findings { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>The need whose draft began with these findings.</summary>
    public int? NeedId { get; private set; }

    public void Started(int needId)
    {
        if (NeedId is not null) throw new InvalidOperationException("The visit has started a need already.");
        NeedId = needId;
    }
}
