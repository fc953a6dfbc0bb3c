using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.PersonalData;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Notices;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.PersonalData;

/// <summary>What is held about a person, taken along, corrected, deleted: by planted values that must be in the one and nowhere in the other.</summary>
public sealed class OwnDataTests : IAsyncLifetime
{
    private const string Name = "瞿特殊（示例）";
    private const string Phone = "0999-7654321";
    private const string Mail = "planted-person@test.invalid";
    private readonly MatchmakingApplication app = new();
    private Organization firm = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        firm = await app.AddOrganizationAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_export_holds_every_part_for_programs_and_for_reading_and_nothing_of_anybody_else()
    {
        var (planted, _) = await PlantAsync(colleague: true);
        var client = await app.CreateClientForAsync(planted);

        var (json, html, text) = await ExportAsync(client);

        var parts = json.RootElement.GetProperty("parts");
        var keys = app.Services.GetServices<PersonalDataPart>().Select(p => p.Key).ToList();
        Assert.Equal(keys.Order(), parts.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(["Account", "Audit", "Cases", "Contacts", "Contracts", "Grades", "Membership", "Notices", "Reporting", "Scoring", "Steps", "Subscriptions"], keys.Order());
        Assert.All(parts.EnumerateObject(), part => Assert.True(part.Value.GetArrayLength() > 0, $"{part.Name} is empty."));
        foreach (var value in new[] { Name, Phone, Mail, "评级的理由", "植入的搜索", "告诉他的事" })
        {
            Assert.Contains(value, text, StringComparison.Ordinal);
            Assert.Contains(value, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        }
        // Every part and field has its words.
        Assert.DoesNotMatch(@"(Part|Keeps|Field)\.[A-Z]", html);
        Assert.True(await app.WithDbAsync(db => db.AuditEntries.AnyAsync(e => e.Action == "data.export", Cancel)));

        var other = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        var (_, otherHtml, otherText) = await ExportAsync(other);
        foreach (var value in new[] { Name, Phone, Mail, "瞿特殊" }) Assert.DoesNotContain(value, otherText + WebUtility.HtmlDecode(otherHtml) + (await other.GetPageAsync("/account/data")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_deletion_no_table_holds_name_mail_or_phone_and_numbers_stay()
    {
        var (planted, need) = await PlantAsync(colleague: true);
        var id = await app.UserIdAsync(planted);
        Assert.NotEmpty(await HoldingAsync());
        var client = await app.CreateClientForAsync(planted);

        var wrong = await client.PostFormAsync("/account/data", new() { ["Input.Password"] = "not-the-one-1", ["Input.Sure"] = "yes", ["Input.ContactName"] = "接替者（示例）", ["Input.ContactMail"] = "next@test.invalid" }, form: "form[data-form=delete]");
        var page = await wrong.PageAsync();
        Assert.Contains("密码不对", page.Errors(), StringComparison.Ordinal);
        Assert.Equal("接替者（示例）", page.Value("Input.ContactName"));
        var unsure = await client.PostFormAsync("/account/data", new() { ["Input.Password"] = MatchmakingApplication.Password }, form: "form[data-form=delete]");
        Assert.Contains("请先勾选确认", (await unsure.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.NotEmpty(await HoldingAsync());

        var done = await client.PostFormAsync("/account/data", new() { ["Input.Password"] = MatchmakingApplication.Password, ["Input.Sure"] = "yes" }, form: "form[data-form=delete]");

        Assert.Equal("/account/deleted", done.Headers.Location?.OriginalString);
        Assert.Empty(await HoldingAsync());
        Assert.Contains("您的数据已删除", (await client.GetPageAsync("/account/deleted")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/account", Cancel)).StatusCode);
        var again = await (await app.CreateClientForAsync(null)).PostFormAsync("/account/sign-in", new() { ["Input.Email"] = planted, ["Input.Password"] = MatchmakingApplication.Password });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        // What law and others need stays, by number.
        await app.WithDbAsync(async db =>
        {
            Assert.True(await db.AuditEntries.AnyAsync(e => e.Action == "user.delete" && e.ActorId == id, Cancel));
            Assert.True(await db.Grades.AnyAsync(g => g.GraderId == id, Cancel));
            Assert.Equal(0, await db.Notices.CountAsync(n => n.UserId == id, Cancel));
            Assert.Equal(0, await db.UserRoles.CountAsync(r => r.UserId == id, Cancel));
            var listing = await db.Listings.SingleAsync(l => l.Id == need, Cancel);
            Assert.Equal((ListingState.Published, Contact.Empty), (listing.State, listing.Contact));
        });
        // The colleague is told which record lacks a contact, without saying whose it was.
        var told = await app.WithDbAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.ContactMissing, Cancel));
        Assert.Equal($"/my/needs/{need}/view", told.Link);
        await app.RunJobAsync<Matchmaking.Jobs.SealAudit>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<Matchmaking.Jobs.VerifyAudit>(job => job.RunAsync(Cancel));
    }

    [Fact]
    public async Task The_contact_of_his_records_is_replaced_by_whom_he_names()
    {
        var (planted, need) = await PlantAsync(colleague: true);
        var client = await app.CreateClientForAsync(planted);

        await client.PostFormAsync("/account/data", new()
        {
            ["Input.Password"] = MatchmakingApplication.Password, ["Input.Sure"] = "yes", ["Input.ContactName"] = "接替者（示例）", ["Input.ContactPhone"] = "0431-11111111",
        }, form: "form[data-form=delete]");

        Assert.Equal(new Contact("接替者（示例）", "0431-11111111", ""), await app.WithDbAsync(db => db.Listings.Where(l => l.Id == need).Select(l => l.Contact).SingleAsync(Cancel)));
        Assert.Equal(0, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.ContactMissing, Cancel)));
        Assert.Empty(await HoldingAsync());
    }

    [Theory]
    [InlineData("no", ListingState.Published, 1)]
    [InlineData("yes", ListingState.Withdrawn, 0)]
    public async Task The_last_member_is_told_what_becomes_of_public_records_and_decides(string withdraw, ListingState state, int toldStaff)
    {
        await app.AddUserAsync(Roles.Staff);
        var (planted, need) = await PlantAsync(colleague: false);
        var client = await app.CreateClientForAsync(planted);
        var page = await client.GetPageAsync("/account/data");
        Assert.Contains("您是本单位最后一位成员", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("本单位有1项公开的内容", page.MainText(), StringComparison.Ordinal);

        await client.PostFormAsync("/account/data", new() { ["Input.Password"] = MatchmakingApplication.Password, ["Input.Sure"] = "yes", ["Input.Withdraw"] = withdraw }, form: "form[data-form=delete]");

        Assert.Equal(state, await app.WithDbAsync(db => db.Listings.Where(l => l.Id == need).Select(l => l.State).SingleAsync(Cancel)));
        Assert.Equal(toldStaff, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.ContactMissing && n.Link == $"/staff/review/{need}", Cancel)));
        Assert.Empty(await HoldingAsync());
    }

    [Fact]
    public async Task Each_part_of_ones_own_data_is_opened_by_itself_and_an_unknown_one_opens_none()
    {
        var (planted, _) = await PlantAsync(colleague: true);
        var client = await app.CreateClientForAsync(planted);
        foreach (var part in app.Services.GetServices<PersonalDataPart>().Select(p => p.Key))
        {
            var page = await client.GetPageAsync($"/account/data?part={part}");
            Assert.Null(page.QuerySelector($"#part-{part} a"));
            Assert.NotNull(page.QuerySelector($"#part-{(part == "Steps" ? "Grades" : "Steps")} a"));
        }
        Assert.Contains(Phone, (await client.GetPageAsync("/account/data?part=Contacts")).QuerySelector("#part-Contacts")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await client.GetPageAsync("/account/data?part=Elsewhere")).QuerySelectorAll("li.part dl"));
    }

    [Fact]
    public async Task The_only_administrator_cannot_go()
    {
        var email = await app.AddUserAsync(Roles.Administrator);
        var client = await app.CreateClientForAsync(email);
        Assert.Contains("您是唯一的系统管理员", (await client.GetPageAsync("/account/data")).MainText(), StringComparison.Ordinal);
        var id = await app.UserIdAsync(email);
        var outcome = await app.WithServiceAsync<DeletePerson, DeletionOutcome>(deletion => deletion.RunAsync(id, new Farewell(Contact.Empty, false), Cancel));
        Assert.Equal(DeletionOutcome.OnlyAdministrator, outcome);
        Assert.Equal(email, await app.WithDbAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.Email).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Name_language_and_phone_are_corrected_and_what_is_wrong_comes_back_as_typed()
    {
        var (planted, _) = await PlantAsync(colleague: true);
        var client = await app.CreateClientForAsync(planted);
        var wrong = await client.PostFormAsync("/account/data", new() { ["Input.Name"] = "", ["Input.Phone"] = "0431-2" }, form: "form[data-form=correct]");
        var page = await wrong.PageAsync();
        Assert.Contains("请填写姓名", page.Errors(), StringComparison.Ordinal);
        Assert.Equal("0431-2", page.Value("Input.Phone"));
        // Another form of the page that is refused must not empty this one.
        var other = await (await client.PostFormAsync("/account/data", new() { ["Input.Mail"] = "no address" }, form: "form[data-form=mail]")).PageAsync();
        Assert.Equal(Phone, other.Value("Input.Phone"));
        Assert.Equal("no address", other.Value("Input.Mail"));

        await client.PostFormAsync("/account/data", new() { ["Input.Name"] = "新名字（示例）", ["Input.Phone"] = "", ["Input.Language"] = "en" }, form: "form[data-form=correct]");

        Assert.Equal(("新名字（示例）", "en", null), await app.WithDbAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Email == planted, Cancel);
            return (user.DisplayName, user.Language, user.PhoneNumber);
        }));
    }

    [Fact]
    public async Task A_new_address_counts_only_once_it_has_answered_and_the_old_one_is_told()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(email);
        await client.PostFormAsync("/account/data", new() { ["Input.Mail"] = "new-one@test.invalid", ["Input.MailPassword"] = MatchmakingApplication.Password }, form: "form[data-form=mail]");
        var asked = Mails("new-one@test.invalid").Single();
        var link = new Uri(System.Text.RegularExpressions.Regex.Match(asked.TextBody!, @"https?://\S+").Value).PathAndQuery;
        Assert.Equal(1, await app.WithDbAsync(db => db.Users.CountAsync(u => u.Email == email, Cancel)));
        // Another address with the same token is refused.
        var forged = await client.PostFormAsync(link.Replace("new-one", "forged", StringComparison.Ordinal), []);
        Assert.Contains("链接已失效", (await forged.PageAsync()).Errors(), StringComparison.Ordinal);

        var confirmed = await client.PostFormAsync(link, []);

        Assert.Equal("/account/data", confirmed.Headers.Location?.OriginalString);
        Assert.Equal(0, await app.WithDbAsync(db => db.Users.CountAsync(u => u.Email == email, Cancel)));
        Assert.Single(Mails(email));
        await app.CreateClientForAsync("new-one@test.invalid");
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_nothing_and_the_answer_is_the_same()
    {
        var taken = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var answer = await client.PostFormAsync("/account/data", new() { ["Input.Mail"] = taken, ["Input.MailPassword"] = MatchmakingApplication.Password }, form: "form[data-form=mail]");
        Assert.Equal("/account/data", answer.Headers.Location?.OriginalString);
        Assert.Contains("确认链接已发往新邮箱", (await client.GetPageAsync("/account/data")).MainText(), StringComparison.Ordinal);
        Assert.Empty(Mails(taken));
    }

    private List<MimeKit.MimeMessage> Mails(string to) => Directory.Exists(Path.Combine(app.Folder, "mail"))
        ? [.. Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.Mailboxes.Single().Address == to)] : [];

