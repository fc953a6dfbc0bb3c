using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Writing;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Writing;

/// <summary>Help for the second need: field, industry and keywords from the text, the usual answers of the organisation, a copy of an earlier record, an example of the trade.</summary>
public sealed class SuggestionsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static List<SuggestionExample> Samples()
    {
        var files = new SampleFiles(Repository.Path("samples"));
        return [.. files.Needs().Concat(files.Achievements()).Select(r => r.Content)
            .Select(c => new SuggestionExample(string.Join('\n', c.Title, c.Summary, c.Description), c.Field?.ToString() ?? "", c.Industry, c.Keywords))];
    }

    // Measured: benchmarks -- suggest. The bounds lie below what is measured and far above the most frequent class (field 0.193, industry 0.121).
    [Fact]
    public void Field_and_industry_of_a_left_out_sample_are_mostly_right()
    {
        var samples = Samples();
        var suggester = Suggester.Learn(samples);
        var answers = samples.Select((e, i) => (Own: e, Got: suggester.Suggest(e.Text, i))).ToList();

        Assert.True(answers.Count(a => a.Got.Field == a.Own.Field) >= 0.6 * samples.Count);
        Assert.True(answers.Count(a => a.Got.Industry == a.Own.Industry) >= 0.4 * samples.Count);
        Assert.All(answers, a => Assert.All(a.Got.Keywords, k => Assert.Contains(k, a.Own.Text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void With_few_listings_or_nothing_to_go_by_nothing_is_suggested()
    {
        var samples = Samples();

        Assert.Equal(Suggestion.None, Suggester.Learn(samples.Take(Suggester.LeastExamples - 1)).Suggest(samples[0].Text));
        var empty = Suggester.Learn(samples).Suggest("");
        Assert.Equal((null, null, 0), (empty.Field, empty.Industry, empty.Keywords.Count));
    }

    [Fact]
    public async Task The_api_suggests_from_published_listings_and_refuses_bad_input()
    {
        var client = app.CreateClient();

        var none = await client.PostAsJsonAsync("/api/v1/suggest", new { title = "锂电池低温快充" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
        using var broken = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/api/v1/suggest", broken, Cancel)).StatusCode);
        Assert.Equal(JsonValueKind.Array, (await none.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("keywords").ValueKind);
    }

    [Fact]
    public async Task A_new_form_starts_with_what_the_organisation_usually_answers()
    {
        var organization = await app.AddOrganizationAsync();
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        await client.SaveAsync("/my/needs/new", ListingForms.Need());

        var form = await client.GetPageAsync("/my/needs/new");

        Assert.Equal(("220200", "C28", "NewMaterials"), (form.Value("Input.Region"), form.Value("Input.Industry"), form.Value("Input.Field")));
        Assert.Equal(("联系人乙（示例）", "0432-0000000", "owner@test.invalid"), (form.Value("Input.ContactName"), form.Value("Input.ContactPhone"), form.Value("Input.ContactMail")));
        Assert.Equal(["JointDevelopment", "CommissionedDevelopment"], form.QuerySelectorAll("[name='Input.Cooperation'][checked]").Select(e => e.GetAttribute("value")!));
        Assert.Equal("", form.Value("Input.Title"));
    }

    [Fact]
    public async Task A_colleagues_contact_is_not_taken_over()
    {
        var organization = await app.AddOrganizationAsync();
        var first = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        await first.SaveAsync("/my/needs/new", ListingForms.Need());
        var second = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        await app.WithDbAsync(db => db.Users.Where(u => u.OrganizationId == organization.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Membership, Membership.Member)));

        var form = await second.GetPageAsync("/my/needs/new");

        Assert.Equal("C28", form.Value("Input.Industry"));
        Assert.NotEqual("联系人乙（示例）", form.Value("Input.ContactName"));
    }

    [Fact]
    public async Task An_earlier_record_can_be_copied_but_only_ones_own_and_without_its_dates()
    {
        var organization = await app.AddOrganizationAsync();
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var need = await app.PublishNeedAsync(organization);
        var foreign = await app.PublishNeedAsync();
        var view = await client.GetPageAsync($"/my/needs/{need.Id}/view");
        var link = view.QuerySelector("a[href*='?from=']")!.GetAttribute("href")!;

        var copy = await client.GetPageAsync(link);
        Assert.Equal((need.Title, need.Description), (copy.Value("Input.Title"), copy.Value("Input.Description")));
        Assert.Equal(("", ""), (copy.Value("Input.Deadline"), copy.Value("Input.ValidUntil")));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/my/needs/new?from={foreign.Id}", Cancel)).StatusCode);
        var saved = await client.SaveAsync(link, new() { ["Input.Title"] = "抄来改的" });

        Assert.NotEqual(need.Id, saved.Id());
        Assert.Equal(need.Title, await app.WithDbAsync(db => db.Listings.Where(l => l.Id == need.Id).Select(l => l.Title).SingleAsync()));
    }

    [Fact]
    public async Task The_form_shows_an_example_of_the_organisations_trade()
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));

        Assert.Contains(WorkedExamples.Of("C28")!.Title, (await client.GetPageAsync("/my/needs/new")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_are_what_the_checker_wants_to_see()
    {
        var linter = new Matching.Text.NeedLinter(new Matching.Text.WordList(Repository.Path("writing", "forbidden-words.txt")), new Matching.Text.WordList(Repository.Path("writing", "brands.txt")));

        Assert.All(WorkedExamples.All, example => Assert.Empty(linter.Check(new Matching.Text.LintDraft
        {
            Title = example.Title, Summary = example.Summary, Description = example.Description, HasDeadline = true, HasBudget = true, Anonymous = true,
        }, Matching.Text.VaguenessScale.Shipped)));
        Assert.All(WorkedExamples.All, example => Assert.All(example.Industries, industry => Assert.Contains(industry, CodeLists.Industries)));
    }
}
