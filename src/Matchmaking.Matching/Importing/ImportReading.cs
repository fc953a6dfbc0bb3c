using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

/// <summary>Reads an uploaded file as its owner wants it read. The preview and the job take the same way, so that what was shown is what is imported.</summary>
public sealed class ImportReading(MatchmakingDbContext db, ImportStore store, ImportScope scopes, ImportCheck check, LocalCalendar calendar)
{
    /// <exception cref="FileRefusedException">FileGone, NoHead, NoScope, or what <see cref="SheetFile"/> refuses.</exception>
    public async Task<CheckedTable> ReadAsync(Import import, ImportCheck.Progress? progress, CancellationToken cancellationToken)
    {
        var content = await store.ReadAsync(import.StoredName, cancellationToken) ?? throw new FileRefusedException("FileGone");
        var scope = await scopes.OfAsync(import.UserId, cancellationToken);
        if (scope?.Kinds.Contains(import.Kind) != true) throw new FileRefusedException("NoScope");
        using var stream = new MemoryStream(content, writable: false);
        var head = SheetHead.Find(SheetFile.Read(import.FileName, stream), import.Kind, await RememberedAsync(import, cancellationToken)) ?? throw new FileRefusedException("NoHead");
        var options = new ReadingOptions(import.Kind, import.Unit, import.MoneyIsRight, calendar.Today);
        var table = TableReader.Read(head.With(import.ChosenColumns), options, cancellationToken);
        return await check.CheckAsync(table, options, scope, progress, cancellationToken);
    }

    private async Task<Dictionary<string, ImportField>> RememberedAsync(Import import, CancellationToken cancellationToken) => import.OrganizationId is not { } organization ? []
        : await db.ImportColumnChoices.AsNoTracking().Where(c => c.OrganizationId == organization && c.Kind == import.Kind).ToDictionaryAsync(c => c.Heading, c => c.Field, cancellationToken);

    /// <summary>Remembers for the person's organisation what the headings were chosen for; the caller saves.</summary>
    public async Task RememberAsync(Import import, SheetHead head, IReadOnlyDictionary<int, ImportField> chosen, CancellationToken cancellationToken)
    {
        if (import.OrganizationId is not { } organization) return;
        var known = await db.ImportColumnChoices.Where(c => c.OrganizationId == organization && c.Kind == import.Kind).ToDictionaryAsync(c => c.Heading, cancellationToken);
        // Repeated headings (数值, 数值, 数值) say by their place what they are; one choice for all would be wrong.
        foreach (var columns in head.Columns.Where(c => c.Key.Length > 0).GroupBy(c => c.Key).Where(g => g.Count() == 1))
        {
            var column = columns.Single();
            if (!chosen.TryGetValue(column.Column, out var field) || field == column.Field) continue;
            if (known.TryGetValue(column.Key, out var choice)) choice.Change(field);
            else db.ImportColumnChoices.Add(new ImportColumnChoice(organization, import.Kind, column.Key, field));
        }
    }
}
