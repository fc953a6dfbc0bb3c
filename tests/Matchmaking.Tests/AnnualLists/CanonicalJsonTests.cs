using System.Globalization;
using System.Text.Json;
using Matchmaking.Matching.AnnualLists;

namespace Matchmaking.Tests.AnnualLists;

public sealed class CanonicalJsonTests
{
    /// <summary>Samples of RFC 8785, appendix B: the bits of a double and how it is printed.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_printed_as_the_standard_prints_them(string bits, string printed) =>
        Assert.Equal(printed, CanonicalJson.Number(BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Fact]
    public void What_is_no_number_has_no_form()
    {
        Assert.Throws<JsonException>(() => CanonicalJson.Number(double.NaN));
        Assert.Throws<JsonException>(() => CanonicalJson.Number(double.PositiveInfinity));
    }

    [Fact]
    public void Members_are_sorted_by_their_code_units_and_strings_escaped_no_more_than_needed()
    {
        // The order of RFC 8785, 3.2.3: a carriage return, the digit one, a control character, ö, the euro sign, a grinning face, a Hebrew letter beyond.
        const string Json = """{ "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew", "1": "One", "\ud83d\ude00": "Emoji", "\u0080": "Control", "\u00f6": "Latin" }""";
        Assert.Equal("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin\",\"€\":\"Euro Sign\",\"😀\":\"Emoji\",\"\ufb33\":\"Hebrew\"}", CanonicalJson.Of(Json));
        Assert.Equal("{\"a\":[true,false,null,5.5,\"\\u000f\\n\\\"\\\\/<低温>\"]}", CanonicalJson.Of("""{"a":[true, false, null, 5.50, "\u000f\n\"\\\/<低温>"]}"""));
    }

    [Fact]
    public void Two_members_of_one_name_and_half_a_character_are_refused()
    {
        Assert.Throws<JsonException>(() => CanonicalJson.Of("""{"a":1,"a":2}"""));
        Assert.ThrowsAny<Exception>(() => CanonicalJson.Of("\"\\ud800\""));
    }
}
