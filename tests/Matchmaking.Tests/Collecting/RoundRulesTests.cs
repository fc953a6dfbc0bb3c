using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Collecting;

public sealed class RoundRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly NeedContent Content = new() { Kind = NeedKind.Research, Money = 10, Keywords = ["词"] };

    [Theory]
    // Percent asked by turnover in 万元: 5 up to 5,000, 4 up to 20,000, 3 above; research in 万元.
    [InlineData(5_000, 250, null)]
    [InlineData(5_000, 249.99, "IntensityTooLow")]
    [InlineData(5_000.01, 200.01, null)]
    [InlineData(20_000, 800, null)]
    [InlineData(20_000, 799, "IntensityTooLow")]
    [InlineData(20_001, 601, null)]
    [InlineData(20_001, 600, "IntensityTooLow")]
    [InlineData(100, 101, "FigureAboveTurnover")]
    [InlineData(100, -1, "FigureOutOfRange")]
    public void Research_intensity_is_asked_by_turnover(double turnover, double research, string? expected)
    {
        var found = Check(Rounds.Terms() with { Intensity = RoundTerms.UsualIntensity }, new FirmFigures((decimal)turnover, (decimal)research));
        Assert.Equal(expected is null ? [] : [("Research", expected)], found);
    }

    [Fact]
    public void Figures_that_are_asked_and_missing_are_named_each_at_its_field() =>
        Assert.Equal([("Turnover", "FigureMissing"), ("Research", "FigureMissing")], Check(Rounds.Terms() with { Intensity = RoundTerms.UsualIntensity }, new FirmFigures(null, null)));

    [Fact]
    public void Everything_that_speaks_against_it_is_said_at_once()
    {
        var terms = Rounds.Terms() with
        {
            OrganizationKinds = [OrganizationKind.University], PerOrganization = 1, PerOffice = 2, Kinds = [NeedKind.Product], Fields = [RoundField.Quantities, RoundField.Money],
        };
        var found = Check(terms, new FirmFigures(null, null), declared: false, places: new RoundPlaces(1, 2), office: true);
        Assert.Equal(
            [("", "RoundNotForYou"), ("", "RoundFullForOrganization"), ("", "RoundFullForOffice"), ("Kind", "RoundKind"), ("Quantities", "RoundAsks"), ("Declared", "RoundNotDeclared")], found);
    }

    [Theory]
    [InlineData("2026-11-24", "2026-11-24", true)]
    [InlineData("2026-11-25", "2026-12-31", false)]
    [InlineData("2026-11-01", "2026-11-23", false)]
    public void A_round_takes_needs_from_its_first_to_its_last_day(string opens, string closes, bool open)
    {
        var found = Check(Rounds.Terms() with { OpensOn = DateOnly.Parse(opens, System.Globalization.CultureInfo.InvariantCulture), ClosesOn = DateOnly.Parse(closes, System.Globalization.CultureInfo.InvariantCulture) }, new FirmFigures(null, null));
        Assert.Equal(open ? [] : [("", "RoundNotOpen")], found);
    }

    [Theory]
    [InlineData(8, null, null)]
    [InlineData(7, null, 7)]
    [InlineData(4, null, 7)]
    [InlineData(4, 7, null)]
    [InlineData(1, 7, 1)]
    [InlineData(0, null, 1)]
    [InlineData(0, 1, null)]
    [InlineData(-1, null, null)]
    public void A_reminder_of_a_round_is_due_once_for_each_day(int left, int? told, int? due)
    {
        var call = new RoundCall(1, 1, TestClock.Start);
        if (told is { } day) call.Remind(day);
        Assert.Equal(due, call.Due(left));
    }

    [Theory]
    [InlineData(15, null, null)]
    [InlineData(14, null, 14)]
    [InlineData(13, 14, null)]
    [InlineData(5, 14, 5)]
    [InlineData(3, null, 5)]
    [InlineData(1, 5, 1)]
    [InlineData(0, 5, 1)]
    [InlineData(0, 1, null)]
    [InlineData(-1, null, null)]
    public void A_reminder_of_an_end_is_due_once_for_each_day(int left, int? told, int? due) => Assert.Equal(due, ExpiryReminder.Due(left, told));

    [Fact]
    public void Terms_that_were_opened_stand()
    {
        var round = new CollectionRound(Rounds.Terms(), 1, TestClock.Start);
        round.Open(TestClock.Start);
        Assert.Throws<InvalidOperationException>(() => round.Change(Rounds.Terms()));
        Assert.Throws<InvalidOperationException>(() => round.Prolong(round.ClosesOn));
        round.Prolong(round.ClosesOn.AddDays(1));
        round.Close(TestClock.Start);
        Assert.False(round.IsOpen(Today));
    }

    private static List<(string, string)> Check(RoundTerms terms, FirmFigures figures, bool declared = true, RoundPlaces? places = null, bool office = false)
    {
        var round = new CollectionRound(terms, 1, TestClock.Start);
        round.Open(TestClock.Start);
        var organization = Organization("91220100MA0TQ001X", OrganizationKind.Enterprise);
        if (office)
        {
            var above = Organization("91220100MA0TQ002X", OrganizationKind.Office);
            typeof(Organization).GetProperty(nameof(Matching.Organizations.Organization.Id))!.SetValue(above, 5);
            organization.PlaceUnder(above);
        }
        return [.. RoundRules.Check(round, organization, Content, figures, declared, places ?? new RoundPlaces(0, 0), Today).Select(p => (p.Field, p.Code))];
    }

    private static Organization Organization(string code, OrganizationKind kind)
    {
        var organization = new Organization("示例单位", kind, code + CreditCode.CheckCharacter(code), "220100", "C28", null, TestClock.Start);
        organization.Verify(1, TestClock.Start);
        return organization;
    }
}
