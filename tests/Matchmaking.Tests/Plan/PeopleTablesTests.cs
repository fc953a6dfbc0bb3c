using System.Net;
using System.Text;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>Experts and trainings of brokers by table: good rows are taken, the others come back with what is wrong in which cell.</summary>
public sealed class PeopleTablesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string kind, string name, byte[] content)
    {
        var page = await client.GetPageAsync($"/staff/registers/{kind}");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("#register-upload [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "upload", name },
        };
        return await client.PostAsync($"/staff/registers/{kind}?handler=Import", form, Cancel);
    }

    [Fact]
    public async Task Experts_with_accounts_are_taken_and_each_fault_is_named_at_its_cell()
    {
        var firm = await app.AddOrganizationAsync(OrganizationKind.Enterprise);
        var bound = await app.AddOrganizationAsync(OrganizationKind.University);
        var fromFirm = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var other = await app.AddUserAsync(Roles.Researcher, bound);
        var wrong = await app.AddUserAsync(Roles.Researcher, bound);
        using var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var table = XlsxWriter.Write([new OutSheet("专家", [new(20)],
        [
            ["专家汇总表（示例）"],
            ["账号邮箱", "技术领域", "来自企业", "合作者", "回避单位"],
            [fromFirm.ToUpperInvariant(), "新材料及其应用；先进制造", "", "示例甲、示例乙", bound.Name],
            [other, "生物、医药和医疗器械", "是", "", bound.CreditCode],
            ["nobody@test.invalid", "农业", "", "", ""],
            [wrong, "炼金术", "也许", "", "没有这家（示例）"],
            [fromFirm, "农业", "", "", ""],
        ])]);
        var answer = await (await UploadAsync(staff, "experts", "专家.xlsx", table)).PageAsync();
        Assert.Contains("登记了2行，3行没有登记", answer.MainText(), StringComparison.Ordinal);
        Assert.Equal(["A5", "B6", "C6", "E6", "A7"], answer.QuerySelectorAll("[data-remark]").Select(r => r.GetAttribute("data-remark")));
        var experts = await app.WithDbAsync(db => db.Experts.Include(e => e.User).AsNoTracking().ToDictionaryAsync(e => e.User.Email!, Cancel));
        Assert.Equal(new[] { fromFirm, other }.Order(StringComparer.Ordinal), experts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([TechnologyField.AdvancedManufacturing, TechnologyField.NewMaterials], experts[fromFirm].Fields.OrderBy(f => f.ToString()));
        Assert.All(experts.Values, e => Assert.True(e.IsFromFirm));
        Assert.Equal(["示例甲", "示例乙"], experts[fromFirm].CoAuthors);
        Assert.Equal([bound.Id], experts[fromFirm].Conflicts);
        Assert.Equal([TechnologyField.BioMedicine], experts[other].Fields);
    }

    [Fact]
    public async Task Trainings_of_brokers_are_taken_once_and_count()
    {
        var broker = await app.AddUserAsync(Roles.Broker);
        var member = await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync());
        using var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var table = Encoding.UTF8.GetBytes($"账号邮箱,培训名称,培训日期,学时\n{broker},技术经纪人中级培训（示例）,2025-06-30,40\n{broker},技术经纪人中级培训（示例）,2025-06-30,40\n{member},培训（示例）,2025-06-30,8\n{broker},培训（示例）,2125-06-30,很多\n");
        var answer = await (await UploadAsync(staff, "trainings", "培训.csv", table)).PageAsync();
        Assert.Equal(["B3", "A4", "C5", "D5"], answer.QuerySelectorAll("[data-remark]").Select(r => r.GetAttribute("data-remark")));
        Assert.Equal([("技术经纪人中级培训（示例）", 40)], await app.WithDbAsync(async db => (await db.BrokerProfiles.SelectMany(p => p.Trainings).Select(t => new { t.Title, t.Hours }).ToListAsync(Cancel)).ConvertAll(t => (t.Title, t.Hours))));
        Assert.Contains("技术经纪人中级培训（示例）", (await staff.GetPageAsync($"/staff/brokers/{await app.WithDbAsync(db => db.Users.Where(u => u.Email == broker).Select(u => u.Id).SingleAsync(Cancel))}")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_or_has_no_head_is_refused_with_the_reason_and_others_have_no_page()
    {
        using var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        foreach (var (name, content, says) in new[] { ("表.csv", "一,二\n三,四\n", "没有找到表头"), ("表.xlsx", "not a zip", "表.xlsx") })
        {
            var answer = await UploadAsync(staff, "experts", name, Encoding.UTF8.GetBytes(content));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(says, (await answer.PageAsync()).QuerySelector("#upload-error")!.TextContent, StringComparison.Ordinal);
        }
        var template = await staff.GetByteArrayAsync("/staff/registers/trainings?handler=Template", Cancel);
        Assert.Contains("没有登记", (await (await UploadAsync(staff, "trainings", "空表.xlsx", template)).PageAsync()).MainText(), StringComparison.Ordinal);
        using var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        Assert.NotEqual(HttpStatusCode.OK, (await broker.GetAsync("/staff/registers/experts", Cancel)).StatusCode);
    }
}
