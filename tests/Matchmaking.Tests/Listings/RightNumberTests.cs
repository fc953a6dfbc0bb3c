using Matchmaking.Matching.Listings;

namespace Matchmaking.Tests.Listings;

/// <summary>Numbers of rights and identifiers of researchers, with their check digits.</summary>
public sealed class RightNumberTests
{
    [Theory]
    [InlineData("ZL201310699744.2", "ZL201310699744.2", IpKind.InventionPatent, RightStatus.Granted)]
    [InlineData(" zl ２０１３１０６９９７４４．２ ", "ZL201310699744.2", IpKind.InventionPatent, RightStatus.Granted)]
    [InlineData("CN201310699744.2", "CN201310699744.2", IpKind.InventionPatent, RightStatus.Application)]
    [InlineData("2023SR0123456", "2023SR0123456", IpKind.Software, RightStatus.Registered)]
    [InlineData("CNA20191234.5", "CNA20191234.5", IpKind.PlantVariety, RightStatus.Granted)]
    [InlineData("BS.225012345", "BS.225012345", IpKind.Layout, RightStatus.Registered)]
    public void A_number_says_its_kind_and_how_far_it_is(string typed, string number, IpKind kind, RightStatus status) =>
        Assert.Equal(new RightNumber(number, kind, status), RightNumber.Read(typed));

    [Theory]
    [InlineData("ZL201310699744.3")]
    [InlineData("ZL201370699744.2")]
    [InlineData("201310699744.2")]
    [InlineData("ZL2013106997442 授权")]
    [InlineData("SR0123456")]
    [InlineData("")]
    public void What_is_no_such_number_is_not_read(string typed) => Assert.Null(RightNumber.Read(typed));

    // The documentation's own examples of the identifier, and one with each kind of slip.
    [Theory]
    [InlineData("0000-0002-1825-0097", true)]
    [InlineData("0000-0001-5109-3700", true)]
    [InlineData("0000-0002-1694-233X", true)]
    [InlineData("0000-0002-1694-233x", true)]
    [InlineData("0000-0002-1825-0098", false)]
    [InlineData("0000-0002-1852-0097", false)]
    [InlineData("0000-0002-1694-2330", false)]
    [InlineData("0000000218250097", false)]
    public void The_last_digit_of_an_orcid_checks_the_others(string orcid, bool valid) => Assert.Equal(valid, Orcid.IsValid(orcid));

    [Fact]
    public void A_wrong_orcid_and_a_wrong_number_are_named_at_their_fields()
    {
        var content = new AchievementContent { Inventors = "某甲 0000-0002-1825-0097、某乙 0000-0002-1825-0098", Rights = ["ZL201310699744.2", "ZL201310699744.3"] };

        var problems = ListingRules.CheckDraft(content);

        Assert.Equal([("Rights", "RightNumber", "ZL201310699744.3"), ("Inventors", "Orcid", "0000-0002-1825-0098")], problems.Select(p => (p.Field, p.Code, (string)p.Arguments[0])));
    }

    [Fact]
    public void A_need_that_must_not_be_public_is_not_submitted()
    {
        var content = new NeedContent { Openness = Openness.No };

        Assert.Contains(ListingRules.CheckComplete(content, new DateOnly(2026, 11, 25)), p => p is { Field: "Openness", Code: "NotPublic" });
        Assert.DoesNotContain(ListingRules.CheckComplete(content with { Openness = Openness.Partly }, new DateOnly(2026, 11, 25)), p => p.Field == "Openness");
    }
}
