using System.Text.Json;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Foresight;

public enum ForesightState { Draft, Published }

/// <summary>摘要, 近期, 中期, 远期, 建议: what the committee of experts writes beside the figures.</summary>
public enum ForesightSectionKey { Summary, Near, Mid, Long, Advice }

public sealed record ForesightSection(ForesightSectionKey Key, string Text);

/// <summary>One of the three who stand for a report, as for a list.</summary>
public sealed record ForesightSign(ListSignRole Role, int ById, DateTimeOffset At);

/// <summary>The report does not allow it; the code names a text.</summary>
public sealed class ForesightRefusedException(string code, params object[] arguments) : InvalidOperationException(code)
{
    public string Code { get; } = code;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}

/// <summary>
/// 行业市场前瞻报告 of a year, for all fields or for one. Its figures are counted by a job, its sections are written by people; three of them sign, and with the third signature it is
/// published: frozen, hashed and signed like a list. A published report never changes; a correction is the next edition.
/// </summary>
public sealed class ForesightReport
{
    public const int MaxText = 4_000;
    public const int MaxReason = 500;
    public const int MostSeats = 30;

    /// <summary>The scope of a report on all fields.</summary>
    public const string AllFields = "all";

    /// <summary>Without these nobody signs.</summary>
    public static IReadOnlyList<ForesightSectionKey> Needed { get; } = [ForesightSectionKey.Near, ForesightSectionKey.Mid, ForesightSectionKey.Long];

    private readonly List<ForesightRevision> revisions = [];

    private ForesightReport() { }

    public ForesightReport(int year, string scope, ForesightFigures figures, DateTimeOffset at)
    {
        if (FieldOf(scope) is null && scope != AllFields) throw new ArgumentException("A report is about all fields or about one.", nameof(scope));
        (Year, Scope, CreatedAt) = (year, scope, at);
        Put(figures, at);
    }

    public int Id { get; private set; }
    public int Year { get; private set; }

    /// <summary><see cref="AllFields"/> or the name of a field.</summary>
    public string Scope { get; private set; } = AllFields;
    public TechnologyField? Field => FieldOf(Scope);
    public int Edition { get; private set; } = 1;
    public int? CorrectsId { get; private set; }
    public string? CorrectsHash { get; private set; }
    public string? CorrectionReason { get; private set; }
    public ForesightState State { get; private set; }
    public string FiguresJson { get; private set; } = "{}";
    public DateTimeOffset CountedAt { get; private set; }
    public IReadOnlyList<ForesightSection> Sections { get; private set; } = [];
    public IReadOnlyList<ForesightSign> Signs { get; private set; } = [];
    public IReadOnlyCollection<ForesightRevision> Revisions => revisions;

    /// <summary>Ids of the accounts of experts who write sections beside staff, in the order they were asked.</summary>
    public IReadOnlyList<int> Committee { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }

