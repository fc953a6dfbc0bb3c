using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Authorization;

namespace Matchmaking.Tests.Cases;

public sealed class LayersTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Part, disclosure → the nearest layer from which it shows; written by hand.
    [Theory]
    [InlineData(ListingPart.Owner, Disclosure.Named, ReaderLayer.Public)]
    [InlineData(ListingPart.Owner, Disclosure.Members, ReaderLayer.Member)]
    [InlineData(ListingPart.Owner, Disclosure.Anonymous, ReaderLayer.Named)]
    [InlineData(ListingPart.Files, Disclosure.Named, ReaderLayer.Public)]
    [InlineData(ListingPart.Files, Disclosure.Members, ReaderLayer.Member)]
    [InlineData(ListingPart.Files, Disclosure.Anonymous, ReaderLayer.Named)]
    [InlineData(ListingPart.UnreleasedFiles, Disclosure.Named, ReaderLayer.Inside)]
    [InlineData(ListingPart.UnreleasedFiles, Disclosure.Members, ReaderLayer.Inside)]
    [InlineData(ListingPart.UnreleasedFiles, Disclosure.Anonymous, ReaderLayer.Inside)]
    [InlineData(ListingPart.Contact, Disclosure.Named, ReaderLayer.Named)]
    [InlineData(ListingPart.Contact, Disclosure.Members, ReaderLayer.Named)]
    [InlineData(ListingPart.Contact, Disclosure.Anonymous, ReaderLayer.Named)]
    public void A_part_shows_from_its_layer_on(ListingPart part, Disclosure disclosure, ReaderLayer from) =>
        Assert.All(Enum.GetValues<ReaderLayer>(), reader => Assert.Equal(reader >= from, Layers.Shows(part, reader, disclosure)));

    [Fact]
    public async Task A_name_for_members_is_read_by_members_of_verified_organisations_only()
    {
        const string name = "只对成员材料（示例）";
        var need = await app.PublishNeedAsync(await app.AddOrganizationAsync(name: name), app.NeedContent() with { Disclosure = Disclosure.Members });
        async Task<string> ReadAsync(string? email, string address) => await (await app.CreateClientForAsync(email)).GetStringAsync(address, Cancel);
        var page = $"/needs/{need.Number}";

        Assert.Contains(name, await ReadAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)), page), StringComparison.Ordinal);
        foreach (var reader in new string?[] { null, await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University, verified: false)), await app.AddUserAsync(Roles.Researcher) })
            Assert.DoesNotContain("只对成员", await ReadAsync(reader, page), StringComparison.Ordinal);
        foreach (var door in new[] { "/needs", $"/api/v1/needs/{need.Number}", "/" })
            Assert.DoesNotContain("只对成员", await ReadAsync(null, door), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_owner_is_called_the_same_on_the_card_and_on_the_page()
    {
        const string words = "长春市，电气机械和器材制造业企业（匿名）";
        var need = await app.PublishNeedAsync(null, app.NeedContent() with { Disclosure = Disclosure.Anonymous });
        await app.RunJobAsync<Matchmaking.Jobs.IndexListings>(job => job.RunAsync(Cancel));
        var reader = await app.CreateClientForAsync(null);

        Assert.Contains(words, (await reader.GetPageAsync("/needs")).MainText(), StringComparison.Ordinal);
        Assert.Contains(words, (await reader.GetPageAsync($"/needs/{need.Number}")).MainText(), StringComparison.Ordinal);
    }
}
