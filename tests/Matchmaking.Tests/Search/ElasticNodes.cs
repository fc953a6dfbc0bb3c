using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Search;

/// <summary>
/// Real nodes of a test's own, on loopback and ports that nobody uses, which can be killed, stopped and started again. <see cref="Variable"/> names the folder
/// with the scripts that start and stop them; without it the tests are skipped.
/// </summary>
internal sealed class ElasticNodes : IAsyncDisposable
{
    public const string Variable = "ELASTICSEARCH_TEST_CLUSTER";

    /// <summary>Classes that start nodes run one after the other: each node takes more than half a gigabyte.</summary>
    public const string Collection = "nodes of Elasticsearch";

    private const string Heap = "384m";
    // The scripts put the traffic between nodes a thousand above.
    private const int FirstPort = 9_700;
    private const int LastPort = 9_990;

    private static readonly string? Scripts = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;
    private readonly int port = FreePort();
    private readonly int count;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"elasticsearch-test-{Guid.NewGuid():N}");
    private readonly HashSet<int> killed = [];
    private string scheme = "http";

    private ElasticNodes(int count) => this.count = count;

    /// <summary>Skips the test that asks when nothing can be started.</summary>
    public static void Require() => Assert.SkipWhen(Scripts is null, $"{Variable} names no folder with start and stop.");

    public static bool AreNamed => Scripts is not null;

    public IReadOnlyList<Uri> Addresses => [.. Enumerable.Range(port, count).Select(at => new Uri($"{scheme}://127.0.0.1:{at}/"))];

    /// <summary>Starts so many nodes and waits until they have found each other.</summary>
    /// <param name="password">Of the user elastic; null leaves the server's security off.</param>
    public static async Task<ElasticNodes> StartAsync(int count, string? password = null)
    {
        Require();
        var nodes = new ElasticNodes(count);
        await RunAsync(Path.Combine(Scripts!, "start"), ["--port", Text(nodes.port), "--dir", nodes.folder, "--nodes", Text(count), "--heap", Heap, .. password is null ? Array.Empty<string>() : ["--secure", password]]);
        return nodes;
    }

    public ElasticOptions Options() => new()
    {
        Addresses = Addresses, Index = $"test-{Guid.NewGuid():N}", Timeout = TimeSpan.FromSeconds(10), NodeRest = TimeSpan.FromSeconds(2),
    };

    /// <summary>Kills a node at once, as a crash would; what it stored stays.</summary>
    public Task KillAsync(int node)
    {
        killed.Add(node);
        return RunAsync(Path.Combine(Scripts!, "stop"), ["--port", Text(port), "--dir", folder, "--node", Text(node)]);
    }

    /// <summary>The node keeps its connections and answers nothing.</summary>
    public Task PauseAsync(int node) => SignalAsync(node, "STOP");

    public Task ResumeAsync(int node) => SignalAsync(node, "CONT");

    /// <summary>Starts a killed node again on what it had stored, as the script did; does not wait for it.</summary>
    public async Task StartAgainAsync(int node)
    {
        const string Command = """
            java=${ES_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
            run=(); [ "$(id -u)" != 0 ] || run=(setpriv --reuid=elasticsearch --regid=elasticsearch --clear-groups)
            setsid "${run[@]}" env ES_JAVA_HOME="$java" ES_PATH_CONF="$1/config$2" ES_TMPDIR="$1/tmp$2" ES_JAVA_OPTS="-Xms$3 -Xmx$3" HOME="$1" \
              "$1"/elasticsearch-*/bin/elasticsearch >> "$1/out$2.log" 2>&1 < /dev/null &
            sed -i "$(($2 + 1))s/.*/$!/" "$1/pids"
            """;
        await RunAsync("bash", ["-c", Command, "again", folder, Text(node), Heap]);
        killed.Remove(node);
    }

    /// <summary>Wakes and starts whatever a test has left.</summary>
    public async Task StartAllAgainAsync()
    {
        for (var node = 0; node < count; node++) await ResumeAsync(node);
        foreach (var node in killed.ToList()) await StartAgainAsync(node);
    }

    /// <summary>
    /// A user with one role, in the only node's own files: the bare package cannot keep users by its API, because their index asks for an analysis filter that it lacks.
    /// The node reads the files anew by itself, some seconds later.
    /// </summary>
    public async Task AddUserAsync(string name, string password, string role)
    {
        const string Command = """
            java=${ES_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
            run=(); [ "$(id -u)" != 0 ] || run=(setpriv --reuid=elasticsearch --regid=elasticsearch --clear-groups)
            "${run[@]}" env ES_JAVA_HOME="$java" ES_PATH_CONF="$1/config0" HOME="$1" "$1"/elasticsearch-*/bin/elasticsearch-users useradd "$2" -p "$3" -r "$2" 2>/dev/null
            """;
        await File.WriteAllTextAsync(Path.Combine(folder, "config0", "roles.yml"), $"{name}: {role}\n");
        await RunAsync("bash", ["-c", Command, "user", folder, name, password]);
    }

    /// <summary>Gives the only node a certificate; from its next start on it answers by https.</summary>
    public async Task UseCertificateAsync(string certificatePem, string keyPem)
    {
        var config = Path.Combine(folder, "config0");
        await File.WriteAllTextAsync(Path.Combine(config, "http.crt"), certificatePem);
        await File.WriteAllTextAsync(Path.Combine(config, "http.key"), keyPem);
        var settings = Path.Combine(config, "elasticsearch.yml");
        var text = await File.ReadAllTextAsync(settings);
        Assert.Contains("xpack.security.http.ssl.enabled: false", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(settings, text.Replace(
            "xpack.security.http.ssl.enabled: false", "xpack.security.http.ssl: { enabled: true, certificate: http.crt, key: http.key }", StringComparison.Ordinal));
        await RunAsync("chmod", ["644", Path.Combine(config, "http.crt"), Path.Combine(config, "http.key")]);
        scheme = "https";
    }

    /// <summary>Tries until the cluster takes part; as a job does with its next run.</summary>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                return await act();
            }
            catch (SearchUnavailableException) when (round < 180)
            {
                await Task.Delay(1_000, cancellationToken);
            }
        }
    }

    public static Task AgainAsync(Func<Task> act, CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            await act();
            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < count; node++) await ResumeAsync(node);
        await RunAsync(Path.Combine(Scripts!, "stop"), ["--port", Text(port), "--dir", folder]);
    }

    // A node that is gone already gets no signal.
    private Task SignalAsync(int node, string signal) => RunAsync("bash", ["-c", """kill -s "$1" -- "-$(sed -n "$2p" "$3/pids")" 2>/dev/null || true""", "signal", signal, Text(node + 1), folder]);

    private static int FreePort()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port).ToHashSet();
        for (var first = FirstPort; first < LastPort; first += 10)
            if (!Enumerable.Range(first, 10).Any(at => used.Contains(at) || used.Contains(at + 1_000))) return first;
        throw new InvalidOperationException("There are no free ports for nodes.");
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        // Not to the end of its output: what it started in the background holds the pipe open.
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
