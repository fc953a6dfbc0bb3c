using System.Security.Cryptography;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>Signs lists with the key in use; its private half is encrypted with the keys of the data folder, so that a copy of the database alone signs nothing.</summary>
public sealed class ListSigner(MatchmakingDbContext db, IDataProtectionProvider protection) : IListSigner
{
    private IDataProtector Protector => protection.CreateProtector("Matchmaking.ListSigningKey", "1");

    public async Task<(ListSigningKey Key, string Signature)> SignAsync(string json, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = await InUse().FirstOrDefaultAsync(cancellationToken) ?? await RotateAsync("", null, at, cancellationToken);
        using var secret = ECDsa.Create();
        secret.ImportPkcs8PrivateKey(Protector.Unprotect(Convert.FromBase64String(key.ProtectedPrivate)), out _);
        return (key, Convert.ToBase64String(secret.SignData(ListDocument.Bytes(json), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    public async Task<ListSigningKey> RotateAsync(string reason, int? by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var old in await InUse().ToListAsync(cancellationToken)) old.Retire(at);
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ListSigningKey(secret.ExportSubjectPublicKeyInfoPem(), Convert.ToBase64String(Protector.Protect(secret.ExportPkcs8PrivateKey())), reason, by, at);
        db.ListSigningKeys.Add(key);
        db.Audit(by, "list.signing-key", "list-keys", at);
        return key;
    }

    private IQueryable<ListSigningKey> InUse() => db.ListSigningKeys.Where(k => k.Until == null).OrderByDescending(k => k.Id);
}
