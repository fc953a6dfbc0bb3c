using System.Net;
using System.Text.Json;
using Matchmaking.Jobs;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Search;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

/// <summary>The site on a search cluster that goes and comes back: pages keep showing records and say what is the matter.</summary>
public sealed class SearchIsAwayTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> open = [];
    private FakeElastic server = null!;
    private OnElastic app = null!;
    private volatile bool down = true;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await FakeElastic.StartAsync((path, body) => down ? (503, """{"error":{"type":"master_not_discovered_exception"}}""") : Answer(path, body));
        open.Add(server);
        app = new OnElastic(server.Address);
        open.Add(app);
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(open)) await one.DisposeAsync();
    }

    [Fact]
    public async Task Pages_show_the_newest_records_and_say_that_search_is_away_until_it_is_back()
    {
        var need = await app.PublishNeedAsync();
        using var client = await app.CreateClientForAsync(null);

        foreach (var page in new[] { "/needs", "/needs?q=%E9%94%82" })
        {
            var html = await client.GetStringAsync(page, Cancel);
            Assert.Contains("搜索暂时不可用", html, StringComparison.Ordinal);
            Assert.Contains(need.Number!, html, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/needs/{need.Number}", Cancel)).StatusCode);
        Assert.Contains("不可用", await client.GetStringAsync("/status", Cancel), StringComparison.Ordinal);
        Assert.Equal("down", await SearchPartAsync(client, HttpStatusCode.ServiceUnavailable));

        down = false;
        Assert.DoesNotContain("搜索暂时不可用", await client.GetStringAsync("/needs", Cancel), StringComparison.Ordinal);
        Assert.Equal("ok", await SearchPartAsync(client, expected: null));
    }

    [Fact]
    public async Task What_could_not_be_indexed_is_indexed_when_the_cluster_is_back()
    {
        await app.PublishNeedAsync();
        await Assert.ThrowsAsync<SearchUnavailableException>(() => app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel)));
        using var client = await app.CreateClientForAsync(null);
        Assert.Contains(nameof(SearchUnavailableException), await client.GetStringAsync("/status", Cancel), StringComparison.Ordinal);

        down = false;
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));

        Assert.Contains(server.Bodies, body => body.Contains("\"kind\":\"Need\"", StringComparison.Ordinal));
        Assert.Contains("\"part\":\"jobs\",\"state\":\"ok\"", await (await client.GetAsync("/health/ready", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_submits_while_search_is_away_is_told_that_nobody_looked_for_the_same_need()
    {
        using var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));

        var fromForm = await client.SubmitAsync("/my/needs/new", ListingForms.Need("在搜索停了的时候提交"));
        Assert.Equal(HttpStatusCode.Redirect, fromForm.StatusCode);
        Assert.Contains(NotLooked, (await client.GetPageAsync(fromForm.Headers.Location!.OriginalString)).MainText(), StringComparison.Ordinal);
        // It was said once; the record itself is an ordinary one.
        Assert.DoesNotContain(NotLooked, (await client.GetPageAsync(fromForm.Headers.Location!.OriginalString)).MainText(), StringComparison.Ordinal);

        var saved = (await client.SaveAsync("/my/needs/new", ListingForms.Need("先存为草稿再提交"))).Id();
        await client.ActAsync($"/my/needs/{saved}/view", "submit");
        Assert.Contains(NotLooked, (await client.GetPageAsync($"/my/needs/{saved}/view")).MainText(), StringComparison.Ordinal);
    }

    private const string NotLooked = "没有查是否已有相近的需求";

    // Other parts, such as jobs that never ran here, have their own state.
    private static async Task<string?> SearchPartAsync(HttpClient client, HttpStatusCode? expected)
    {
        var response = await client.GetAsync("/health/ready", Cancel);
        if (expected is { } status) Assert.Equal(status, response.StatusCode);
        using var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return health.RootElement.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("part").GetString() == "search").GetProperty("state").GetString();
    }

    private static (int Status, string Body) Answer(string path, string body)
    {
        if (path.StartsWith("/_cluster/health", StringComparison.Ordinal)) return (200, """{"status":"green","unassigned_shards":0}""");
        if (path == "/_msearch")
        {
            const string found = """{"status":200,"hits":{"total":{"value":0},"hits":[]}}""";
            return (200, $$"""{"responses":[{{string.Join(',', Enumerable.Repeat(found, body.Count(c => c == '\n') / 2))}}]}""");
        }
        if (path == "/_bulk")
        {
            var items = body.Split('\n').Count(line => line.Contains("\"_id\"", StringComparison.Ordinal));
            return (200, $$"""{"errors":false,"items":[{{string.Join(',', Enumerable.Repeat("""{"index":{"status":201}}""", items))}}]}""");
        }
        return (200, $$$"""{"matchmaking-1":{"aliases":{"matchmaking":{},"matchmaking-complete":{}},"mappings":{"_meta":{"layout":{{{ElasticTemplate.Layout}}} } } } }""");
    }

    private sealed class OnElastic(Uri address) : MatchmakingApplication
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("Search:Engine", "Elasticsearch"), new("Elasticsearch:Addresses", address.AbsoluteUri), new("Elasticsearch:TimeoutSeconds", "2"),
        ];
    }
}
