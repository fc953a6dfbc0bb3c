using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Writing;

/// <summary>Others check a draft by the API: findings with places and words in the asked language, problem details on bad input, nothing kept.</summary>
public sealed class CheckingByApiTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string Address = "/api/v1/check";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_come_with_their_places_and_chinese_words()
    {
        var text = "车灯气密不良率1.2%，希望低于0.2%。密级为机密。电话13900000000。";

        var answer = await CheckAsync(new { title = "车灯密封", description = text, deadline = "2027-06-30", budget = "80" });

        Assert.Equal("zh-CN", answer.GetProperty("language").GetString());
        Assert.True(answer.GetProperty("blocked").GetBoolean());
        var findings = answer.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(["Forbidden", "Phone"], findings.Select(f => f.GetProperty("rule").GetString()));
        Assert.Equal(["机密", "13900000000"], findings.Select(f => text.Substring(f.GetProperty("start").GetInt32(), f.GetProperty("length").GetInt32())));
        Assert.All(findings, f => Assert.Equal("description", f.GetProperty("field").GetString()));
        Assert.Contains("“机密”", findings[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_come_in_english_when_asked_for()
    {
        var answer = await CheckAsync(new { title = "提高产品质量", description = "提高产品质量，寻求合作。" }, language: "en");

        Assert.Equal("en", answer.GetProperty("language").GetString());
        Assert.False(answer.GetProperty("blocked").GetBoolean());
        var findings = answer.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(["NoBudget", "NoDeadline", "NoQuantity", "TooVague"], findings.Select(f => f.GetProperty("rule").GetString()!).Order());
        Assert.All(findings, f => Assert.All(new[] { "name", "reason", "better" }, part => Assert.DoesNotContain(f.GetProperty(part).GetString()!, c => c is >= '\u4e00' and <= '\u9fff')));
    }

    [Fact]
    public async Task An_anonymous_draft_is_searched_for_the_name_of_the_signed_in_persons_organisation()
    {
        var organization = await app.AddOrganizationAsync(name: "松涧新材料有限公司");
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var draft = new { description = "松涧新材料的产线温差大，希望不超过3 ℃。", deadline = "x", budget = "x", anonymous = true };

        Assert.Contains("OrganizationName", await RulesAsync(client, draft));
        Assert.DoesNotContain("OrganizationName", await RulesAsync(await app.CreateClientForAsync(null), draft));
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[1]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"title\":{\"a\":\"秘而不宣\"}}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"kind\":\"offer\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("title=x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task Bad_input_is_answered_with_problem_details_that_do_not_repeat_the_draft(string body, string type, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        var response = await app.CreateClient().PostAsync(Address, content, Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("秘而不宣", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_text_is_named_and_too_large_a_body_is_refused()
    {
        var client = app.CreateClient();

        var longText = await client.PostAsJsonAsync(Address, new { description = new string('字', 20_001) }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, longText.StatusCode);
        Assert.True((await longText.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").TryGetProperty("description", out _));

        var large = await client.PostAsJsonAsync(Address, new { description = new string('a', 130 * 1024) }, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task The_description_of_the_api_names_it()
    {
        var description = await app.CreateClient().GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        var post = description.GetProperty("paths").GetProperty("/api/v1/check").GetProperty("post");
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.All(new[] { "200", "400", "413", "415", "429" }, status => Assert.True(post.GetProperty("responses").TryGetProperty(status, out _), status));
    }

    [Fact]
    public async Task Nothing_of_a_draft_is_kept()
    {
        var marked = "独一无二的字句" + Guid.NewGuid().ToString("N");
        await CheckAsync(new { title = marked, description = marked + "，机密" });

        var kept = Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Where(file => ReadShared(file).Contains(marked, StringComparison.Ordinal));
        Assert.Empty(kept);
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task<IReadOnlyList<string>> RulesAsync(HttpClient client, object draft)
    {
        var answer = await (await client.PostAsJsonAsync(Address, draft, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return [.. answer.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!)];
    }

    private async Task<JsonElement> CheckAsync(object draft, string? language = null)
    {
        var client = app.CreateClient();
        if (language is not null) client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var response = await client.PostAsJsonAsync(Address, draft, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}

/// <summary>With two checks a minute the third is refused, and the read API's own count is not touched.</summary>
public sealed class CheckingTooOftenTests(CheckingTooOftenTests.Application app) : IClassFixture<CheckingTooOftenTests.Application>
{
    [Fact]
    public async Task The_third_check_of_a_minute_is_refused_with_problem_details()
    {
        var client = app.CreateClient();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/check", new { title = "a" }, TestContext.Current.CancellationToken)).StatusCode);

        var refused = await client.PostAsJsonAsync("/api/v1/check", new { title = "a" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/search?q=a", TestContext.Current.CancellationToken)).StatusCode);
    }

    public sealed class Application : MatchmakingApplication
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Api:ChecksPerMinute", "2")];
    }
}
