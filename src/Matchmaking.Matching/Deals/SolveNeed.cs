using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Deals;

public enum ProofOutcome
{
    Done, Changed, NotRegistered,

    /// <summary>The need is withdrawn or solved already.</summary>
    NotOpen,
}

/// <summary>The only way to a solved need: a proof is handed in, staff look at it and accept or refuse.</summary>
public sealed class SolveNeed(MatchmakingDbContext db, TimeProvider clock)
{
    /// <param name="contractId">For <see cref="ProofKind.RegisteredContract"/>: a registered contract of this need.</param>
    public async Task<ProofOutcome> HandInAsync(int needId, ProofKind kind, int? contractId, string? fileName, string? storedName, string? sha256, string text, int by, CancellationToken cancellationToken)
    {
        if (kind == ProofKind.RegisteredContract && !await db.Contracts.AnyAsync(c => c.Id == contractId && c.NeedId == needId && c.State == ContractState.Registered, cancellationToken)) return ProofOutcome.NotRegistered;
        var now = clock.GetUtcNow();
        db.SolutionProofs.Add(new SolutionProof(needId, kind, kind == ProofKind.RegisteredContract ? contractId : null, fileName, storedName, sha256, text, by, now));
        db.Audit(by, "proof.hand-in", $"need:{needId}", now, kind.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return ProofOutcome.Done;
    }

    /// <param name="remark">Why it is refused; null accepts.</param>
    public async Task<ProofOutcome> DecideAsync(int proofId, int readVersion, string? remark, int by, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var proof = await db.SolutionProofs.SingleOrDefaultAsync(p => p.Id == proofId, cancellationToken);
        if (proof is null || proof.Version != readVersion || proof.State != ProofState.Open) return ProofOutcome.Changed;
        var now = clock.GetUtcNow();
        if (remark is null)
        {
            if (proof.Kind == ProofKind.RegisteredContract && !await db.Contracts.AnyAsync(c => c.Id == proof.ContractId && c.State == ContractState.Registered, cancellationToken)) return ProofOutcome.NotRegistered;
            var need = await db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == proof.NeedId, cancellationToken);
            if (!need.May(ListingAct.Solve)) return ProofOutcome.NotOpen;
            proof.Accept(by, now);
            need.Solve($"{proof.Kind} {proof.Id}", by, now);
        }
        else
        {
            proof.Refuse(remark, by, now);
        }
        db.Audit(by, remark is null ? "proof.accept" : "proof.refuse", $"need:{proof.NeedId}", now, $"proof {proof.Id}");
        db.Tell(proof.ById, remark is null ? NoticeKind.ProofAccepted : NoticeKind.ProofRefused, $"/contracts/proof/{proof.NeedId}", now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return ProofOutcome.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return ProofOutcome.Changed;
        }
    }
}