    public string? OfficialNumber { get; private set; }
    public string? FrozenJson { get; private set; }
    public string? ContentHash { get; private set; }
    public int? SigningKeyId { get; private set; }
    public string? Signature { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>foresight-2026-all, from the second edition on with its number.</summary>
    public string Serial => $"foresight-{Year}-{Scope}" + (Edition > 1 ? $"-{Edition}" : "");

    public ForesightFigures Figures => JsonSerializer.Deserialize<ForesightFigures>(FiguresJson, ListDocument.Canonical) ?? throw new JsonException("A report has figures.");

    /// <summary>Null when all three have signed.</summary>
    public ListSignRole? NextSign => State == ForesightState.Published || Signs.Count == Enum.GetValues<ListSignRole>().Length ? null : (ListSignRole)Signs.Count;

    public static TechnologyField? FieldOf(string scope) => Enum.TryParse<TechnologyField>(scope, out var field) && field.ToString() == scope ? field : null;

    public string TextOf(ForesightSectionKey key) => Sections.FirstOrDefault(s => s.Key == key)?.Text ?? "";

    /// <summary>Figures of a later day take the place of those of the draft; who has signed signs anew.</summary>
    public void Recount(ForesightFigures figures, DateTimeOffset at)
    {
        RequireDraft();
        Put(figures, at);
    }

    /// <summary>Writes all sections; what stood there before is kept as a revision. Who has signed signs anew.</summary>
    public void Write(IReadOnlyList<ForesightSection> sections, int by, DateTimeOffset at)
    {
        RequireDraft();
        foreach (var section in sections)
            if (section.Text.Length > MaxText) throw new ForesightRefusedException("TextTooLong", section.Key, section.Text.Length, MaxText);
        var written = sections.Where(s => s.Text.Length > 0).OrderBy(s => s.Key).ToList();
        if (written.SequenceEqual(Sections)) return;
        Sections = written;
        revisions.Add(new ForesightRevision(this, revisions.Count + 1, written, by, at));
        Signs = [];
        Version++;
    }

    /// <summary>Asks an expert to write. Nothing of the report changes, so signatures stay.</summary>
    public void Seat(int userId)
    {
        RequireDraft();
        if (Committee.Contains(userId)) throw new ForesightRefusedException("SeatedAlready");
        if (Committee.Count == MostSeats) throw new ForesightRefusedException("CommitteeFull", MostSeats);
        Committee = [.. Committee, userId];
        Version++;
    }

    /// <summary>What he wrote stays.</summary>
    public void Unseat(int userId)
    {
        RequireDraft();
        Committee = [.. Committee.Where(id => id != userId)];
        Version++;
    }

    public void Sign(ListSignRole role, int by, DateTimeOffset at)
    {
        RequireDraft();
        if (NextSign != role) throw new ForesightRefusedException("SignOrder", role);
        if (Signs.Any(s => s.ById == by)) throw new ForesightRefusedException("SignedAlready");
        if (Needed.Any(key => TextOf(key).Length == 0)) throw new ForesightRefusedException("SectionMissing");
        Signs = [.. Signs, new ForesightSign(role, by, at)];
        Version++;
    }

    internal void Publish(string official, string json, int keyId, string signature, DateTimeOffset at)
    {
        RequireDraft();
        if (NextSign is not null) throw new ForesightRefusedException("Unsigned");
        (OfficialNumber, FrozenJson, ContentHash, SigningKeyId, Signature, PublishedAt, State) = (official, json, ListDocument.HashOf(json), keyId, signature, at, ForesightState.Published);
        Version++;
    }

    /// <summary>A draft of the next edition with this one's figures and sections.</summary>
    public ForesightReport Correct(string reason, DateTimeOffset at)
    {
        if (State != ForesightState.Published) throw new ForesightRefusedException("NotPublished");
        return new ForesightReport
        {
            Year = Year, Scope = Scope, Edition = Edition + 1, CorrectsId = Id, CorrectsHash = ContentHash, CorrectionReason = reason, FiguresJson = FiguresJson, CountedAt = CountedAt, Sections = Sections, Committee = Committee, CreatedAt = at,
        };
    }

    /// <summary>As it would be published at that moment.</summary>
    public ForesightDocument Document(string official, DateTimeOffset at) => new(Serial, official, Year, Scope, Edition, CorrectsHash, CorrectionReason, at, Figures, Sections);

    private void Put(ForesightFigures figures, DateTimeOffset at)
    {
        var json = CanonicalJson.Of(JsonSerializer.Serialize(figures, ListDocument.Canonical));
        if (json == FiguresJson) return;
        (FiguresJson, CountedAt, Signs) = (json, at, []);
        Version++;
    }

    private void RequireDraft()
    {
        if (State == ForesightState.Published) throw new ForesightRefusedException("Published");
    }
}

/// <summary>The sections as somebody left them. Never changes.</summary>
public sealed class ForesightRevision
{
    private ForesightRevision() { }

    internal ForesightRevision(ForesightReport report, int number, IReadOnlyList<ForesightSection> sections, int by, DateTimeOffset at) =>
        (Report, Number, Sections, ById, At) = (report, number, sections, by, at);

    public int Id { get; private set; }
    public int ReportId { get; private set; }
    public ForesightReport Report { get; private set; } = null!;
    public int Number { get; private set; }
    public IReadOnlyList<ForesightSection> Sections { get; private set; } = [];
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    public string TextOf(ForesightSectionKey key) => Sections.FirstOrDefault(s => s.Key == key)?.Text ?? "";
}

/// <summary>A report as it is published, hashed and signed: <see cref="CanonicalJson"/> of this.</summary>
public sealed record ForesightDocument(
    string Serial, string Official, int Year, string Scope, int Edition, string? CorrectsHash, string? CorrectionReason, DateTimeOffset PublishedAt, ForesightFigures Figures, IReadOnlyList<ForesightSection> Sections)
{
    public string ToCanonicalJson() => CanonicalJson.Of(JsonSerializer.Serialize(this, ListDocument.Canonical));

    public static ForesightDocument Parse(string json) => JsonSerializer.Deserialize<ForesightDocument>(json, ListDocument.Canonical) ?? throw new JsonException("A report is an object.");
}
