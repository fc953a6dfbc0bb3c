using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan.Registers;

/// <summary>What came of an uploaded table.</summary>
/// <param name="Left">Rows that were not taken, with their problems.</param>
public sealed record RegisterImport(int Taken, IReadOnlyList<RegisterRow> Left);

/// <summary>Enters and withdraws entries; the same happening is entered once.</summary>
public sealed class KeepRegister(MatchmakingDbContext db, TimeProvider clock)
{
    /// <summary>False when the same happening is there already.</summary>
    public async Task<bool> AddAsync(RegisterKind kind, RegisterValues values, Guid key, int by, CancellationToken cancellationToken)
    {
        // A double click: the entry of this form is there.
        if (await db.RegisterEntries.AnyAsync(e => e.CreationKey == key, cancellationToken)) return true;
        if ((await SameDayAsync(kind, [values.FirstDay], cancellationToken)).Any(e => e.IsSameAs(values))) return false;
        Add(kind, values, key, by);
        db.Audit(by, "register.add", $"register:{kind}", clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.RegisterEntries.AnyAsync(e => e.CreationKey == key, cancellationToken)) throw;
        }
        return true;
    }

    /// <summary>Takes the good rows in one transaction and gives back the others; a row that is there already, or twice in the table, is no good one.</summary>
    public async Task<RegisterImport> ImportAsync(RegisterKind kind, IReadOnlyList<RegisterRow> rows, int by, CancellationToken cancellationToken)
    {
        var known = (await SameDayAsync(kind, [.. rows.Select(r => r.Values?.FirstDay).OfType<DateOnly>().Distinct()], cancellationToken))
            .Select(e => (e.Name, e.Organization, e.Partner, e.FirstDay)).ToHashSet();
        var left = new List<RegisterRow>();
        foreach (var row in rows)
        {
            if (row.Values is not { } values) left.Add(row);
            else if (!known.Add((values.Name, values.Organization, values.Partner, values.FirstDay))) left.Add(row with { Problems = [($"A{row.Number}", new Problem(nameof(RegisterField.Name), "Register.Known"))] });
            else Add(kind, values, Guid.NewGuid(), by);
        }
        var taken = rows.Count - left.Count;
        if (taken > 0) db.Audit(by, "register.import", $"register:{kind}", clock.GetUtcNow(), $"{taken}");
        await db.SaveChangesAsync(cancellationToken);
        return new RegisterImport(taken, left);
    }

    /// <summary>False when it is not there or withdrawn already.</summary>
    public async Task<bool> WithdrawAsync(RegisterKind kind, int id, string reason, int by, CancellationToken cancellationToken)
    {
        if (await db.RegisterEntries.SingleOrDefaultAsync(e => e.Id == id && e.Kind == kind && e.WithdrawnAt == null, cancellationToken) is not { } entry) return false;
        entry.Withdraw(reason, by, clock.GetUtcNow());
        db.Audit(by, "register.withdraw", $"register:{kind}", clock.GetUtcNow(), $"{id}");
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private void Add(RegisterKind kind, RegisterValues values, Guid key, int by) => db.RegisterEntries.Add(new RegisterEntry(kind, values, by, key, clock.GetUtcNow()));

    private Task<List<RegisterEntry>> SameDayAsync(RegisterKind kind, IReadOnlyList<DateOnly> days, CancellationToken cancellationToken) =>
        db.RegisterEntries.AsNoTracking().Where(e => e.Kind == kind && e.WithdrawnAt == null && days.Contains(e.FirstDay)).ToListAsync(cancellationToken);
}
