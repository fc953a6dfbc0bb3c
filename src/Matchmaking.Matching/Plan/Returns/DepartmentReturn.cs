namespace Matchmaking.Matching.Plan.Returns;

/// <summary>填报中, 待审核, 已审核, 已确认.</summary>
public enum ReturnState { Draft, Handed, Checked, Confirmed }

/// <summary>What a department says of one indicator.</summary>
/// <param name="Numerator">Of a ratio: the part; the value is a hundred times it over <paramref name="Denominator"/>.</param>
/// <param name="Source">The document it is taken from.</param>
public sealed record ReturnLine(string Code, decimal? Value, decimal? Numerator, decimal? Denominator, string Source, string Note)
{
    public const int MaxNote = 500;
}

/// <summary>A contract on which a department's number rests.</summary>
/// <param name="Number">认定登记编号.</param>
/// <param name="Amount">万元.</param>
public sealed record ReturnClaim(string Code, string Number, decimal? Amount)
{
    public const int MaxNumber = 40;
    public const int Most = 2_000;
}

/// <summary>A source document beside a return. Its bytes lie with the attachments under <paramref name="StoredName"/>; the hash says which they were when the return was confirmed.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ReturnDocument(string FileName, string ContentType, long Length, string StoredName, string Sha256)
{
    public const int Most = 10;
}

/// <summary>The return does not allow it; the code names a text.</summary>
public sealed class ReturnRefusedException(string code, params object[] arguments) : InvalidOperationException(code)
{
    public string Code { get; } = code;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}

/// <summary>
/// What a department reports for a period: written by one of its people, checked by another, confirmed by staff, and only then among the reported values. A confirmed return never
/// changes; a correction is the next number, which says why.
/// </summary>
public sealed class DepartmentReturn
{
    public const int MaxReason = 500;

    private DepartmentReturn() { }

    /// <param name="period">As 2026-3 for a quarter, 2026-09 for a month.</param>
    public DepartmentReturn(string department, string period, int by, DateTimeOffset at)
    {
        if (Periods.LastDay(period) is not { } lastDay) throw new ArgumentException("A return is of a quarter or a month.", nameof(period));
        (Department, Period, LastDay, StartedById, StartedAt) = (department, period, lastDay, by, at);
    }

    public int Id { get; private set; }
    public string Department { get; private set; } = "";
    public string Period { get; private set; } = "";
    public DateOnly LastDay { get; private set; }

    /// <summary>1, and one more for each correction.</summary>
    public int Number { get; private set; } = 1;
    public string? CorrectionReason { get; private set; }
    public ReturnState State { get; private set; }
    public IReadOnlyList<ReturnLine> Lines { get; private set; } = [];
    public IReadOnlyList<ReturnClaim> Claims { get; private set; } = [];
    public IReadOnlyList<ReturnDocument> Documents { get; private set; } = [];
    public int StartedById { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Who wrote last.</summary>
    public int? WrittenById { get; private set; }
    public DateTimeOffset? WrittenAt { get; private set; }
    public int? HandedById { get; private set; }
    public DateTimeOffset? HandedAt { get; private set; }
    public int? CheckedById { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public int? ConfirmedById { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Why it was given back the last time; gone once it is handed in again.</summary>
    public string? SentBackReason { get; private set; }
    public int Version { get; private set; }

    public ReturnLine? Line(string code) => Lines.FirstOrDefault(l => l.Code == code);

    public void Write(IReadOnlyList<ReturnLine> lines, IReadOnlyList<ReturnClaim> claims, int by, DateTimeOffset at)
    {
        Require(ReturnState.Draft);
        (Lines, Claims, WrittenById, WrittenAt) = (lines, claims, by, at);
        Version++;
    }

    /// <summary>Which documents lie beside it.</summary>
    /// <exception cref="ArgumentException">They are more than <see cref="ReturnDocument.Most"/>.</exception>
    public void Attach(IReadOnlyList<ReturnDocument> documents, int by, DateTimeOffset at)
    {
        Require(ReturnState.Draft);
        if (documents.Count > ReturnDocument.Most) throw new ArgumentException($"At most {ReturnDocument.Most} documents lie beside a return.", nameof(documents));
        (Documents, WrittenById, WrittenAt) = (documents, by, at);
        Version++;
    }

    public void HandOver(int by, DateTimeOffset at)
    {
        Require(ReturnState.Draft);
        if (Lines.All(l => l.Value is null) && Claims.Count == 0) throw new ReturnRefusedException("NothingWritten");
        if (Lines.FirstOrDefault(l => l.Value is not null && l.Source.Length == 0) is { } bare) throw new ReturnRefusedException("NoSource", bare.Code);
        (State, HandedById, HandedAt, SentBackReason) = (ReturnState.Handed, by, at, null);
        Version++;
    }

    /// <summary>By somebody else than who wrote it or handed it in.</summary>
    public void Check(int by, DateTimeOffset at)
    {
        Require(ReturnState.Handed);
        if (by == HandedById || by == WrittenById) throw new ReturnRefusedException("OwnCheck");
        (State, CheckedById, CheckedAt) = (ReturnState.Checked, by, at);
        Version++;
    }

    public void SendBack(string reason)
    {
        if (State is not (ReturnState.Handed or ReturnState.Checked)) throw new ReturnRefusedException("OtherState");
        (State, SentBackReason, HandedById, HandedAt, CheckedById, CheckedAt) = (ReturnState.Draft, reason, null, null, null, null);
        Version++;
    }

    public void Confirm(int by, DateTimeOffset at)
    {
        Require(ReturnState.Checked);
        (State, ConfirmedById, ConfirmedAt) = (ReturnState.Confirmed, by, at);
        Version++;
    }

    /// <summary>The next number of a confirmed return, which begins with what it says.</summary>
    public DepartmentReturn Correct(string reason, int by, DateTimeOffset at)
    {
        Require(ReturnState.Confirmed);
        return new DepartmentReturn(Department, Period, by, at) { Number = Number + 1, CorrectionReason = reason, Lines = Lines, Claims = Claims, Documents = Documents };
    }

    private void Require(ReturnState state)
    {
        if (State != state) throw new ReturnRefusedException("OtherState");
    }
}

/// <summary>A person who reports for a department; one person for one.</summary>
public sealed class DepartmentMember
{
    private DepartmentMember() { }

    public DepartmentMember(int userId, string department, int by, DateTimeOffset at) => (UserId, Department, AddedById, AddedAt) = (userId, department, by, at);

    public int UserId { get; private set; }
    public string Department { get; private set; } = "";
    public int AddedById { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
}

/// <summary>A department that reports each month; all others each quarter.</summary>
public sealed class MonthlyDepartment
{
    private MonthlyDepartment() { }

    public MonthlyDepartment(string name) => Name = name;

    public string Name { get; private set; } = "";
}
