using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

public enum ImportRowState
{
    /// <summary>Will be taken.</summary>
    Good,

    /// <summary>Something in it cannot be read or breaks a rule.</summary>
    Bad,

    /// <summary>Waits for an answer of the person.</summary>
    Asked,

    /// <summary>The organisation has this record already.</summary>
    Known,

    /// <summary>The same as an earlier row of the file.</summary>
    Repeated,
}

/// <summary>A row with its owner and what becomes of it.</summary>
/// <param name="Owner">Null when it could not be found.</param>
/// <param name="Content">With the owner's region and industry where the file has no such column.</param>
/// <param name="Open">What is missing before it could be submitted; empty for a complete row.</param>
/// <param name="Advice">What the checker of drafts advises; the row is taken all the same. Empty for rows that are not taken.</param>
/// <param name="SameAs">The earlier row that a repeated one is the same as.</param>
public sealed record CheckedRow(
    ReadRow Row, ImportRowState State, Organization? Owner, ListingContent Content, Guid Key, IReadOnlyList<CellRemark> Remarks, IReadOnlyList<Problem> Open, IReadOnlyList<LintFinding> Advice, int? SameAs);

public sealed record CheckedTable(ReadTable Table, IReadOnlyList<CheckedRow> Rows)
{
    public ImportCounts Counts { get; } = new(
        Rows.Count(r => r.State == ImportRowState.Good), Rows.Count(r => r.State == ImportRowState.Bad), Rows.Count(r => r.State == ImportRowState.Asked),
        Rows.Count(r => r.State == ImportRowState.Known), Rows.Count(r => r.State == ImportRowState.Repeated));

    /// <summary>Good rows that have everything that a submission needs.</summary>
    public int Complete { get; } = Rows.Count(r => r.State == ImportRowState.Good && r.Open.Count == 0);
}

/// <summary>
/// Holds the rows of a table against the records: whose they are, whether they are there already, whether they keep the rules of listings, and what
/// the checker of drafts says of them, as of a form: a forbidden word keeps a row out, everything else is advice.
/// </summary>
public sealed class ImportCheck(MatchmakingDbContext db, DraftChecker checker)
{
    private const int Batch = 100;
    private const int QueryBatch = 1_000;

    public delegate Task Progress(int done, int total);

