namespace Matchmaking.Matching.AnnualLists;

/// <summary>
/// A key with which lists are signed (ECDSA on P-256 with SHA-256). The public half is published and never changes; the private half is kept protected and is of use to the
/// platform's own programs alone. Staff rotate keys; what an old one signed can be checked for ever.
/// </summary>
public sealed class ListSigningKey
{
    private ListSigningKey() { }

    public ListSigningKey(string publicPem, string protectedPrivate, string reason, int? by, DateTimeOffset at) =>
        (PublicPem, ProtectedPrivate, Reason, ById, From) = (publicPem, protectedPrivate, reason, by, at);

    public int Id { get; private set; }

    /// <summary>SubjectPublicKeyInfo in PEM.</summary>
    public string PublicPem { get; private set; } = "";

    /// <summary>PKCS#8, encrypted with the keys of the data folder.</summary>
    public string ProtectedPrivate { get; private set; } = "";

    public string Reason { get; private set; } = "";
    public int? ById { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>When another took its place; null while it signs.</summary>
    public DateTimeOffset? Until { get; private set; }

    public void Retire(DateTimeOffset at) => Until ??= at;
}

/// <summary>Signs with the key in use, and makes the first one.</summary>
public interface IListSigner
{
    /// <returns>The key and the signature, DER in Base64; the caller saves.</returns>
    Task<(ListSigningKey Key, string Signature)> SignAsync(string json, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>A new key takes the place of the one in use; the caller saves.</summary>
    Task<ListSigningKey> RotateAsync(string reason, int? by, DateTimeOffset at, CancellationToken cancellationToken);
}
