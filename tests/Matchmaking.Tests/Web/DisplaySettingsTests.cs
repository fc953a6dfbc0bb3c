using System.Net;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

public sealed class DisplaySettingsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Theory]
    [InlineData("/needs?q=%E7%A2%B3", "/needs?q=%E7%A2%B3")]
    [InlineData("/needs/碳", "/needs/%E7%A2%B3")]
    [InlineData("/needs/\r\nSet-Cookie:a=b", "/")]
    [InlineData("//elsewhere.invalid/", "/")]
    [InlineData("/\\elsewhere.invalid", "/")]
    [InlineData("https://elsewhere.invalid/", "/")]
    [InlineData("~/x", "/")]
    [InlineData(null, "/")]
    public async Task A_choice_leads_back_to_a_page_of_this_site_only(string? back, string expected)
    {
        var client = await app.CreateClientForAsync(null);
        var response = await client.GetAsync("/display?text=large" + (back is null ? "" : "&return=" + Uri.EscapeDataString(back)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Text_theme_and_language_stay_chosen_until_changed_back()
    {
        var client = await app.CreateClientForAsync(null);
        var plain = (await client.GetPageAsync("/help")).DocumentElement;
        Assert.Equal("zh-CN", plain.GetAttribute("lang"));
        Assert.True(string.IsNullOrEmpty(plain.GetAttribute("data-text")) && string.IsNullOrEmpty(plain.GetAttribute("data-theme")));

        await client.GetAsync("/display?text=large&theme=dark&lang=en", TestContext.Current.CancellationToken);
        var chosen = await client.GetPageAsync("/help");
        Assert.Equal(["en", "large", "dark"], new[] { "lang", "data-text", "data-theme" }.Select(a => chosen.DocumentElement.GetAttribute(a)));
        Assert.Equal("Guide", chosen.QuerySelector("h1")!.TextContent);

        await client.GetAsync("/display?text=normal&theme=auto&lang=zh-CN", TestContext.Current.CancellationToken);
        var back = await client.GetPageAsync("/help");
        Assert.Equal("使用指南", back.QuerySelector("h1")!.TextContent);
        Assert.True(string.IsNullOrEmpty(back.DocumentElement.GetAttribute("data-text")));
    }

    [Fact]
    public async Task Nonsense_in_settings_and_cookies_changes_nothing()
    {
        var client = await app.CreateClientForAsync(null);
        await client.GetAsync("/display?text=huge&theme=%22%3E&lang=xx", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/help");
        request.Headers.Add("Cookie", "text=%22onload; theme=pink; .AspNetCore.Culture=c%3Dxx%7Cuic%3D%21%21");
        var page = await (await client.SendAsync(request, TestContext.Current.CancellationToken)).PageAsync();
        Assert.Equal("zh-CN", page.DocumentElement.GetAttribute("lang"));
        Assert.True(string.IsNullOrEmpty(page.DocumentElement.GetAttribute("data-theme")));
    }

    [Theory]
    [InlineData("/help", "使用指南", 5)]
    [InlineData("/rules", "发布规则", 4)]
    [InlineData("/privacy", "个人信息保护", 5)]
    [InlineData("/accessibility", "无障碍说明", 3)]
    public async Task The_pages_of_the_foot_are_there(string address, string title, int parts)
    {
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync(address);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(parts, page.QuerySelectorAll("main h2").Length);
        Assert.DoesNotContain("{", page.MainText(), StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("a.skip[href='#main']"));
    }

    [Fact]
    public async Task The_language_follows_the_browser_until_chosen()
    {
        using var client = await app.CreateClientForAsync(null);
        client.DefaultRequestHeaders.Add("Accept-Language", "en-GB,en;q=0.8");
        Assert.Equal("Publishing rules", (await client.GetPageAsync("/rules")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_its_code_and_a_way_on()
    {
        var client = await app.CreateClientForAsync(null);
        var response = await client.GetAsync("/no-such-page", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Equal("没有找到这一页", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/", page.QuerySelector("main a.btn")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_post_without_its_token_is_told_what_to_do()
    {
        var client = await app.CreateClientForAsync(null);
        using var nothing = new FormUrlEncodedContent([]);
        var response = await client.PostAsync("/account/sign-in", nothing, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("请求没有被接受", (await response.PageAsync()).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/help")]
    public async Task The_main_links_say_where_the_reader_is(string address)
    {
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync(address);
        Assert.Equal(address == "/" ? ["/"] : Array.Empty<string>(), page.QuerySelectorAll(".nav [aria-current=page]").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [InlineData(Matching.Organizations.Roles.Broker, "/desk")]
    [InlineData(Matching.Organizations.Roles.Staff, "/staff")]
    [InlineData(Matching.Organizations.Roles.Administrator, "/admin")]
    [InlineData(Matching.Organizations.Roles.EnterpriseMember, "/my")]
    public async Task Each_role_finds_the_way_to_its_rooms_and_no_other(string role, string room)
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(role));
        var page = await client.GetPageAsync("/help");
        var rooms = page.QuerySelectorAll(".nav a").Select(a => a.GetAttribute("href")).Where(h => h is "/desk" or "/staff" or "/admin" or "/my");
        Assert.Equal([room], rooms);
        Assert.Contains("试验用户（示例）", page.QuerySelector(".tools a[href='/account']")!.TextContent, StringComparison.Ordinal);
    }
}
