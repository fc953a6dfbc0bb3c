using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Listings;

namespace Matchmaking.Tests.Listings;

public sealed class ListingRulesTests
{
    [Theory]
    [InlineData("由松涧新材料（示例）有限公司提出", true)]
    [InlineData("松 涧 新 材 料 现有两条产线", true)]
    [InlineData("我公司现有两条产线", false)]
    [InlineData("新材料", false)]
    public void An_anonymous_owners_text_may_not_name_it(string description, bool named)
    {
        var problems = ListingRules.CheckAnonymity(new NeedContent { Disclosure = Disclosure.Anonymous, Description = description }, "松涧新材料（示例）有限公司");
        Assert.Equal(named ? [("Description", "NameInText")] : [], problems.Select(p => (p.Field, p.Code)));
    }

    [Fact]
    public void A_named_owner_may_name_itself() =>
        Assert.Empty(ListingRules.CheckAnonymity(new NeedContent { Description = "松涧新材料有限公司" }, "松涧新材料有限公司"));

    [Theory]
    [InlineData("18", 18)]
    [InlineData(" 1,200.5 ", 1200.5)]
    [InlineData("１８．５", 18.5)]
    [InlineData("-40", -40)]
    [InlineData("−40", -40)]
    public void Numbers_are_read_as_people_type_them(string typed, double expected)
    {
        var read = ListingFormReader.Read(WithRow(typed), ListingKind.Need);
        Assert.Empty(read.Problems);
        Assert.Equal((decimal)expected, Assert.Single(read.Content.Quantities).Value);
    }

    [Theory]
    [InlineData("18左右", "NotANumber")]
    [InlineData("1.2.3", "NotANumber")]
    [InlineData("1e5", "NotANumber")]
    [InlineData("1000000000000000000000000000000", "NumberTooLarge")]
    [InlineData("99999999999999999", "NumberTooLarge")]
    [InlineData("0.0000001", "TooManyDecimals")]
    [InlineData("", "Missing")]
    [InlineData("\u200b", "Missing")]
    public void What_is_no_number_is_told_with_what_stands_there(string typed, string code)
    {
        var problem = Assert.Single(ListingFormReader.Read(WithRow(typed), ListingKind.Need).Problems);
        Assert.Equal(("Quantities[0].Value", code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("2027-06-30")]
    [InlineData("2027-6-30")]
    [InlineData("2027/6/30")]
    [InlineData("2027年6月30日")]
    [InlineData("２０２７－０６－３０")]
    public void Dates_are_read_as_people_type_them(string typed) => Assert.Equal(new DateOnly(2027, 6, 30), ListingFormReader.ParseDate(typed));

    [Theory]
    [InlineData("2027-02-30")]
    [InlineData("30.6.2027")]
    [InlineData("明年六月")]
    [InlineData("0001-01-01")]
    [InlineData("99999-01-01")]
    public void What_is_no_date_is_none(string typed) => Assert.Null(ListingFormReader.ParseDate(typed));

    [Theory]
    [InlineData("3")]
    [InlineData("NewMaterials,Aerospace")]
    [InlineData("newmaterials")]
    public void A_code_is_its_name_and_nothing_else(string typed)
    {
        var problem = Assert.Single(ListingFormReader.Read(new ListingInput { Field = typed }, ListingKind.Need).Problems);
        Assert.Equal(("Field", "UnknownChoice"), (problem.Field, problem.Code));
    }

    [Fact]
    public void A_problem_of_a_row_points_at_the_row_that_was_typed_although_blank_rows_were_dropped()
    {
        var input = new ListingInput();
        input.Quantities.AddRange([new(), new("强度", "Ge", "5", "", "GPa"), new("", "Ge", "", "", "  "), new("温度", "Range", "9", "3", "℃")]);
        var read = ListingFormReader.Read(input, ListingKind.Need);

        Assert.Equal(["强度", "温度"], read.Content.Quantities.Select(q => q.Name));
        Assert.Equal(["Quantities[3].High"], ListingRules.CheckDraft(read.Content).Select(read.AtInput).Select(p => p.Field));
    }

    [Fact]
    public void What_was_saved_comes_back_into_the_form_and_reads_the_same()
    {
        var content = new AchievementContent
        {
            Title = "标题", Summary = "摘要", Description = "第一行\n第二行", Keywords = ["甲", "乙"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
            Quantities = [new("温差", Comparison.Range, 1.5m, 3m, "℃"), new("偏差", Comparison.PlusMinus, 0.000001m, null, "mm")],
            Cooperation = [CooperationMode.Licence], Money = 12.5m, Disclosure = Disclosure.Anonymous, ValidUntil = new DateOnly(2027, 6, 30), Trl = 7,
            Stage = AchievementStage.Middle, Ip = IpKind.Software, IpNumber = "2026SR000001", Flags = [AchievementFlag.Empowered], Evaluation = "评价", Inventors = "甲（示例）",
        };
        var read = ListingFormReader.Read(ListingInput.From(content, new Contact("甲", "1", "a@b")), ListingKind.Achievement);

        Assert.Empty(read.Problems);
        Assert.True(ContentFacts.Same(content, read.Content));
    }

    private static ListingInput WithRow(string value)
    {
        var input = new ListingInput();
        input.Quantities.Add(new QuantityInput("强度", "Ge", value, "", "GPa"));
        return input;
    }
}