    public async Task<CheckedTable> CheckAsync(ReadTable table, ReadingOptions options, Scope scope, Progress? progress, CancellationToken cancellationToken)
    {
        var owners = await OwnersAsync(table, scope, cancellationToken);
        var known = await KnownAsync(owners, options.Kind, cancellationToken);
        var earlier = new Dictionary<Guid, int>();
        var rows = new List<CheckedRow>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(await CheckAsync(row, table.Head, options, scope, owners, known, earlier, cancellationToken));
            if (progress is not null && (rows.Count % Batch == 0 || rows.Count == table.Rows.Count)) await progress(rows.Count, table.Rows.Count);
        }
        return new CheckedTable(table, rows);
    }

    private async Task<CheckedRow> CheckAsync(ReadRow row, SheetHead head, ReadingOptions options, Scope scope, Owners owners, Known known, Dictionary<Guid, int> earlier, CancellationToken cancellationToken)
    {
        var remarks = new List<CellRemark>(row.Remarks);
        int? ColumnOf(ImportField field) => head.Columns.FirstOrDefault(c => c.Field == field)?.Column;
        void Wrong(Problem problem) => remarks.Add(new CellRemark(row.Number, ColumnOf(ImportFields.OfProblem(problem.Field)) ?? (problem.Field.StartsWith("Quantities", StringComparison.Ordinal) ? ColumnOf(ImportField.QuantityValue) : null), CellMark.Wrong, problem));

        var owner = owners.Of(row, scope);
        if (owner.Problem is not null) Wrong(owner.Problem);
        var content = row.Content;
        if (owner.Organization is { } organization)
        {
            if (ColumnOf(ImportField.Region) is null) content = content with { Region = organization.Region };
            if (ColumnOf(ImportField.Industry) is null) content = content with { Industry = organization.Industry };
        }
        if (content.Title.Length == 0) Wrong(new Problem(nameof(ImportField.Title), "Missing"));
        if (row.ExternalNumber.Length > ImportedListing.MaxExternalNumber) Wrong(new Problem(nameof(ImportField.ExternalNumber), "TooLong", row.ExternalNumber.Length, ImportedListing.MaxExternalNumber));
        var unread = remarks.Where(r => r.Mark == CellMark.Wrong).Select(r => r.Problem.Field).ToHashSet();
        foreach (var problem in ListingRules.CheckDraft(content).Concat(ListingRules.CheckContact(row.Contact, complete: false)).Where(p => !unread.Contains(p.Field))) Wrong(problem);
        var findings = await checker.CheckAsync(content, owner.Organization?.Name ?? row.OrganizationName, cancellationToken);
        foreach (var finding in findings.Where(f => f.Severity == LintSeverity.Blocks)) Wrong(new Problem(finding.Field.Split('[')[0], "ForbiddenWord", [.. finding.Arguments]));

        var key = owner.Organization is null ? Guid.Empty : ImportKeys.Creation(owner.Organization.Id, options.Kind, ImportKeys.Row(row));
        var state = remarks.Exists(r => r.Mark == CellMark.Wrong) ? ImportRowState.Bad : remarks.Exists(r => r.Mark == CellMark.Asked) ? ImportRowState.Asked : ImportRowState.Good;
        int? sameAs = null;
        if (owner.Organization is { } own && content.Title.Length > 0)
        {
            if (known.Has(row, own.Id, key)) state = ImportRowState.Known;
            else if (earlier.TryGetValue(key, out var first)) (state, sameAs) = (ImportRowState.Repeated, first);
            else if (state != ImportRowState.Bad) earlier[key] = row.Number;
        }
        return new CheckedRow(row, state, owner.Organization, content, key, remarks, state == ImportRowState.Good ? Open(row, content, owner.Organization!, options) : [],
            state is ImportRowState.Good or ImportRowState.Asked ? [.. findings.Where(f => f.Severity == LintSeverity.Advice)] : [], sameAs);
    }

    private static List<Problem> Open(ReadRow row, ListingContent content, Organization owner, ReadingOptions options) =>
        [.. ListingRules.CheckComplete(content, options.Today), .. ListingRules.CheckAnonymity(content, owner.Name), .. ListingRules.CheckContact(row.Contact, complete: true)];

    private static async Task<Owners> OwnersAsync(ReadTable table, Scope scope, CancellationToken cancellationToken)
    {
        if (scope.Own is not null) return new Owners([scope.Own]);
        var found = new Dictionary<int, Organization>();
        foreach (var codes in table.Rows.Select(r => r.CreditCode).Where(c => c.Length > 0).Distinct().Chunk(QueryBatch))
        {
            foreach (var organization in await scope.Organizations.Where(o => codes.Contains(o.CreditCode)).ToListAsync(cancellationToken)) found[organization.Id] = organization;
        }
        foreach (var names in table.Rows.Where(r => r.CreditCode.Length == 0 && r.OrganizationName.Length > 0).Select(r => r.OrganizationName).Distinct().Chunk(QueryBatch))
        {
            foreach (var organization in await scope.Organizations.Where(o => names.Contains(o.Name)).ToListAsync(cancellationToken)) found[organization.Id] = organization;
        }
        return new Owners(found.Values);
    }

    private async Task<Known> KnownAsync(Owners owners, ListingKind kind, CancellationToken cancellationToken)
    {
        var known = new Known();
        foreach (var ids in owners.Ids.Chunk(QueryBatch))
        {
            var listings = kind == ListingKind.Need ? db.Needs.Where(l => ids.Contains(l.OrganizationId)).Select(l => new { l.OrganizationId, l.CreationKey, l.Title, l.Number })
                : db.Achievements.Where(l => ids.Contains(l.OrganizationId)).Select(l => new { l.OrganizationId, l.CreationKey, l.Title, l.Number });
            foreach (var listing in await listings.ToListAsync(cancellationToken)) known.Add(listing.OrganizationId, listing.CreationKey, listing.Title, listing.Number);
        }
        return known;
    }

    private sealed class Owners(IEnumerable<Organization> organizations)
    {
        private readonly Dictionary<string, Organization> byCode = organizations.ToDictionary(o => o.CreditCode);
        private readonly ILookup<string, Organization> byName = organizations.ToLookup(o => o.Name);

        public IEnumerable<int> Ids => byCode.Values.Select(o => o.Id);

        public (Organization? Organization, Problem? Problem) Of(ReadRow row, Scope scope)
        {
            const string Code = nameof(ImportField.CreditCode);
            if (row.CreditCode.Length > 0)
            {
                if (!Organizations.CreditCode.IsValid(row.CreditCode)) return (null, new Problem(Code, "CreditCodeWrong", CellText.Quote(row.CreditCode)));
                return byCode.TryGetValue(row.CreditCode, out var found) ? (found, null)
                    : (null, new Problem(Code, scope.Own is null ? "OrganizationUnknown" : "OrganizationForeign", row.CreditCode));
            }
            if (scope.Own is { } own) return (own, null);
            if (row.OrganizationName.Length == 0) return (null, new Problem(Code, "Missing"));
            return byName[row.OrganizationName].ToList() is [var only] ? (only, null) : (null, new Problem(Code, "OrganizationNeedsCode", CellText.Quote(row.OrganizationName)));
        }
    }

    private sealed class Known
    {
        private readonly HashSet<Guid> keys = [];
        private readonly HashSet<(int, string)> titles = [];
        private readonly HashSet<string> numbers = new(StringComparer.OrdinalIgnoreCase);

        public void Add(int organizationId, Guid key, string title, string? number)
        {
            keys.Add(key);
            titles.Add((organizationId, ImportKeys.Title(title)));
            if (number is not null) numbers.Add(number);
        }

        /// <summary>A row with a number of its own may share its title with another; one without may not.</summary>
        public bool Has(ReadRow row, int organizationId, Guid key) =>
            keys.Contains(key) || (row.PlatformNumber.Length > 0 && numbers.Contains(row.PlatformNumber))
            || (row.ExternalNumber.Length == 0 && titles.Contains((organizationId, ImportKeys.Title(row.Content.Title))));
    }
}
