using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Matching.Search;

/// <summary>An answer that was not an error, or an error that the caller expects.</summary>
/// <param name="ErrorType">Elasticsearch's name of the error, such as <c>index_not_found_exception</c>; empty when there is none.</param>
internal sealed record ElasticAnswer(int Status, string ErrorType, JsonElement Body);

/// <summary>One line of a bulk request, with the document's line when there is one.</summary>
internal sealed record BulkOperation(string Header, byte[]? Source)
{
    public int Bytes => Encoding.UTF8.GetByteCount(Header) + (Source?.Length ?? -1) + 2;
}

/// <summary>What became of one line: by its place in the request.</summary>
internal sealed record BulkFailure(int Place, int Status, string Type);

/// <summary>
/// The few calls to Elasticsearch that are needed here, over HTTP: several addresses, sign-in, a pinned certificate, time limits, repetition where it is
/// safe, and bulk requests whose every item is looked at. Everything that goes wrong is a <see cref="SearchUnavailableException"/> that holds neither
/// what was sent nor what came back. Nothing outside of this file knows HTTP, so that another client can take its place.
/// </summary>
internal sealed class ElasticClient : IDisposable
{
    private const int MaximumTries = 4;
    private const int BulkItems = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ElasticOptions options;
    private readonly HttpClient http;
    private readonly Node[] nodes;
    private int turn = -1;

    public ElasticClient(ElasticOptions options)
    {
        this.options = options;
        nodes = [.. options.Addresses.Select(address => new Node(address))];
        http = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        if (options.User is { } user)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
    }

    public void Dispose() => http.Dispose();

