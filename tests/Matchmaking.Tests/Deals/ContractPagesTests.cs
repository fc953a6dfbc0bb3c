using System.Net;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using Matchmaking.Jobs;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Deals;

/// <summary>A contract as people enter, sign, hand in and register it; and who sees it.</summary>
public sealed class ContractPagesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(HttpClient Broker, Organization Firm, Organization University, Need Need, Achievement Achievement)> PairAsync()
    {
        var firm = await app.AddOrganizationAsync();
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var need = await app.PublishNeedAsync(firm, app.NeedContent() with { Cooperation = [CooperationMode.Licence], Money = 120 });
        var achievement = await app.PublishAchievementAsync(university, app.AchievementContent() with { Cooperation = [CooperationMode.Licence] });
        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker, await app.AddOrganizationAsync(OrganizationKind.Agency)));
        return (broker, firm, university, need, achievement);
    }

    private Dictionary<string, string> Fields(string day) => new()
    {
        ["Input.Title"] = "脉冲自加热专利许可（示例）", ["Input.TotalAmount"] = "１２０", ["Input.TechnologyAmount"] = "100", ["Input.Differences[]"] = "Equipment",
        ["Input.Payment"] = "LumpSum", ["Input.Ownership"] = "Seller", ["Input.Goal"] = "Industry", ["Input.Source"] = "None", ["Input.SignedOn"] = day, ["Input.ValidFrom"] = day,
        ["Input.ValidUntil"] = "2029年12月31日", ["Input.ExpectedInput"] = "300", ["Input.ExpectedOutput"] = "2,000", ["Input.Parties[0].Nature"] = "150",
    };

    private async Task<int> EnterAsync(HttpClient broker, Need need, Achievement achievement)
    {
        var day = app.Clock.Now.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var response = await broker.PostFormAsync($"/contracts/new?need={need.Number}&achievement={achievement.Number}", Fields(day));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return int.Parse(response.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<Contract> ReadAsync(int id) => app.WithDbAsync(db => db.Contracts.AsNoTracking().Include(c => c.Parties).Include(c => c.FollowUps).Include(c => c.Achievements).SingleAsync(c => c.Id == id, Cancel));

    private static async Task PressAsync(HttpClient client, int id, string handler, Dictionary<string, string> fields) =>
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormAsync($"/contracts/{id}", fields, $"form[action*='handler={handler}']")).StatusCode);

    [Fact]
    public async Task A_contract_goes_from_the_suggested_kind_to_its_registration()
    {
        var (broker, firm, university, need, achievement) = await PairAsync();
        var form = await broker.GetPageAsync($"/contracts/new?need={need.Number}&achievement={achievement.Number}");
        Assert.Contains("供需双方都希望", form.MainText(), StringComparison.Ordinal);
        var id = await EnterAsync(broker, need, achievement);
        var contract = await ReadAsync(id);
        Assert.Equal((ContractKind.Licence, ContractSubKind.PatentLicence, 120m, 100m), (contract.Kind, contract.SubKind, contract.TotalAmount, contract.TechnologyAmount));
        Assert.Equal([firm.Id, university.Id], contract.Parties.OrderBy(p => p.Side).Select(p => p.OrganizationId!.Value));
        Assert.Equal(need.Id, contract.NeedId);
        Assert.Equal([achievement.Id], contract.Achievements.Select(a => a.AchievementId));

        await PressAsync(broker, id, "Sign", []);
        var today = app.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await PressAsync(broker, id, "Submit", new() { ["Input.On"] = today });
        var submitted = await ReadAsync(id);
        Assert.Equal(15, new Matching.Operations.WorkingDays().Between(submitted.SubmittedOn!.Value, submitted.DecisionDue!.Value));
        await PressAsync(broker, id, "Register", new() { ["Input.Number"] = "２０２６２２０１０００１２３４５", ["Input.On"] = today });
        var registered = await ReadAsync(id);
        Assert.Equal((ContractState.Registered, "2026220100012345"), (registered.State, registered.RegistrationNumber));
        Assert.Equal(["contract.create", "contract.sign", "contract.submit", "contract.register"], await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == $"contract:{id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Cancel)));

        // Somebody else's contract cannot take the same number.
        var other = await EnterAsync(broker, need, achievement);
        await PressAsync(broker, other, "Sign", []);
        await PressAsync(broker, other, "Submit", new() { ["Input.On"] = today });
        var refused = await broker.PostFormAsync($"/contracts/{other}", new() { ["Input.Number"] = "2026220100012345", ["Input.On"] = today }, "form[action*='handler=Register']");
        Assert.Contains("已经用于另一份合同", (await refused.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(ContractState.Submitted, (await ReadAsync(other)).State);
    }

    [Fact]
    public async Task Wrong_input_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        var (broker, _, _, need, achievement) = await PairAsync();
        var fields = Fields("去年秋天");
        fields["Input.TotalAmount"] = "1200000";
        fields["Input.Parties[0].CreditCode"] = "91350100M000100Y4Z";
        var page = await (await broker.PostFormAsync($"/contracts/new?need={need.Number}&achievement={achievement.Number}", fields)).PageAsync();
        var text = page.MainText();
        Assert.Contains("“去年秋天”不是日期", text, StringComparison.Ordinal);
        Assert.Contains("请核对单位是否为万元", text, StringComparison.Ordinal);
        Assert.Equal("去年秋天", page.QuerySelector("[name='Input.SignedOn']")!.GetAttribute("value"));
        Assert.Equal("91350100M000100Y4Z", page.QuerySelector("[name='Input.Parties[0].CreditCode']")!.GetAttribute("value"));
        Assert.Equal("脉冲自加热专利许可（示例）", page.QuerySelector("[name='Input.Title']")!.GetAttribute("value"));
        Assert.False(await app.WithDbAsync(db => db.Contracts.AnyAsync(c => c.NeedId == need.Id, Cancel)));

        fields["Input.SignedOn"] = fields["Input.ValidFrom"] = "2026-01-05";
        fields["Input.TotalAmount"] = "120";
        page = await (await broker.PostFormAsync($"/contracts/new?need={need.Number}&achievement={achievement.Number}", fields)).PageAsync();
        Assert.Contains("校验位不对", page.MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_overtaken_is_told_and_a_double_click_makes_one()
    {
        var (broker, _, _, need, achievement) = await PairAsync();
        var id = await EnterAsync(broker, need, achievement);
        var old = await broker.GetPageAsync($"/contracts/{id}");
        await PressAsync(broker, id, "Sign", []);
        var late = await broker.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)old.QuerySelector("form[action*='handler=Sign']")!, $"/contracts/{id}", []);
        Assert.Contains("已被别人处理或修改", (await late.PageAsync()).MainText(), StringComparison.Ordinal);

        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await broker.GetPageAsync($"/contracts/new?need={need.Number}")).QuerySelector("main form[method=post]")!;
        var first = await broker.SendFormAsync(form, "/contracts/new", new() { ["Input.Title"] = "双击（示例）" });
        var second = await broker.SendFormAsync(form, "/contracts/new", new() { ["Input.Title"] = "双击（示例）" });
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await app.WithDbAsync(db => db.Contracts.CountAsync(c => c.Title == "双击（示例）", Cancel)));
    }

    [Fact]
    public async Task The_parties_read_it_once_it_is_signed_and_nobody_else_does()
    {
        var (broker, firm, university, need, achievement) = await PairAsync();
        var id = await EnterAsync(broker, need, achievement);
        var buyer = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        var seller = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, university));
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var otherBroker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker, await app.AddOrganizationAsync(OrganizationKind.Agency)));
        string[] doors = [$"/contracts/{id}", $"/contracts/{id}/registration.docx", $"/contracts/{id}/registration.json"];
        foreach (var door in doors) Assert.Equal(HttpStatusCode.NotFound, (await buyer.GetAsync(door, Cancel)).StatusCode);
        await PressAsync(broker, id, "Sign", []);
        foreach (var door in doors)
        {
            Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync(door, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await seller.GetAsync(door, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(door, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await otherBroker.GetAsync(door, Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.GetAsync($"/contracts/{id}/edit", Cancel)).StatusCode);
        Assert.Null((await buyer.GetPageAsync($"/contracts/{id}")).QuerySelector("form[action*='handler=Submit']"));
        Assert.DoesNotContain("脉冲自加热专利许可", (await stranger.GetPageAsync("/contracts?show=all")).MainText(), StringComparison.Ordinal);
        Assert.Contains("脉冲自加热专利许可", (await seller.GetPageAsync("/contracts")).MainText(), StringComparison.Ordinal);
        Assert.True(await app.WithDbAsync(db => db.Notices.AnyAsync(n => n.Kind == NoticeKind.ContractSigned && n.Link == $"/contracts/{id}", Cancel)));
    }

    [Fact]
    public async Task An_anonymous_owner_is_not_named_by_the_form_of_a_stranger()
    {
        var hidden = await app.AddOrganizationAsync(name: "合同里藏着的公司（示例）");
        var need = await app.PublishNeedAsync(hidden, app.NeedContent() with { Disclosure = Disclosure.Anonymous });
        var draft = await app.AddDraftAsync(hidden, app.NeedContent("未公开的需求标题"));
        var researcher = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        var page = await (await researcher.GetAsync($"/contracts/new?need={need.Number}", Cancel)).Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("合同里藏着的", page, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.CreditCode, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await researcher.GetAsync($"/contracts/proof/{draft.Id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await researcher.GetAsync($"/contracts/proof/{need.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_registration_file_opens_and_says_what_is_missing()
    {
        var (broker, _, _, need, achievement) = await PairAsync();
        var response = await broker.PostFormAsync($"/contracts/new?need={need.Number}&achievement={achievement.Number}", new() { ["Input.Title"] = "缺项合同（示例）", ["Input.TotalAmount"] = "80.5", ["Input.TechnologyAmount"] = "80.5" });
        var id = int.Parse(response.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        using var json = JsonDocument.Parse(await broker.GetByteArrayAsync($"/contracts/{id}/registration.json", Cancel));
        Assert.Equal("XK", json.RootElement.GetProperty("kindCode").GetString());
        Assert.Equal(80.5m, json.RootElement.GetProperty("totalAmount").GetDecimal());
        var missing = json.RootElement.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ToList();
        Assert.Equal(["Parties.Buyer", "Goal", "Source", "Ownership", "ValidFrom", "ValidUntil", "ExpectedInput", "ExpectedOutput"], missing);
        using var word = WordprocessingDocument.Open(new MemoryStream(await broker.GetByteArrayAsync($"/contracts/{id}/registration.docx", Cancel)), false);
        var text = word.MainDocumentPart!.Document!.InnerText;
        Assert.Contains("缺项合同（示例）", text, StringComparison.Ordinal);
        Assert.Contains("80.5万元", text, StringComparison.Ordinal);
        Assert.Contains("待填", text, StringComparison.Ordinal);
        // What is missing is named and not handed in.
        await PressFails(broker, id);
    }

    private static async Task PressFails(HttpClient broker, int id)
    {
        var page = await (await broker.PostFormAsync($"/contracts/{id}", [], "form[action*='handler=Sign']")).PageAsync();
        Assert.Contains("请填写付款方式", page.MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parties_are_asked_once_what_became_of_it_and_answer_once()
    {
        var (broker, firm, _, need, achievement) = await PairAsync();
        var member = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var id = await EnterAsync(broker, need, achievement);
        await PressAsync(broker, id, "Sign", []);
        app.Clock.Now = app.Clock.Now.AddMonths(7);
        for (var i = 0; i < 2; i++) await app.RunJobAsync<AskFollowUps>(job => job.RunAsync(Cancel));
        Assert.Equal(1, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.ContractFollowUp && n.Link == $"/contracts/{id}" && db.Users.Any(u => u.Id == n.UserId && u.Email == member), Cancel)));
        var buyer = await app.CreateClientForAsync(member);
        var wrong = await buyer.PostFormAsync($"/contracts/{id}", new() { ["Input.Output"] = "-5", ["Input.Sales"] = "很多", ["Input.Jobs"] = "" }, "form[action*='handler=FollowUp']");
        var told = (await wrong.PageAsync()).MainText();
        Assert.Contains("“很多”不是数字", told, StringComparison.Ordinal);
        Assert.Contains("请填写新增就业", told, StringComparison.Ordinal);
        await PressAsync(buyer, id, "FollowUp", new() { ["Input.Output"] = "500", ["Input.Sales"] = "320.5", ["Input.Jobs"] = "12", ["Input.NextContract"] = "true", ["Input.Remark"] = "已批量装车" });
        var followUp = (await ReadAsync(id)).FollowUps.Single(f => f.AfterMonths == 6);
        Assert.Equal((500m, 320.5m, 12, true), (followUp.Output!.Value, followUp.Sales!.Value, followUp.Jobs!.Value, followUp.NextContract!.Value));
        // The next one is not due yet, so there is nothing to answer.
        Assert.Null((await buyer.GetPageAsync($"/contracts/{id}")).QuerySelector("form[action*='handler=FollowUp']"));
        app.Clock.Now = app.Clock.Now.AddMonths(-7);
    }

    [Fact]
    public async Task A_need_is_shown_solved_by_a_proof_that_staff_accept()
    {
        var (broker, firm, _, need, _) = await PairAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff, await app.AddOrganizationAsync(OrganizationKind.Office)));
        Assert.Equal(HttpStatusCode.NotFound, (await broker.GetAsync($"/contracts/proof/{need.Id}", Cancel)).StatusCode);
        var without = await owner.PostFormAsync($"/contracts/proof/{need.Id}", new() { ["Input.ProofKind"] = "Letter", ["Input.Text"] = "示例大学解决了快充问题" });
        Assert.Contains("请选择证明文件", (await without.PageAsync()).MainText(), StringComparison.Ordinal);
        var registered = await owner.PostFormAsync($"/contracts/proof/{need.Id}", new() { ["Input.ProofKind"] = "RegisteredContract", ["Input.Contract"] = "999999", ["Input.Text"] = "别人的合同" });
        Assert.Contains("不是这项需求下已登记的合同", (await registered.PageAsync()).MainText(), StringComparison.Ordinal);

        var page = await owner.GetPageAsync($"/contracts/proof/{need.Id}");
        using var body = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("AcceptanceDocument"), "Input.ProofKind" }, { new StringContent("示例大学解决了快充问题"), "Input.Text" },
            { new ByteArrayContent("%PDF-1.7\n验收"u8.ToArray()), "upload", "验收.pdf" },
        };
        Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync($"/contracts/proof/{need.Id}", body, Cancel)).StatusCode);
        Assert.Contains("示例大学解决了快充问题", (await staff.GetPageAsync("/staff/proofs")).MainText(), StringComparison.Ordinal);
        var proof = await app.WithDbAsync(db => db.SolutionProofs.SingleAsync(p => p.NeedId == need.Id, Cancel));
        var file = await staff.GetAsync($"/staff/proofs?handler=File&id={proof.Id}", Cancel);
        Assert.StartsWith("%PDF", await file.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var refused = await staff.PostFormAsync("/staff/proofs", new() { ["act"] = "refuse" }, $"form:has(#reasons-{proof.Id})");
        Assert.Contains("请填写原因", (await refused.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/proofs", new() { ["act"] = "accept" }, $"form:has(#reasons-{proof.Id})")).StatusCode);
        Assert.Equal(ProofState.Accepted, await app.WithDbAsync(db => db.SolutionProofs.Where(p => p.Id == proof.Id).Select(p => p.State).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task An_agreed_price_is_public_and_takes_objections_while_its_days_run()
    {
        var achievement = await app.PublishAchievementAsync(null, app.AchievementContent("职务成果一件（示例）") with { Flags = [AchievementFlag.ServiceAchievement] });
        var other = await app.PublishAchievementAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff, await app.AddOrganizationAsync(OrganizationKind.Office)));
        var fields = new Dictionary<string, string> { ["Input.Achievement"] = other.Number!, ["Input.Mode"] = "Licence", ["Input.Price"] = "80", ["Input.Taker"] = "示例受让公司" };
        Assert.Contains("没有标为职务成果", (await (await staff.PostFormAsync("/staff/price-notices", fields, "form[action*='handler=Add']")).PageAsync()).MainText(), StringComparison.Ordinal);
        fields["Input.Achievement"] = achievement.Number!;
        fields["Input.Until"] = app.Clock.Now.AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("公示期应为15至90天", (await (await staff.PostFormAsync("/staff/price-notices", fields, "form[action*='handler=Add']")).PageAsync()).MainText(), StringComparison.Ordinal);
        fields.Remove("Input.Until");
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/price-notices", fields, "form[action*='handler=Add']")).StatusCode);
        var id = await app.WithDbAsync(db => db.PriceNotices.Where(n => n.AchievementId == achievement.Id).Select(n => n.Id).SingleAsync(Cancel));

        var reader = await app.CreateClientForAsync(null);
        Assert.Contains("职务成果一件", (await reader.GetPageAsync("/price-notices")).MainText(), StringComparison.Ordinal);
        app.Clock.Now = app.Clock.Now.AddDays(2);
        Assert.Contains("请填写姓名或单位", (await (await reader.PostFormAsync($"/price-notices/{id}", new() { ["Input.Objection"] = "价格偏低" })).PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await reader.PostFormAsync($"/price-notices/{id}", new() { ["Input.ObjectorName"] = "异议人甲（示例）", ["Input.ObjectorContact"] = "objector@test.invalid", ["Input.Objection"] = "价格偏低" })).StatusCode);
        var page = (await reader.GetPageAsync($"/price-notices/{id}")).MainText();
        Assert.Contains("价格偏低", page, StringComparison.Ordinal);
        Assert.DoesNotContain("异议人甲", page, StringComparison.Ordinal);
        Assert.DoesNotContain("objector@test.invalid", page, StringComparison.Ordinal);

        app.Clock.Now = app.Clock.Now.AddDays(20);
        staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff, await app.AddOrganizationAsync(OrganizationKind.Office)));
        await app.RunJobAsync<AskFollowUps>(job => job.RunAsync(Cancel));
        Assert.Equal(PriceNoticeState.Running, await StateOfAsync(id));
        Assert.Null((await reader.GetPageAsync($"/price-notices/{id}")).QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/price-notices", new() { ["answer"] = "已重新评估" }, "form[action*='handler=Answer']")).StatusCode);
        await app.RunJobAsync<AskFollowUps>(job => job.RunAsync(Cancel));
        Assert.Equal(PriceNoticeState.Closed, await StateOfAsync(id));
        Assert.Contains("已重新评估", (await reader.GetPageAsync($"/price-notices/{id}")).MainText(), StringComparison.Ordinal);
        app.Clock.Now = app.Clock.Now.AddDays(-22);
    }

    private Task<PriceNoticeState> StateOfAsync(int id) => app.WithDbAsync(db => db.PriceNotices.Where(n => n.Id == id).Select(n => n.State).SingleAsync(Cancel));
}