    /// <summary>A person with something in every part, and a published need that names him as its contact.</summary>
    private async Task<(string Email, int Need)> PlantAsync(bool colleague)
    {
        var first = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        if (colleague) await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var need = await app.PublishNeedAsync(firm);
        var achievement = await app.PublishAchievementAsync();
        var introduction = await app.AddCaseAsync(CaseStage.Pushed);
        await app.WithDbAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Email == first, Cancel);
            user.Rename(Name);
            db.CaseNotes.Add(new CaseNote(introduction.Id, CaseSide.Need, false, $"请找{Name}，{Phone}", user.Id, app.Clock.Now));
            var contract = new Contract(user.Id, null, null, null, [], app.Clock.Now);
            contract.Cancel("示例", user.Id, app.Clock.Now);
            db.Contracts.Add(contract);
            (user.Email, user.NormalizedEmail, user.UserName, user.NormalizedUserName) = (Mail, Mail.ToUpperInvariant(), Mail, Mail.ToUpperInvariant());
            user.PhoneNumber = Phone;
            var listing = await db.Listings.Include(l => l.Revisions).SingleAsync(l => l.Id == need.Id, Cancel);
            listing.ReplaceContact(new Contact(Name, Phone, Mail), user.Id, app.Clock.Now);
            var match = new Match(need.Id, achievement.Id, app.Clock.Now);
            db.Matches.Add(match);
            match.GradeAs(3, "评级的理由", user.Id, app.Clock.Now);
            db.Tell(user.Id, NoticeKind.ListingAsked, $"/my/needs/{need.Id}/view", app.Clock.Now, "告诉他的事");
            db.MailSettings.Add(new MailSettings(user.Id));
            db.MailChoices.Add(new MailChoice(user.Id, NoticeKind.CaseMessage, MailFrequency.Weekly));
            db.SavedSearches.Add(new SavedSearch(user.Id, "植入的搜索", Matching.Search.ListingKind.Achievement, "电池", [new("field", "NewEnergy")], MailFrequency.Weekly, app.Clock.Now));
            db.Follows.Add(Follow.OfField(user.Id, TechnologyField.NewEnergy, MailFrequency.Weekly, app.Clock.Now));
            var expert = new Matching.AnnualLists.Rounds.Expert(user, new([TechnologyField.NewEnergy], true, [Name], []), user.Id, app.Clock.Now);
            db.Experts.Add(expert);
            db.DepartmentMembers.Add(new Matching.Plan.Returns.DepartmentMember(user.Id, "省科技厅", user.Id, app.Clock.Now));
            await AddObjectionAsync(db, need.Id, user.Id);
            db.Audit(user.Id, "test.act", $"user:{user.Id}", app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.SendMailsAsync();
        return (Mail, need.Id);
    }

