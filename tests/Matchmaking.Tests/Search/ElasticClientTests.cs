using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>What the client does when the cluster is slow, busy, half there or refuses, against a server made for it.</summary>
public sealed class ElasticClientTests
{
    private const string Secret = "pass-word-that-nobody-sees";
    private const string Private = "text-that-nobody-sees";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ElasticOptions Options(params Uri[] addresses) => new()
    {
        Addresses = addresses, User = "elastic", Password = Secret, Index = "test",
        Timeout = TimeSpan.FromSeconds(5), RetryDelay = TimeSpan.FromMilliseconds(5), NodeRest = TimeSpan.FromMinutes(5),
    };

    private static Task<ElasticAnswer> SearchAsync(ElasticClient client) => client.SendAsync(HttpMethod.Post, "test/_search", $$"""{"query":"{{Private}}"}""", repeatable: true, Cancel);

    private static BulkOperation Line(int id, int size = 10) => new($$$"""{"index":{"_index":"test","_id":"{{{id}}}"}}""", JsonSerializer.SerializeToUtf8Bytes(new { text = Private + new string('x', size) }));

    // Answers a bulk request with the given status for each id.
    private static string Items(string body, Func<int, int> statusOf)
    {
        var ids = body.Split('\n').Where(line => line.Contains("_id", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).EnumerateObject().Single().Value.GetProperty("_id").GetString()!).Select(int.Parse).ToList();
        var items = ids.Select(id => statusOf(id) is var status && status < 300
            ? $$$"""{"index":{"_id":"{{{id}}}","status":{{{status}}} } }"""
            : $$$"""{"index":{"_id":"{{{id}}}","status":{{{status}}},"error":{"type":"some_exception","reason":"Preview of field's value: '{{{Private}}}'"} } }""");
        return $$"""{"errors":{{(ids.Any(id => statusOf(id) >= 300) ? "true" : "false")}},"items":[{{string.Join(',', items)}}]}""";
    }

