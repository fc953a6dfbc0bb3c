using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>A real node with the server's own security switched on: sign-in by a user of the rights that the operations page grants, then TLS with a pinned certificate.</summary>
[Collection(ElasticNodes.Collection)]
public sealed class ElasticSecureTests : IAsyncLifetime
{
    private const string Owner = "owner-of-the-test-cluster";
    private const string Password = "password-of-the-platform";
    // The rights of docs/operations/elasticsearch.md.
    private const string Role = """{ "cluster": ["monitor"], "indices": [{ "names": ["matchmaking", "matchmaking-*"], "privileges": ["all"] }] }""";

    private ElasticNodes nodes = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => nodes = await ElasticNodes.StartAsync(1, Owner);

    public ValueTask DisposeAsync() => nodes is null ? ValueTask.CompletedTask : nodes.DisposeAsync();

    [Fact]
    public async Task Sign_in_and_certificate_are_those_of_the_settings_or_search_is_away()
    {
        var options = nodes.Options() with { Index = "matchmaking", User = "matchmaking", Password = Password };
        await nodes.AddUserAsync("matchmaking", Password, Role);
        await ElasticNodes.AgainAsync(() => WorksAsync(options), Cancel);
        await RefusesAsync(options with { Password = "wrong-" + Password }, "refused the sign-in (401)");
        await RefusesAsync(options with { User = null, Password = null }, "refused the sign-in (401)");
        // A right that the role does not give: somebody else's index.
        using (var elsewhere = new ElasticSearchEngine(options with { Index = "other" }))
        {
            var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => elsewhere.IndexAsync([Entry(3, "碳纤维")], Cancel));
            Assert.Contains("refused the sign-in (403)", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<SearchUnavailableException>(() => elsewhere.SearchAsync(Request("碳纤维"), Cancel));
        }

        using var key = RSA.Create(2048);
        using var certificate = SelfSigned(key);
        await nodes.UseCertificateAsync(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        await nodes.KillAsync(0);
        await nodes.StartAgainAsync(0);
        var pinned = options with { Addresses = nodes.Addresses, CertificateFingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256) };
        await ElasticNodes.AgainAsync(() => WorksAsync(pinned), Cancel);
        await RefusesAsync(pinned with { CertificateFingerprint = new string('0', 64) }, "certificate was not accepted");
        await RefusesAsync(pinned with { CertificateFingerprint = null }, "certificate was not accepted");
        await RefusesAsync(pinned with { Password = "wrong-" + Password }, "refused the sign-in (401)");
    }

    private static async Task WorksAsync(ElasticOptions options)
    {
        using var engine = new ElasticSearchEngine(options);
        await engine.RebuildAsync(new[] { Entry(1, "碳纤维", Axis(0)) }.ToAsyncEnumerable(), Cancel);
        await engine.IndexAsync([Entry(2, "碳纤维")], Cancel);
        await engine.RemoveAsync([(1, 1)], Cancel);
        Assert.Equal(1, (await engine.SearchAsync(Request("碳纤维", vector: Axis(0)), Cancel)).Total);
        Assert.NotEmpty(await engine.WordsAsync(new(ListingKind.Achievement, "碳纤维", "", Today, 5), Cancel));
        Assert.Equal(new IndexStatus(1, 0, NeedsRebuild: false), await engine.StatusAsync(Cancel));
    }

    private static async Task RefusesAsync(ElasticOptions options, string reason)
    {
        using var engine = new ElasticSearchEngine(options);
        foreach (Func<Task> act in new Func<Task>[]
        {
            () => engine.SearchAsync(Request("碳纤维"), Cancel), () => engine.IndexAsync([Entry(3, "碳纤维")], Cancel), () => engine.StatusAsync(Cancel),
        })
        {
            var error = await Assert.ThrowsAsync<SearchUnavailableException>(act);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        }
    }

    private static X509Certificate2 SelfSigned(RSA key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // By the real clock: it is the TLS of the system, not the program, that asks whether the certificate is still valid.
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