    /// <summary>Sends a request, again where that is safe, and answers with what was understood.</summary>
    /// <param name="repeatable">Whether the server may get it twice: searches, and writes that name their document.</param>
    /// <param name="expected">Errors that are answers to the caller.</param>
    public Task<ElasticAnswer> SendAsync(HttpMethod method, string path, string? body, bool repeatable, CancellationToken cancellationToken, params int[] expected) =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), "application/json", repeatable, options.Timeout, expected, cancellationToken);

    /// <summary>Writes documents in requests of a fair size; what the server is too busy for is sent again. Returns the lines that were refused for good.</summary>
    public async Task<IReadOnlyList<BulkFailure>> BulkAsync(IReadOnlyList<BulkOperation> operations, bool refresh, CancellationToken cancellationToken)
    {
        var failures = new List<BulkFailure>();
        var batch = new List<int>();
        long bytes = 0;
        for (var place = 0; place < operations.Count; place++)
        {
            var more = operations[place].Bytes;
            if (batch.Count > 0 && (bytes + more > options.BulkBytes || batch.Count == BulkItems))
            {
                await BatchAsync(operations, batch, refresh, failures, cancellationToken);
                (batch, bytes) = ([], 0);
            }
            batch.Add(place);
            bytes += more;
        }
        if (batch.Count > 0) await BatchAsync(operations, batch, refresh, failures, cancellationToken);
        return failures;
    }

    /// <summary>Takes something out of an answer; an answer of another shape is a broken server, not a bug of the caller.</summary>
    public static T Read<T>(ElasticAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.Body);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new SearchUnavailableException($"Elasticsearch answered {answer.Status} with something that is no answer ({e.GetType().Name}).");
        }
    }

    private async Task BatchAsync(
        IReadOnlyList<BulkOperation> operations, List<int> places, bool refresh, List<BulkFailure> failures, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            var answer = await SendAsync(
                HttpMethod.Post, refresh ? "_bulk?refresh=true" : "_bulk", Lines(operations, places), "application/x-ndjson",
                repeatable: true, 6 * options.Timeout, [413], cancellationToken);
            if (answer.Status == 413)
            {
                if (places.Count == 1)
                {
                    failures.Add(new BulkFailure(places[0], 413, "content_too_large"));
                    return;
                }
                var half = places.Count / 2;
                await BatchAsync(operations, places[..half], refresh, failures, cancellationToken);
                await BatchAsync(operations, places[half..], refresh, failures, cancellationToken);
                return;
            }

            var refused = Read(answer, body => Refused(body, places));
            var busy = refused.Where(item => item.Status is 429 or 503).ToList();
            if (busy.Count == 0 || round + 1 == MaximumTries)
            {
                failures.AddRange(refused);
                return;
            }
            failures.AddRange(refused.Except(busy));
            places = [.. busy.Select(item => item.Place)];
            await PauseAsync(round, cancellationToken);
        }
    }

    private static byte[] Lines(IReadOnlyList<BulkOperation> operations, List<int> places)
    {
        using var lines = new MemoryStream(places.Sum(place => operations[place].Bytes));
        foreach (var place in places)
        {
            lines.Write(Encoding.UTF8.GetBytes(operations[place].Header));
            lines.WriteByte((byte)'\n');
            if (operations[place].Source is not { } source) continue;
            lines.Write(source);
            lines.WriteByte((byte)'\n');
        }
        return lines.ToArray();
    }

    private static List<BulkFailure> Refused(JsonElement body, List<int> places)
    {
        var items = body.GetProperty("items");
        if (items.GetArrayLength() != places.Count) throw new FormatException();
        var refused = new List<BulkFailure>();
        if (!body.GetProperty("errors").GetBoolean()) return refused;
        var at = 0;
        foreach (var item in items.EnumerateArray())
        {
            var result = item.EnumerateObject().Single().Value;
            // A document that was not there to be deleted is a 404 without an error.
            if (result.TryGetProperty("error", out var error)) refused.Add(new BulkFailure(places[at], result.GetProperty("status").GetInt32(), TypeOf(error)));
            at++;
        }
        return refused;
    }

    private async Task<ElasticAnswer> SendAsync(
        HttpMethod method, string path, byte[]? body, string contentType, bool repeatable, TimeSpan limit, int[] expected, CancellationToken cancellationToken)
    {
        var tried = new HashSet<Node>();
        var slow = 0;
        for (var round = 0; ; round++)
        {
            var node = Next(tried);
            tried.Add(node);
            var last = round + 1 >= Math.Max(MaximumTries, nodes.Length);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            time.CancelAfter(limit);
            try
            {
                var answer = await TryAsync(node, method, path, body, contentType, time.Token);
                if (answer.Status < 400 || expected.Contains(answer.Status))
                {
                    node.Works();
                    return answer;
                }
                if (answer.Status is 502 or 503 or 504) node.Rest(options.NodeRest);
                if (last || !repeatable || answer.Status is not (429 or 502 or 503 or 504)) throw Refusal(answer, path);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                node.Rest(options.NodeRest);
                // Whoever waits has waited long enough after two nodes.
                if (last || !repeatable || ++slow == 2 || nodes.Length == 1)
                    throw new SearchUnavailableException(string.Create(CultureInfo.InvariantCulture, $"Elasticsearch did not answer within {limit.TotalSeconds:0.##} s."), e);
            }
            catch (ObjectDisposedException e)
            {
                throw new SearchUnavailableException("The connection to Elasticsearch is closed.", e);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                node.Rest(options.NodeRest);
                // What could not even connect was not received.
                var unsent = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
                if (e is JsonException) throw new SearchUnavailableException(Reason(e));
                if (last || !repeatable && !unsent) throw new SearchUnavailableException(Reason(e), e);
            }
            if (tried.Count == nodes.Length) await PauseAsync(round, cancellationToken);
        }
    }

    private async Task<ElasticAnswer> TryAsync(Node node, HttpMethod method, string path, byte[]? body, string contentType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        using var response = await http.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var status = (int)response.StatusCode;
        if (status < 400) return new ElasticAnswer(status, "", bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes));
        try
        {
            var error = JsonSerializer.Deserialize<JsonElement>(bytes);
            return new ElasticAnswer(status, error.ValueKind == JsonValueKind.Object && error.TryGetProperty("error", out var told) ? TypeOf(told) : "", error);
        }
        catch (JsonException)
        {
            return new ElasticAnswer(status, "", default);
        }
    }

    // Only the name of an error is repeated: its reason may quote a document or a query.
    private static string TypeOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object) return "";
        if (error.TryGetProperty("root_cause", out var causes) && causes.ValueKind == JsonValueKind.Array && causes.GetArrayLength() > 0) return TypeOf(causes[0]);
        var type = error.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        return type.Length <= 100 && type.All(c => c is '_' or (>= 'a' and <= 'z')) ? type : "";
    }

    private static SearchUnavailableException Refusal(ElasticAnswer answer, string path) => answer.Status is 401 or 403
        ? new($"Elasticsearch refused the sign-in ({answer.Status}); see Elasticsearch:User and Elasticsearch:Password.")
        : new($"Elasticsearch answered {answer.Status}{(answer.ErrorType.Length > 0 ? $" ({answer.ErrorType})" : "")} to {path.Split('?')[0]}.");

    private static string Reason(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "Elasticsearch's certificate was not accepted; see Elasticsearch:CertificateFingerprint.",
        JsonException => "What answered at Elasticsearch's address is not Elasticsearch.",
        _ => "Elasticsearch cannot be reached.",
    };

    private Task PauseAsync(int round, CancellationToken cancellationToken)
    {
        // With jitter, so that many who were refused together do not come back together.
        var pause = options.RetryDelay * Math.Pow(2, round) * (0.5 + Random.Shared.NextDouble());
        return Task.Delay(pause < LongestPause ? pause : LongestPause, cancellationToken);
    }

    private Node Next(HashSet<Node> tried)
    {
        var start = (int)((uint)Interlocked.Increment(ref turn) % nodes.Length);
        var inTurn = Enumerable.Range(0, nodes.Length).Select(i => nodes[(start + i) % nodes.Length]).ToList();
        return inTurn.Find(node => !tried.Contains(node) && !node.Rests) ?? inTurn.Find(node => !tried.Contains(node)) ?? inTurn.Find(node => !node.Rests) ?? inTurn[0];
    }

    private static SocketsHttpHandler Handler(ElasticOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // The sign-in goes to the named addresses and to nobody else.
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(3, options.Timeout.TotalSeconds)), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.CertificateFingerprint is { } fingerprint)
        {
            var pinned = Convert.FromHexString(fingerprint);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => certificate is X509Certificate2 shown && IsPinned(shown, chain, errors, pinned);
        }
        return handler;
    }

    // Either the server's own certificate is the pinned one, or an authority with that fingerprint vouches for it and for its name.
    private static bool IsPinned(X509Certificate2 shown, X509Chain? chain, SslPolicyErrors errors, byte[] pinned)
    {
        if (shown.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(pinned)) return true;
        const X509ChainStatusFlags allowed = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
        return chain is not null
            && (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == 0
            && chain.ChainStatus.All(status => (status.Status & ~allowed) == 0)
            && chain.ChainElements.Any(element => element.Certificate.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(pinned));
    }

    private sealed class Node(Uri address)
    {
        private long restsUntil;

        public Uri Address => address;
        public bool Rests => Environment.TickCount64 < Volatile.Read(ref restsUntil);
        public void Rest(TimeSpan rest) => Volatile.Write(ref restsUntil, Environment.TickCount64 + (long)rest.TotalMilliseconds);
        public void Works() => Volatile.Write(ref restsUntil, 0);
    }
}
