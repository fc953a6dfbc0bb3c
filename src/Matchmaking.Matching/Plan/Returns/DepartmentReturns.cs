using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan.Returns;

/// <summary>Keeps the departments' returns: who may see which, each act in one transaction with what it brings about and whom it tells.</summary>
public sealed class DepartmentReturns(MatchmakingDbContext db, TimeProvider clock)
{
    public const string Pages = "/reporting";

    public static string Address(int id) => $"{Pages}/{id}";

    /// <summary>Null for who reports for none.</summary>
    public Task<string?> DepartmentOfAsync(int userId, CancellationToken cancellationToken) =>
        db.DepartmentMembers.Where(m => m.UserId == userId).Select(m => m.Department).SingleOrDefaultAsync(cancellationToken);

    public Task<bool> IsMonthlyAsync(string department, CancellationToken cancellationToken) => db.MonthlyDepartments.AnyAsync(d => d.Name == department, cancellationToken);

    /// <summary>The return that is written now or was confirmed last; started when there is none. Null for a period that has not ended.</summary>
    public async Task<DepartmentReturn?> StartAsync(string department, string period, int by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!Periods.Ended(Periods.IsMonth(period), ProvinceTime.DayOf(now)).Contains(period)) return null;
        if (await LastAsync(department, period, cancellationToken) is { } there) return there;
        return await AddAsync(new DepartmentReturn(department, period, by, now), "return.start", by, cancellationToken);
    }

    /// <summary>The next number of a confirmed return; the one that somebody else began meanwhile.</summary>
    public async Task<DepartmentReturn> CorrectAsync(DepartmentReturn confirmed, string reason, int by, CancellationToken cancellationToken)
    {
        if (await LastAsync(confirmed.Department, confirmed.Period, cancellationToken) is { } last && last.Number > confirmed.Number) return last;
        return await AddAsync(confirmed.Correct(reason, by, clock.GetUtcNow()), "return.correct", by, cancellationToken);
    }

    /// <summary>One act on a return of the version that was read, with its entry in the log.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else was faster.</exception>
    /// <exception cref="ReturnRefusedException">The return does not allow it.</exception>
    public async Task ActAsync(DepartmentReturn form, string act, int by, Action<DepartmentReturn, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        change(form, now);
        db.Audit(by, "return." + act, Subject(form), now);
        if (form.State == ReturnState.Confirmed) Report(form, now);
        await TellAsync(form, act, by, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Values reported last before the period, by indicator; of a yearly number also those of earlier years.</summary>
    public async Task<IReadOnlyDictionary<string, decimal>> LastValuesAsync(DepartmentReturn form, CancellationToken cancellationToken)
    {
        var codes = PlanDepartments.LedBy(form.Department).Select(i => i.Code).ToList();
        var reports = await db.IndicatorReports.AsNoTracking().Where(r => codes.Contains(r.Code) && r.AsOf <= form.LastDay && (r.ReturnId == null || r.ReturnId != form.Id)).ToListAsync(cancellationToken);
        return reports.GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.AsOf).ThenByDescending(r => r.At).ThenByDescending(r => r.Id).First().Value);
    }

    /// <summary>Claims of the latest handed-in return of each department and period, of one return more, and of the platform's own last counts.</summary>
    public async Task<IReadOnlyList<ClaimConflict>> ConflictsAsync(DepartmentReturn? with, CancellationToken cancellationToken)
    {
        var handed = await db.DepartmentReturns.AsNoTracking().Where(r => r.State != ReturnState.Draft).ToListAsync(cancellationToken);
        var latest = handed.GroupBy(r => (r.Department, r.Period)).Select(g => g.MaxBy(r => r.Number)!).ToList();
        if (with is not null) latest = [.. latest.Where(r => (r.Department, r.Period) != (with.Department, with.Period)), with];
        var claims = latest.SelectMany(r => r.Claims.Select(c => new ContractClaim(c.Number, c.Code, r.Department, r.Period, r.Id, c.Amount, r.ConfirmedAt))).ToList();
        if (claims.Count == 0) return [];
        var numbers = claims.Select(c => c.Number).Distinct().ToList();
        var codes = CountingRules.All.Where(r => r.RowKind == CountedRowKind.Contract).Select(r => r.Code).ToList();
        var counted = await db.IndicatorLines.AsNoTracking().Where(l => codes.Contains(l.Code) && l.GoneOn == null && numbers.Contains(l.Number)).Select(l => new { l.Number, l.Code }).ToListAsync(cancellationToken);
        return ClaimRule.Conflicts([.. claims, .. counted.Select(l => new ContractClaim(l.Number, l.Code, null, null, null, null, null))]);
    }

    private Task<DepartmentReturn?> LastAsync(string department, string period, CancellationToken cancellationToken) =>
        db.DepartmentReturns.Where(r => r.Department == department && r.Period == period).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancellationToken);

    private async Task<DepartmentReturn> AddAsync(DepartmentReturn form, string act, int by, CancellationToken cancellationToken)
    {
        db.DepartmentReturns.Add(form);
        db.Audit(by, act, Subject(form), form.StartedAt, $"{form.Number}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return form;
        }
        catch (DbUpdateException)
        {
            // A colleague began it at the same time; the index let one in.
            db.ChangeTracker.Clear();
            if (await LastAsync(form.Department, form.Period, cancellationToken) is not { } there || there.Number < form.Number) throw;
            return there;
        }
    }

    private static string Subject(DepartmentReturn form) => $"return:{form.Department}:{form.Period}";

    private void Report(DepartmentReturn form, DateTimeOffset now)
    {
        foreach (var line in form.Lines)
            if (line.Value is { } value && PlanIndicators.Find(line.Code) is { } indicator)
                db.Report(new IndicatorReport(indicator, form.LastDay, value, line.Source, form.WrittenById ?? form.StartedById, Guid.NewGuid(), now) { Numerator = line.Numerator, Denominator = line.Denominator, ReturnId = form.Id });
    }

    /// <summary>Who has to do something now, and who waits for it; never the one who acts.</summary>
    private async Task TellAsync(DepartmentReturn form, string act, int by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = act switch
        {
            "check" => await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Staff select held.UserId).ToListAsync(cancellationToken),
            "hand" or "sendback" or "confirm" => await db.DepartmentMembers.Where(m => m.Department == form.Department).Select(m => m.UserId).ToListAsync(cancellationToken),
            _ => [],
        };
        foreach (var person in told.Where(id => id != by).Order()) db.Tell(person, NoticeKind.PlanReturn, Address(form.Id), now, form.Department, form.Period, $"@Return{act}");
    }
}

/// <summary>/reporting: the people of a department their own returns, staff all.</summary>
public sealed class ReportingPagesRule : ReadRule
{
    public override async Task<Sight?> AskAsync(MatchmakingDbContext db, NoticeReader reader, Notice notice, CancellationToken cancellationToken)
    {
        if (!ReadRules.IsUnder(notice.Link, DepartmentReturns.Pages)) return null;
        if (reader.Roles.Contains(Roles.Staff)) return Sight.Whole;
        var department = await db.DepartmentMembers.Where(m => m.UserId == reader.UserId).Select(m => m.Department).SingleOrDefaultAsync(cancellationToken);
        if (department is null) return Sight.Nothing;
        if (!notice.Link.StartsWith(DepartmentReturns.Pages + "/", StringComparison.Ordinal)) return Sight.Whole;
        return int.TryParse(notice.Link[(DepartmentReturns.Pages.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var id)
            && await db.DepartmentReturns.AnyAsync(r => r.Id == id && r.Department == department, cancellationToken) ? Sight.Whole : Sight.Nothing;
    }
}