    /// <summary>An objection of the planted person, to an entry of a list in notice.</summary>
    private async Task AddObjectionAsync(Matching.Data.MatchmakingDbContext db, int listing, int userId)
    {
        var today = Matching.ProvinceTime.DayOf(app.Clock.Now);
        var year = 2030 + await db.ListRounds.CountAsync(Cancel);
        const Matching.AnnualLists.AnnualListKind kind = Matching.AnnualLists.AnnualListKind.KeyTechnologyNeeds;
        var list = new Matching.AnnualLists.AnnualList(kind, year, Matching.AnnualLists.AnnualListRules.DefaultOf(kind), 15, 1, app.Clock.Now);
        var entry = list.Add(await db.Listings.SingleAsync(l => l.Id == listing, Cancel), "试验", 1, app.Clock.Now);
        var round = new Matching.AnnualLists.Rounds.ListRound(kind, year, "示例", new(today, today.AddDays(1), today.AddDays(2), today.AddDays(3), today.AddDays(18), today.AddDays(28)), Matching.AnnualLists.Rounds.ListRoundRules.DefaultOf(kind), 1, app.Clock.Now);
        round.Open(list, app.Clock.Now);
        list.StartNotice(today, today.AddDays(14), today.AddDays(15), 1, app.Clock.Now);
        round.FollowNotice(list, app.Clock.Now);
        db.ListRounds.Add(round);
        db.Objections.Add(new Matching.AnnualLists.Rounds.Objection(round, entry, new(Name, Mail, $"请找{Name}", Phone), userId, app.Clock.Now));
    }

