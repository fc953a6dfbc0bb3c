namespace Matchmaking.Matching.Deals;

/// <summary>验收文件, 企业证明函, 已登记的技术合同.</summary>
public enum ProofKind { AcceptanceDocument, Letter, RegisteredContract }

public enum ProofState { Open, Accepted, Refused }

/// <summary>What shows that a need is solved. A need becomes solved only by a proof that staff have accepted.</summary>
public sealed class SolutionProof
{
    public const int MaxText = 500;

    private SolutionProof() { }

    /// <param name="contractId">For a registered contract; the caller has seen that it is registered and belongs to the need.</param>
    /// <param name="storedName">For the other kinds: the file, outside the web root.</param>
    public SolutionProof(int needId, ProofKind kind, int? contractId, string? fileName, string? storedName, string? sha256, string text, int by, DateTimeOffset at)
    {
        if (kind == ProofKind.RegisteredContract ? contractId is null : storedName is null) throw new ArgumentException("The proof has nothing behind it.", nameof(kind));
        (NeedId, Kind, ContractId, FileName, StoredName, Sha256, Text, ById, At) = (needId, kind, contractId, fileName, storedName, sha256, text, by, at);
    }

    public int Id { get; private set; }
    public int NeedId { get; private set; }
    public ProofKind Kind { get; private set; }
    public int? ContractId { get; private set; }
    public string? FileName { get; private set; }
    public string? StoredName { get; private set; }
    public string? Sha256 { get; private set; }

    /// <summary>Which need, solved how, in the words of the one who hands it in.</summary>
    public string Text { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public ProofState State { get; private set; }
    public string? Remark { get; private set; }
    public int? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public int Version { get; private set; }

    public void Accept(int by, DateTimeOffset at) => Decide(ProofState.Accepted, null, by, at);

    public void Refuse(string remark, int by, DateTimeOffset at) => Decide(ProofState.Refused, remark, by, at);

    internal void Saved() => Version++;

    private void Decide(ProofState state, string? remark, int by, DateTimeOffset at)
    {
        if (State != ProofState.Open) throw new InvalidOperationException("The proof is decided already.");
        (State, Remark, DecidedById, DecidedAt) = (state, remark, by, at);
    }
}
