using AngleSharp.Dom;
using Bunit;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Components;

namespace Matchmaking.Tests.Components;

public sealed class ListComponentsTests : ComponentTest
{
    private static readonly ListingCardModel Card = new(
        ListingKind.Need, "XQ2026-220200-00037", "/needs/XQ2026-220200-00037", new("48K碳纤维预氧化炉", [new(3, 3)]), MarkedTextView.Plain("温差最高达9\u00a0℃。"),
        [new("拉伸强度", "≥5.5\u00a0GPa", Marked: true), new("炉内温差", "≤3\u00a0℃"), new("能耗", null), new("第四项", "1")], "吉林市，化学纤维制造业（匿名）", null,
        ["联合开发", "委托研发"], new(StatusKind.Good, "已发布"), 260, new DateOnly(2027, 6, 30), "3天前确认有效");

    [Theory]
    [InlineData(StatusKind.Neutral, "chip")]
    [InlineData(StatusKind.Live, "chip chip--live")]
    [InlineData(StatusKind.Good, "chip chip--good")]
    [InlineData(StatusKind.Warn, "chip chip--warn")]
    [InlineData(StatusKind.Bad, "chip chip--bad")]
    [InlineData(StatusKind.None, "chip chip--none")]
    public void A_chip_has_the_shape_of_its_kind_and_its_word(StatusKind kind, string style)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Kind, kind).Add(c => c.Text, "已发布")).Find("span");
        Assert.Equal(style, chip.ClassName);
        Assert.Equal("已发布", chip.TextContent);
    }

    [Fact]
    public void A_card_shows_title_three_figures_owner_state_money_deadline_and_freshness()
    {
        var card = Render<ListingCard>(p => p.Add(c => c.Listing, Card));
        Assert.Equal("/needs/XQ2026-220200-00037", card.Find("h3 a").GetAttribute("href"));
        Assert.Equal("碳纤维", card.Find("h3 mark").TextContent);
        var facts = card.FindAll(".facts li").Select(f => f.TextContent).ToList();
        Assert.Equal(["拉伸强度≥5.5\u00a0GPa", "炉内温差≤3\u00a0℃", "能耗未写"], facts);
        Assert.Equal("≥5.5\u00a0GPa", card.Find(".facts mark").TextContent);
        Assert.Contains("吉林市，化学纤维制造业（匿名）", card.Find(".meta").TextContent, StringComparison.Ordinal);
        var side = card.FindAll(".results__side > span").Select(s => s.TextContent).ToList();
        Assert.Equal(["已发布", "预算260万元", "2027-06-30前", "3天前确认有效"], side);
    }

    [Fact]
    public void A_card_of_an_achievement_names_the_price_and_leaves_out_what_is_not_there()
    {
        var card = Render<ListingCard>(p => p.Add(c => c.Listing, Card with
        {
            Kind = ListingKind.Achievement, Summary = MarkedTextView.Plain(""), Quantities = [], State = null, Money = null, Deadline = null, Freshness = null, Facts = ["TRL\u00a06 正样级"],
        }));
        Assert.Equal(["意向价面议"], card.FindAll(".results__side > span").Select(s => s.TextContent));
        Assert.Empty(card.FindAll(".facts, .sum"));
        Assert.Contains("TRL\u00a06 正样级", card.Find(".meta").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_people_is_never_markup()
    {
        var card = Render<ListingCard>(p => p.Add(c => c.Listing, Card with { Title = new("<b>x</b>", [new(0, 3)]), Owner = "<script>alert(1)</script>" }));
        Assert.Empty(card.FindAll("h3 b, script"));
        Assert.Equal("<b>x</b>", card.Find("h3 a").TextContent);
    }

    [Fact]
    public void A_brief_listing_has_its_lines_and_state()
    {
        var brief = Render<BriefListing>(p => p.Add(b => b.Listing, new("/needs/1", "标题", ["≥3\u00a0mm"], ["吉林市"], new(StatusKind.Live, "公示中"))));
        Assert.Equal(2, brief.FindAll(".meta").Count);
        Assert.Equal("公示中", brief.Find(".chip--live").TextContent);
        var bare = Render<BriefListing>(p => p.Add(b => b.Listing, new("/needs/1", "标题", [], [])));
        Assert.Empty(bare.FindAll(".meta"));
    }

    [Theory]
    [InlineData(1, 10, 27, "1 2 3 下一页", "第1–10项，共27项")]
    [InlineData(3, 10, 27, "上一页 1 2 3", "第21–27项，共27项")]
    [InlineData(10, 10, 1999, "上一页 1 … 8 9 10 11 12 … 200 下一页", "第91–100项，共1,999项")]
    [InlineData(4, 10, 70, "上一页 1 2 3 4 5 6 7 下一页", "第31–40项，共70项")]
    public void The_pager_shows_near_pages_and_both_ends(int page, int size, int total, string expected, string range)
    {
        var pager = Render<Pager>(p => p.Add(c => c.Pages, new PagerModel(page, size, total, n => "/needs?page=" + n)));
        Assert.Equal(expected, string.Join(' ', pager.Find("nav").Children.Select(c => c.TextContent)));
        Assert.Equal(page.ToString(System.Globalization.CultureInfo.InvariantCulture), pager.Find("[aria-current=page]").TextContent);
        Assert.Equal(range, pager.Find("p").TextContent);
        Assert.All(pager.FindAll("a[aria-label]"), a => Assert.Equal($"第{a.TextContent}页", a.GetAttribute("aria-label")));
    }

    [Fact]
    public void One_page_needs_no_pager_and_nothing_needs_no_range()
    {
        var one = Render<Pager>(p => p.Add(c => c.Pages, new PagerModel(1, 10, 3, _ => "")));
        Assert.Empty(one.FindAll("nav"));
        Assert.Single(one.FindAll("p"));
        Assert.Equal("", Render<Pager>(p => p.Add(c => c.Pages, new PagerModel(1, 10, 0, _ => ""))).Markup.Trim());
    }

    [Fact]
    public void The_facet_panel_folds_all_but_five_values_yet_never_a_chosen_one()
    {
        var options = Enumerable.Range(1, 8).Select(i => new FacetOption($"v{i}", $"值{i}", 1000 - i, Chosen: i == 8)).ToList();
        var panel = Render<FacetPanel>(p => p.Add(c => c.Facets, new FacetPanelModel("/needs", [new("field", "技术领域", options), new("mode", "合作方式", [])], [new("q", "碳纤维"), new("sort", "Newest")])));
        Assert.Equal("筛选（已选1项）", panel.Find("summary").TextContent);
        Assert.Single(panel.FindAll("fieldset"));
        Assert.Equal(["v1", "v2", "v3", "v4", "v8"], panel.FindAll("fieldset > .opt input").Select(i => i.GetAttribute("value")));
        Assert.Equal(["v5", "v6", "v7"], panel.FindAll(".more .opt input").Select(i => i.GetAttribute("value")));
        Assert.Equal("其余3个", panel.Find(".more summary").TextContent);
        Assert.Equal("v8", panel.Find("input[checked]").GetAttribute("value"));
        Assert.Equal(["q=碳纤维", "sort=Newest"], panel.FindAll("input[type=hidden]").Select(i => $"{i.GetAttribute("name")}={i.GetAttribute("value")}"));
        Assert.Equal("999", panel.Find(".opt span").TextContent);
        Assert.Equal("应用筛选", panel.Find("button").TextContent);
    }

    [Fact]
    public void Nothing_chosen_is_said_without_a_number()
    {
        var panel = Render<FacetPanel>(p => p.Add(c => c.Facets, new FacetPanelModel("/needs", [new("field", "技术领域", [new("a", "甲", 1, false)])], [])));
        Assert.Equal("筛选", panel.Find("summary").TextContent);
        Assert.Empty(panel.FindAll(".more, input[checked], input[type=hidden]"));
    }

    [Fact]
    public void Tags_remove_one_filter_or_all()
    {
        var tags = Render<FacetTags>(p => p.Add(c => c.Tags, [new FacetTag("新材料及其应用", "/needs?q=x")]).Add(c => c.ClearHref, "/needs"));
        Assert.Equal("/needs?q=x", tags.Find(".tag").GetAttribute("href"));
        Assert.Equal("，移除", tags.Find(".tag .vh").TextContent);
        Assert.Equal("清除全部", tags.FindAll("a")[1].TextContent);
        Assert.Equal("", Render<FacetTags>(p => p.Add(c => c.Tags, [])).Markup.Trim());
    }
}
