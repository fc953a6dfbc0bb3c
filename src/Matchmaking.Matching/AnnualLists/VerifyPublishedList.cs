using System.Security.Cryptography;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>What of a published list does not hold.</summary>
public enum ListFault { Content, Internal, Inputs, Signature, Rebuild }

/// <summary>Checks a published list against its own hashes, its signature, and the list that its frozen inputs make.</summary>
public sealed class VerifyPublishedList(MatchmakingDbContext db, ReadAnnualLists read)
{
    public async Task<IReadOnlyList<ListFault>> RunAsync(int listId, CancellationToken cancellationToken)
    {
        var list = await db.AnnualLists.AsNoTracking().SingleAsync(l => l.Id == listId && l.State == AnnualListState.Published, cancellationToken);
        var faults = new List<ListFault>();
        if (list.FrozenJson is not { } json || ListDocument.HashOf(json) != list.ContentHash) faults.Add(ListFault.Content);
        // Lists from before there were editions have no more than this.
        if (list.InputsJson is not { } inputs) return faults;
        if (list.InternalJson is not { } inside || ListDocument.HashOf(inside) != list.InternalHash) faults.Add(ListFault.Internal);
        if (ListDocument.HashOf(inputs) != list.InputsHash) faults.Add(ListFault.Inputs);
        if (!await IsSignedAsync(list, cancellationToken)) faults.Add(ListFault.Signature);
        if (await RebuildAsync(inputs, cancellationToken) != list.ContentHash) faults.Add(ListFault.Rebuild);
        return faults;
    }

    /// <summary>SHA-256 of the document that the inputs and the revisions they name make, lower-case hex; empty when they make none.</summary>
    public async Task<string> RebuildAsync(string inputsJson, CancellationToken cancellationToken)
    {
        try
        {
            return ListDocument.HashOf((await read.RebuildAsync(ListInputs.Parse(inputsJson), cancellationToken)).ToCanonicalJson());
        }
        catch (Exception broken) when (broken is System.Text.Json.JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "";
        }
    }

    private async Task<bool> IsSignedAsync(AnnualList list, CancellationToken cancellationToken)
    {
        var pem = await db.ListSigningKeys.Where(k => k.Id == list.SigningKeyId).Select(k => k.PublicPem).SingleOrDefaultAsync(cancellationToken);
        return pem is not null && list.FrozenJson is { } json && IsSignedBy(pem, json, list.Signature);
    }

    /// <param name="pem">SubjectPublicKeyInfo of an ECDSA key.</param>
    /// <param name="signature">DER in Base64, over SHA-256 of the text's UTF-8 bytes.</param>
    internal static bool IsSignedBy(string pem, string json, string? signature)
    {
        if (signature is null) return false;
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.VerifyData(ListDocument.Bytes(json), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
