using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

/// <summary>The fields of the offices' own forms: consent ticks, payment and reward of a need; level, attribute, scale, rights and identified inventors of an achievement.</summary>
public sealed class CompleteRecordsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static Dictionary<string, string> Achievement() => new(ListingForms.Achievement())
    {
        ["Input.Payment"] = "EntryFeeAndRoyalty", ["Input.Rights"] = "CN201310699744.2\n2023SR0123456", ["Input.Level"] = "DomesticLeading", ["Input.Attribute"] = "Original",
        ["Input.Scale"] = "Gbt22900", ["Input.Inventors"] = "某甲 0000-0002-1825-0097、某乙",
    };

    [Fact]
    public async Task A_need_keeps_its_consents_payment_and_reward()
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var fields = new Dictionary<string, string>(ListingForms.Need())
        {
            ["Input.Payment"] = "Instalments", ["Input.Reward"] = "5", ["Input.Openness"] = "Partly", ["Input.Consents[]"] = "ExpertService\nSelection",
        };

        var id = (await client.SaveAsync("/my/needs/new", fields)).Id();

        var need = await app.WithDbAsync(db => db.Needs.AsNoTracking().SingleAsync(n => n.Id == id));
        Assert.Equal((PaymentMode.Instalments, 5m, Openness.Partly), (need.Payment!.Value, need.Reward!.Value, need.Openness!.Value));
        Assert.Equal([NeedConsent.ExpertService, NeedConsent.Selection], need.Consents);
        var form = await client.GetPageAsync($"/my/needs/{id}");
        Assert.Equal(("Instalments", "5", "Partly"), (form.Value("Input.Payment"), form.Value("Input.Reward"), form.Value("Input.Openness")));
        Assert.Equal(2, form.QuerySelectorAll("[name='Input.Consents'][checked]").Length);
    }

    [Fact]
    public async Task An_achievement_shows_its_rights_with_what_they_are()
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));

        var id = (await client.SaveAsync("/my/achievements/new", Achievement())).Id();

        var page = (await client.GetPageAsync($"/my/achievements/{id}/view")).MainText();
        Assert.Contains("CN201310699744.2（发明专利，申请中）", page, StringComparison.Ordinal);
        Assert.Contains("2023SR0123456（计算机软件著作权，已登记）", page, StringComparison.Ordinal);
        Assert.All(new[] { "国内领先", "原始性创新", "GB/T 22900-2009", "入门费加提成", "0000-0002-1825-0097" }, word => Assert.Contains(word, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost()
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        var fields = Achievement();
        fields["Input.Rights"] = "CN201310699744.2\nZL201310699744.3";
        fields["Input.Inventors"] = "某甲 0000-0002-1825-0098";

        var response = await client.SaveAsync("/my/achievements/new", fields);
        var page = await response.PageAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.NotNull(page.QuerySelector(".errors a[href='#Input_Rights']"));
        Assert.NotNull(page.QuerySelector(".errors a[href='#Input_Inventors']"));
        Assert.Equal(fields["Input.Rights"], page.Value("Input.Rights").ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_proposal_carries_the_fields_and_publishing_brings_them_to_the_record()
    {
        var organization = await app.AddOrganizationAsync(OrganizationKind.University);
        var achievement = await app.PublishAchievementAsync(organization);
        var content = app.AchievementContent() with { Level = EvaluationLevel.DomesticAdvanced, Rights = ["2023SR0123456"], Payment = PaymentMode.Royalty };
        await app.WithDbAsync(async db =>
        {
            var stored = await db.Achievements.Include(a => a.Revisions).Include(a => a.Attachments).SingleAsync(a => a.Id == achievement.Id);
            stored.Propose(content, Contact.Empty, 0, app.Clock.Now);
            await db.SaveChangesAsync();
            stored.PublishRevision(0, app.Clock.Now);
            await db.SaveChangesAsync();
        });

        var now = await app.WithDbAsync(db => db.Achievements.AsNoTracking().SingleAsync(a => a.Id == achievement.Id));
        Assert.Equal((EvaluationLevel.DomesticAdvanced, PaymentMode.Royalty), (now.Level!.Value, now.Payment!.Value));
        Assert.Equal(["2023SR0123456"], now.Rights);
    }

    [Fact]
    public async Task The_rights_of_an_anonymous_owner_are_not_public()
    {
        var achievement = await app.PublishAchievementAsync(content: app.AchievementContent("匿名成果的权利") with { Disclosure = Disclosure.Anonymous, Rights = ["2023SR0123456"], Inventors = "某甲" });

        var page = (await app.CreateClient().GetPageAsync($"/achievements/{achievement.Number}")).MainText();

        Assert.DoesNotContain("2023SR0123456", page, StringComparison.Ordinal);
        Assert.DoesNotContain("某甲", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_written_before_there_were_these_fields_is_still_read()
    {
        var old = System.Text.Json.JsonSerializer.Deserialize<NeedContent>("{\"Title\":\"旧修订\",\"Cooperation\":[]}", Revision.Json)!;

        Assert.Equal(("旧修订", 0, null), (old.Title, old.Consents.Count, (PaymentMode?)old.Payment));
    }
}