    private static async Task<(JsonDocument Json, string Html, string Text)> ExportAsync(HttpClient client)
    {
        var response = await client.GetAsync("/account/data?handler=Export", Cancel);
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(["data.html", "data.json"], zip.Entries.Select(e => e.FullName).Order());
        async Task<string> ReadAsync(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return await reader.ReadToEndAsync(Cancel);
        }
        var text = await ReadAsync("data.json");
        return (JsonDocument.Parse(text), await ReadAsync("data.html"), text);
    }

    /// <summary>Table and column of every text in the database that holds one of the planted values.</summary>
    private Task<List<string>> HoldingAsync() => app.WithDbAsync(async db =>
    {
        var found = new List<string>();
        var columns = 0;
        await db.Database.OpenConnectionAsync(Cancel);
        foreach (var table in await TablesAsync(db))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            columns += reader.FieldCount;
            while (await reader.ReadAsync(Cancel))
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.GetValue(i) is not string text) continue;
                    foreach (var value in (string[])["瞿特殊", JsonEncodedText.Encode("瞿特殊").ToString(), Mail, Phone, "7654321"])
                        if (text.Contains(value, StringComparison.OrdinalIgnoreCase)) found.Add($"{table}.{reader.GetName(i)}");
                }
            }
        }
        Assert.True(columns > 150, $"Only {columns} columns were looked through.");
        return found.Distinct().ToList();
    });

    /// <summary>All tables as the database has them, not as the model says.</summary>
    private static async Task<List<string>> TablesAsync(MatchmakingDbContext db)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = db is SqliteMatchmakingDbContext ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var tables = new List<string>();
        while (await reader.ReadAsync(Cancel)) tables.Add(reader.GetString(0));
        return tables;
    }
}
