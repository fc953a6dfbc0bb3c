using AngleSharp.Dom;
using Bunit;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Matchmaking.Tests.Components;

public sealed class PageComponentsTests : ComponentTest
{
    [Fact]
    public void Steps_show_what_is_done_where_it_stands_and_what_comes()
    {
        var steps = Render<Steps>(p => p.Add(c => c.Items, [new("草稿", true, false, new DateOnly(2026, 9, 28)), new("待审核", false, true), new("已发布", false, false)]));
        var items = steps.FindAll("li");
        Assert.Equal("done", items[0].ClassName);
        Assert.Equal("2026-09-28", items[0].QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("已完成", items[0].QuerySelector(".vh")!.TextContent);
        Assert.Equal("step", items[1].GetAttribute("aria-current"));
        Assert.False(items[2].HasAttribute("class") || items[2].HasAttribute("aria-current"));
        Assert.Equal("待审核，第2步，共3步", steps.Find(".steps__now").TextContent);
        Assert.Equal("进展，共3步", steps.Find("ol").GetAttribute("aria-label"));
    }

    [Fact]
    public void Steps_without_a_current_one_have_no_sentence() =>
        Assert.Empty(Render<Steps>(p => p.Add(c => c.Items, [new("草稿", true, false)])).FindAll(".steps__now"));

    [Fact]
    public void The_error_summary_counts_links_and_can_take_the_focus()
    {
        var summary = Render<ErrorSummary>(p => p.Add(c => c.Problems, [new("Input_Title", "请写标题"), new("", "内容已被别人改过")]));
        Assert.Equal("有2处要改", summary.Find("h2").TextContent);
        Assert.Equal("#Input_Title", summary.Find("a").GetAttribute("href"));
        Assert.Single(summary.FindAll("a"));
        Assert.Equal("-1", summary.Find("[role=alert]").GetAttribute("tabindex"));
        Assert.Equal("还不能提交", Render<ErrorSummary>(p => p.Add(c => c.Problems, [new("", "x")]).Add(c => c.Title, "还不能提交")).Find("h2").TextContent);
        Assert.Equal("", Render<ErrorSummary>(p => p.Add(c => c.Problems, [])).Markup.Trim());
    }

    [Fact]
    public void Problems_of_a_form_follow_the_page_and_point_to_their_controls()
    {
        var state = new ModelStateDictionary();
        state.AddModelError("Input.Budget", "b");
        state.AddModelError("Input.Rows[2].Value", "r");
        state.AddModelError("Input.Title", "t1");
        state.AddModelError("Input.Title", "t2");
        state.AddModelError("", "whole");
        var problems = FormErrorsTagHelper.Problems(state, "Input.Title, Input.Rows");
        Assert.Equal(["whole", "t1", "t2", "r", "b"], problems.Select(p => p.Message));
        Assert.Equal(["", "Input_Title", "Input_Title", "Input_Rows_2__Value", "Input_Budget"], problems.Select(p => p.FieldId));
    }

    [Fact]
    public void An_empty_state_says_what_why_and_what_to_do()
    {
        var empty = Render<EmptyState>(p => p.Add(c => c.Title, "还没有匹配").Add(c => c.Why, "明早8点前能看到。").Add(c => c.Action, "发布技术需求").Add(c => c.Href, "/my/needs/new"));
        Assert.Equal("还没有匹配", empty.Find("h2").TextContent);
        Assert.Equal("/my/needs/new", empty.Find("a.btn").GetAttribute("href"));
        Assert.Empty(Render<EmptyState>(p => p.Add(c => c.Title, "空")).FindAll("p, a"));
    }

    [Theory]
    [InlineData(StatusKind.Neutral, "banner")]
    [InlineData(StatusKind.Warn, "banner banner--warn")]
    [InlineData(StatusKind.Good, "banner banner--good")]
    public void A_banner_has_the_colour_of_what_it_wants(StatusKind kind, string style)
    {
        var banner = Render<Banner>(p => p.Add(c => c.Kind, kind).Add(c => c.Title, "29天后到期").Add(c => c.Text, "可顺延。").AddChildContent("<button>确认有效</button>"));
        Assert.Equal(style, banner.Find("div").ClassName);
        Assert.Equal("29天后到期", banner.Find("b").TextContent);
        Assert.False(banner.Find("div").HasAttribute("role"));
        Assert.Single(banner.FindAll("button"));
    }

    [Fact]
    public void A_banner_can_be_spoken_and_lead_somewhere()
    {
        var banner = Render<Banner>(p => p.Add(c => c.Text, "已保存。").Add(c => c.Announce, true).Add(c => c.Action, "去看").Add(c => c.Href, "/my"));
        Assert.Equal("status", banner.Find("div").GetAttribute("role"));
        Assert.Equal("/my", banner.Find("a").GetAttribute("href"));
        Assert.Empty(banner.FindAll("b"));
    }

    [Theory]
    [InlineData(1.025, "103%", "102.5")]
    [InlineData(9, "900%", "120")]
    [InlineData(-1, "-100%", "0")]
    public void A_progress_bar_ends_at_a_hundred_and_twenty_percent_but_the_number_does_not(double share, string number, string width)
    {
        var bar = Render<ProgressBar>(p => p.Add(c => c.Progress, new ProgressView("5,126", "5,000\u00a0户", share, 0.964, StatusKind.Good)));
        Assert.Equal("5,126 / 5,000\u00a0户", bar.Find("span").TextContent);
        Assert.Equal(number, bar.FindAll(".ind__v > span")[1].TextContent);
        Assert.Equal(width, bar.Find("rect.ch-value--good").GetAttribute("width"));
        Assert.Equal("96.4", bar.Find(".ch-pace").GetAttribute("x1"));
    }

    [Fact]
    public void Without_an_even_pace_there_is_no_dashed_line() =>
        Assert.Empty(Render<ProgressBar>(p => p.Add(c => c.Progress, new ProgressView("1", "2", 0.5, null))).FindAll(".ch-pace"));

    [Fact]
    public void A_sparkline_is_described_in_words_and_stays_in_its_box()
    {
        var spark = Render<Sparkline>(p => p.Add(c => c.Values, [3m, 12m, 7m]).Add(c => c.Label, "近3个月"));
        Assert.Equal("近3个月：从3到7，最低3，最高12", spark.Find("svg").GetAttribute("aria-label"));
        Assert.Equal("2,21 47,3 92,13", spark.Find("polyline").GetAttribute("points"));
        Assert.Contains("2,12 92,12", Render<Sparkline>(p => p.Add(c => c.Values, [5m, 5m]).Add(c => c.Label, "x")).Markup, StringComparison.Ordinal);
        Assert.Equal("", Render<Sparkline>(p => p.Add(c => c.Values, [5m]).Add(c => c.Label, "x")).Markup.Trim());
    }

    [Fact]
    public void A_funnel_row_opens_to_its_rows_and_shows_the_rate()
    {
        var row = Render<FunnelRow>(p => p.Add(c => c.Step, new FunnelStep("已推送", 1537, 0.716, "/desk?stage=pushed")).Add(c => c.Most, 2146));
        Assert.Equal(["1,537", "72%"], row.FindAll(".num").Select(c => c.TextContent));
        Assert.Equal("/desk?stage=pushed", row.Find("a").GetAttribute("href"));
        Assert.Equal("71.62", row.Find("rect.ch-value").GetAttribute("width"));
        var first = Render<FunnelRow>(p => p.Add(c => c.Step, new FunnelStep("评级", 0, null)).Add(c => c.Most, 0));
        Assert.Equal(["0", "–"], first.FindAll(".num").Select(c => c.TextContent));
    }

    [Fact]
    public void A_heat_table_colours_by_share_of_the_largest_and_prints_each_number()
    {
        var heat = Render<HeatTable>(p => p.Add(c => c.Heat, new HeatView("领域与期限", "技术领域", ["近期", "中期", "远期"], [new("新材料", [10, 1, 0]), new("农业", [5, 6, 0])])));
        Assert.Equal(["h5", "h1", "h0", "h3", "h3", "h0"], heat.FindAll("td").Select(c => c.ClassName));
        Assert.Equal("10", heat.Find("td").TextContent);
        Assert.All(Render<HeatTable>(p => p.Add(c => c.Heat, new HeatView("空", "行", ["列"], [new("行", [0])]))).FindAll("td"), c => Assert.Equal("h0", c.ClassName));
    }

    [Fact]
    public void A_trail_links_all_but_the_page_itself()
    {
        var trail = Render<Breadcrumb>(p => p.Add(c => c.Items, [new("我的需求", "/my"), new("XQ2026-220200-00037")]));
        Assert.Equal("/my", trail.Find("a").GetAttribute("href"));
        Assert.Equal(2, trail.FindAll("li").Count);
        Assert.Equal("位置", trail.Find("nav").GetAttribute("aria-label"));
    }
}
