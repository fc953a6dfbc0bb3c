using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Deals;

public enum OpenLicenceOutcome { Done, Missing, Refused, Changed }

/// <param name="ContractId">Of an acceptance: the contract that was made, or that was there already.</param>
public sealed record OpenLicenceDecision(OpenLicenceOutcome Outcome, int? LicenceId = null, int? ContractId = null, IReadOnlyList<Problem>? Problems = null);

/// <summary>Posting, withdrawing and accepting an open licence, each in one transaction with its audit entry and who is told.</summary>
public sealed class OpenLicences(MatchmakingDbContext db, LocalCalendar calendar, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>What everybody may read: the record is public and its owner shows the name, now as well as when it was posted.</summary>
    public IQueryable<OpenLicence> Public() => db.OpenLicences.AsNoTracking().Where(l => ListingStates.Searchable.Contains(l.Achievement.State) && l.Achievement.Disclosure == Disclosure.Named);

    public async Task<OpenLicenceDecision> PostAsync(int achievementId, OpenLicenceTerms terms, int by, CancellationToken cancellationToken)
    {
        var achievement = await db.Achievements.Include(a => a.Organization).SingleOrDefaultAsync(a => a.Id == achievementId, cancellationToken);
        if (achievement is null) return new(OpenLicenceOutcome.Missing);
        var problems = terms.Check(achievement, calendar.Today).ToList();
        if (!achievement.Organization.IsVerified) problems.Add(new Problem("", "LicenceNotVerified"));
        var posted = await db.OpenLicences.Where(l => l.AchievementId == achievementId && l.State == OpenLicenceState.Posted).ToListAsync(cancellationToken);
        if (posted.Any(l => l.Until >= calendar.Today)) problems.Add(new Problem("", "LicencePosted"));
        if (problems.Count > 0) return new(OpenLicenceOutcome.Refused, Problems: problems);
        foreach (var past in posted) past.End();
        var licence = new OpenLicence(achievement, terms, calendar.Today, by, clock.GetUtcNow());
        try
        {
            // The end of the last one first: the index lets only one stand.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.OpenLicences.Add(licence);
            db.Audit(by, "open-licence.post", $"achievement:{achievementId.ToString(CultureInfo.InvariantCulture)}", clock.GetUtcNow(), licence.Patent);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A second click, or a colleague at the same moment.
            db.ChangeTracker.Clear();
            return new(OpenLicenceOutcome.Refused, Problems: [new Problem("", "LicencePosted")]);
        }
        return new(OpenLicenceOutcome.Done, licence.Id);
    }

    public async Task<OpenLicenceDecision> WithdrawAsync(int id, int readVersion, string reason, int by, CancellationToken cancellationToken)
    {
        if (await db.OpenLicences.SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } licence) return new(OpenLicenceOutcome.Missing);
        if (licence.State != OpenLicenceState.Posted || licence.Version != readVersion) return new(OpenLicenceOutcome.Changed);
        licence.Withdraw(reason, clock.GetUtcNow());
        db.Audit(by, "open-licence.withdraw", Subject(id), clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new(OpenLicenceOutcome.Done, id);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new(OpenLicenceOutcome.Changed);
        }
    }

    /// <summary>
    /// An organisation takes the posted terms. Twice by the same one (a double click, two colleagues) gives the contract that is there; others at the same moment do
    /// not disturb each other, and a withdrawal that was faster is told.
    /// </summary>
    public async Task<OpenLicenceDecision> AcceptAsync(int id, int organizationId, int by, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            db.ChangeTracker.Clear();
            if (await db.OpenLicences.Include(l => l.Achievement).ThenInclude(a => a.Organization).SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } licence) return new(OpenLicenceOutcome.Missing);
            if (await db.OpenLicenceAcceptances.Where(a => a.LicenceId == id && a.OrganizationId == organizationId).Select(a => (int?)a.ContractId).SingleOrDefaultAsync(cancellationToken) is { } known)
                return new(OpenLicenceOutcome.Done, id, known);
            var taker = await db.Organizations.SingleAsync(o => o.Id == organizationId, cancellationToken);
            if (Refusal(licence, organizationId, taker.IsVerified) is { } code) return new(OpenLicenceOutcome.Refused, id, Problems: [new Problem("", code)]);
            var now = clock.GetUtcNow();
            var contract = new Contract(by, null, null, null, [licence.AchievementId], now);
            contract.Describe(licence.ContractFor(licence.Achievement, licence.Achievement.Organization, taker, calendar.Today), [licence.AchievementId], calendar.Today, now);
            db.OpenLicenceAcceptances.Add(licence.Accept(organizationId, contract, by, calendar.Today, now));
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                db.Audit(by, "open-licence.accept", Subject(id), now, $"contract {contract.Id.ToString(CultureInfo.InvariantCulture)}");
                foreach (var person in (await db.OwnersOfAsync(licence.Achievement, cancellationToken)).Append(by))
                    db.Tell(person, NoticeKind.OpenLicenceAccepted, ContractActs.Address(contract.Id), now, licence.Achievement.Title, licence.Patent, taker.Name);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return new(OpenLicenceOutcome.Done, id, contract.Id);
            }
            catch (DbUpdateException) when (round < Tries)
            {
                // Somebody accepted or withdrew in this moment: once more on what stands there now.
            }
        }
    }

    private string? Refusal(OpenLicence licence, int organizationId, bool verified)
    {
        if (organizationId == licence.OrganizationId) return "LicenceOwn";
        if (!verified) return "LicenceNotVerified";
        if (!licence.IsOpen(calendar.Today)) return "LicenceClosed";
        var achievement = licence.Achievement;
        return !achievement.Organization.IsVerified || !achievement.IsSearchable || achievement.Disclosure != Disclosure.Named || achievement.OrganizationId != licence.OrganizationId ? "LicenceClosed" : null;
    }

    private static string Subject(int id) => $"open-licence:{id.ToString(CultureInfo.InvariantCulture)}";
}