    private static Uri Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private static void HoldsNoSecret(Exception error)
    {
        var all = error.ToString();
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Private, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("elastic:" + Secret)), all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_sign_in_is_said_at_once(int status)
    {
        await using var server = await FakeElastic.StartAsync((_, _) => (status, """{"error":{"type":"security_exception","reason":"unable to authenticate user [elastic]"}}"""));
        using var client = new ElasticClient(Options(server.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => SearchAsync(client));

        Assert.Contains("refused the sign-in", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal("Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("elastic:" + Secret)), server.SignIn);
        HoldsNoSecret(error);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_busy_server_is_asked_again_when_that_is_safe(int status)
    {
        var asked = 0;
        await using var server = await FakeElastic.StartAsync((_, _) => ++asked % 3 == 0 ? (200, "{}") : (status, "{}"));
        using var client = new ElasticClient(Options(server.Address));

        Assert.Equal(200, (await SearchAsync(client)).Status);
        Assert.Equal(3, asked);
        await Assert.ThrowsAsync<SearchUnavailableException>(() => client.SendAsync(HttpMethod.Put, "test-1", "{}", repeatable: false, Cancel));
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        await using var server = await FakeElastic.StartAsync((_, _) => (503, $$"""{"error":{"type":"no_shard_available_action_exception","reason":"{{Private}}"} }"""));
        using var client = new ElasticClient(Options(server.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => SearchAsync(client));

        Assert.Contains("503 (no_shard_available_action_exception)", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
        HoldsNoSecret(error);
    }

    [Fact]
    public async Task Half_a_bulk_refused_is_told_and_what_was_busy_is_sent_again_alone()
    {
        var round = 0;
        await using var server = await FakeElastic.StartAsync((_, body) =>
        {
            round++;
            return (200, Items(body, id => id % 2 == 0 ? 201 : id == 3 ? 400 : round == 1 ? 429 : 201));
        });
        using var client = new ElasticClient(Options(server.Address));

        var failures = await client.BulkAsync([.. Enumerable.Range(1, 6).Select(id => Line(id))], refresh: true, Cancel);

        var failure = Assert.Single(failures);
        Assert.Equal(new BulkFailure(2, 400, "some_exception"), failure);
        Assert.Equal(["POST /_bulk?refresh=true", "POST /_bulk?refresh=true"], server.Requests);
        Assert.Equal(2, server.Bodies.Last().Split("_id").Length - 1);
    }

    [Fact]
    public async Task The_engine_names_the_refused_documents_and_not_what_is_in_them()
    {
        await using var server = await FakeElastic.StartAsync((path, body) => path == "/_bulk"
            ? (200, Items(body, id => id == 2 ? 400 : 201))
            : (200, """{"test-1":{"aliases":{"test":{},"test-complete":{}}}}"""));
        using var engine = new ElasticSearchEngine(Options(server.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.IndexAsync([Entry(1, Private), Entry(2, Private), Entry(3, Private)], Cancel));

        Assert.Contains("at first 2, of 3: 400 some_exception", error.Message, StringComparison.Ordinal);
        HoldsNoSecret(error);
    }

    [Fact]
    public async Task A_bulk_that_answers_for_fewer_documents_than_were_sent_is_no_success()
    {
        await using var server = await FakeElastic.StartAsync((_, _) => (200, """{"errors":false,"items":[]}"""));
        using var client = new ElasticClient(Options(server.Address));

        await Assert.ThrowsAsync<SearchUnavailableException>(() => client.BulkAsync([Line(1)], refresh: false, Cancel));
    }

    [Fact]
    public async Task A_slow_server_is_not_waited_for()
    {
        await using var server = await FakeElastic.StartAsync(async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return (200, "{}");
        });
        using var client = new ElasticClient(Options(server.Address) with { Timeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => SearchAsync(client));

        Assert.Contains("did not answer within 0.2 s", error.Message, StringComparison.Ordinal);
        HoldsNoSecret(error);
    }

    [Fact]
    public async Task Who_no_longer_waits_is_told_so_and_not_that_the_server_is_away()
    {
        await using var server = await FakeElastic.StartAsync(async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return (200, "{}");
        });
        using var client = new ElasticClient(Options(server.Address));
        using var stop = new CancellationTokenSource(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(HttpMethod.Get, "x", null, repeatable: true, stop.Token));
    }

    [Fact]
    public async Task Too_large_a_bulk_is_split_and_a_single_too_large_document_is_named()
    {
        await using var server = await FakeElastic.StartAsync((_, body) => body.Length > 3_000 ? (413, "too large") : (200, Items(body, _ => 201)));
        using var client = new ElasticClient(Options(server.Address));

        var failures = await client.BulkAsync([.. Enumerable.Range(0, 20).Select(id => Line(id, id == 7 ? 5_000 : 500))], refresh: false, Cancel);

        Assert.Equal([new BulkFailure(7, 413, "content_too_large")], failures);
        var arrived = server.Bodies.Where(body => body.Length <= 3_000).SelectMany(body => body.Split('\n')).Count(line => line.Contains("_id", StringComparison.Ordinal));
        Assert.Equal(19, arrived);
    }

    [Fact]
    public async Task Bulk_requests_stay_below_their_size()
    {
        await using var server = await FakeElastic.StartAsync((_, body) => (200, Items(body, _ => 201)));
        using var client = new ElasticClient(Options(server.Address) with { BulkBytes = 2_000 });

        Assert.Empty(await client.BulkAsync([.. Enumerable.Range(0, 20).Select(id => Line(id, 500))], refresh: false, Cancel));

        Assert.All(server.Bodies, body => Assert.InRange(body.Length, 1, 2_000));
        Assert.Equal(20, server.Bodies.Sum(body => body.Split("_id").Length - 1));
    }

    [Fact]
    public async Task When_a_node_is_down_the_other_is_asked_and_the_first_is_left_alone_for_a_while()
    {
        var first = 0;
        await using var broken = await FakeElastic.StartAsync((_, _) =>
        {
            first++;
            return (503, "{}");
        });
        await using var server = await FakeElastic.StartAsync((_, _) => (200, "{}"));
        using var client = new ElasticClient(Options(Closed(), broken.Address, server.Address));

        for (var i = 0; i < 6; i++) Assert.Equal(200, (await SearchAsync(client)).Status);

        Assert.Equal(6, server.Requests.Count);
        Assert.InRange(first, 0, 1);
    }

    [Fact]
    public async Task When_every_node_is_away_that_is_said_and_when_one_returns_it_is_used()
    {
        var address = Closed();
        using var client = new ElasticClient(Options(address, Closed()));
        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => SearchAsync(client));
        HoldsNoSecret(error);

        await using var server = await FakeElastic.StartAsync((_, _, _) => Task.FromResult((200, "{}")), port: address.Port);

        Assert.Equal(200, (await SearchAsync(client)).Status);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"responses":[{"status":200}]}""")]
    public async Task Something_else_at_the_address_is_a_search_that_is_down(string answer)
    {
        await using var server = await FakeElastic.StartAsync((_, _) => (200, answer));
        using var engine = new ElasticSearchEngine(Options(server.Address));

        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.SearchAsync(Request("碳纤维"), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.SearchAsync(Request("碳纤维", vector: Axis(0)), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.NearestAsync(new(ListingKind.Need, Axis(0), Today, 5), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.WordsAsync(new(ListingKind.Need, "碳纤维", "", Today, 5), Cancel));
    }

    [Fact]
    public async Task A_red_index_is_down_and_says_so()
    {
        await using var server = await FakeElastic.StartAsync((path, _) => path.StartsWith("/_cluster", StringComparison.Ordinal)
            ? (200, """{"status":"red","unassigned_shards":2}""")
            : (200, """{"test-1":{"aliases":{"test":{},"test-complete":{}}}}"""));
        using var engine = new ElasticSearchEngine(Options(server.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.StatusAsync(Cancel));

        Assert.Contains("2 shards are missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_pinned_certificate_is_believed(bool pinned)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // By the real clock: it is the TLS of the system, not the program, that asks whether the certificate is still valid.
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var server = await FakeElastic.StartAsync((_, _, _) => Task.FromResult((200, "{}")), certificate);
        using var client = new ElasticClient(Options(server.Address) with { CertificateFingerprint = pinned ? certificate.GetCertHashString(HashAlgorithmName.SHA256) : new string('0', 64) });

        if (pinned)
        {
            Assert.Equal(200, (await SearchAsync(client)).Status);
            return;
        }
        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => SearchAsync(client));
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        HoldsNoSecret(error);
    }
}
