using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

public sealed class AttachmentsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_up_lies_under_a_random_name_and_comes_back_as_a_download()
    {
        var (organization, owner) = await OwnerAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent());

        var response = await owner.UploadAsync($"/my/needs/{draft.Id}/view", "../方案*终稿.docx", Files.Docx());

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var file = await app.WithDbAsync(db => db.Attachments.SingleAsync(a => a.ListingId == draft.Id, Cancellation));
        Assert.Equal("方案_终稿.docx", file.FileName);
        var stored = Directory.GetFiles(Path.Combine(app.Folder, "attachments")).Select(Path.GetFileName).ToList();
        Assert.Contains(file.StoredName, stored);
        Assert.All(stored, name => Assert.Matches("^[0-9a-f]{32}$", name));
        var download = await owner.GetAsync($"/attachments/{file.Id}", Cancellation);
        Assert.Equal(Files.Docx().Length, (await download.Content.ReadAsByteArrayAsync(Cancellation)).Length);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", download.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("a.pdf", "docx", "内容与扩展名不符")]
    [InlineData("a.docx", "macros", "带有宏")]
    [InlineData("a.html", "pdf", "不是可以上传的种类")]
    [InlineData("a.pdf", "empty", "是空文件")]
    [InlineData("a.pdf", "21 MB", "超过20 MB")]
    public async Task A_file_that_may_not_be_stored_is_told_at_the_field(string name, string kind, string message)
    {
        var (organization, owner) = await OwnerAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent());
        var content = kind switch
        {
            "docx" => Files.Docx(),
            "macros" => Files.Docx(extraPart: "word/vbaProject.bin"),
            "empty" => [],
            "21 MB" => Files.Pdf(21 << 20),
            _ => Files.Pdf(),
        };

        var response = await owner.UploadAsync($"/my/needs/{draft.Id}/view", name, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(message, (await response.PageAsync()).GetElementById("upload-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.WithDbAsync(db => db.Attachments.CountAsync(a => a.ListingId == draft.Id, Cancellation)));
    }

    [Fact]
    public async Task A_request_far_too_large_gets_a_page_that_says_so()
    {
        var (organization, owner) = await OwnerAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent());

        var response = await owner.UploadAsync($"/my/needs/{draft.Id}/view", "a.pdf", Files.Pdf(26 << 20));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("内容太大", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_files_are_the_most_and_one_file_counts_once()
    {
        var (organization, owner) = await OwnerAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent());
        var view = $"/my/needs/{draft.Id}/view";
        for (var i = 0; i < 4; i++) await owner.UploadAsync(view, $"{i}.pdf", Files.Pdf(100 + i));
        await owner.UploadAsync(view, "again.pdf", Files.Pdf(100));
        Assert.Equal(4, await app.WithDbAsync(db => db.Attachments.CountAsync(a => a.ListingId == draft.Id, Cancellation)));
        var page = await owner.GetPageAsync(view);
        await owner.UploadAsync(view, "4.pdf", Files.Pdf(104));

        Assert.Null((await owner.GetPageAsync(view)).QuerySelector("#upload-form"));
        var token = page.QuerySelector("#upload-form [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var sixth = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("upload"), "act" }, { new ByteArrayContent(Files.Pdf(105)), "upload", "5.pdf" } };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.PostAsync(view, sixth, Cancellation)).StatusCode);
        Assert.Equal(5, await app.WithDbAsync(db => db.Attachments.CountAsync(a => a.ListingId == draft.Id, Cancellation)));

        await owner.ActAsync(view, "remove-file");
        Assert.Equal(4, await app.WithDbAsync(db => db.Attachments.CountAsync(a => a.ListingId == draft.Id, Cancellation)));
    }

    [Theory]
    [InlineData(Disclosure.Named, true)]
    [InlineData(Disclosure.Anonymous, false)]
    public async Task Files_of_a_published_record_are_public_only_when_its_owner_is(Disclosure disclosure, bool open)
    {
        var (organization, owner) = await OwnerAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var draft = await app.AddDraftAsync(organization, app.NeedContent() with { Disclosure = disclosure });
        var view = $"/my/needs/{draft.Id}/view";
        await owner.UploadAsync(view, "a.pdf", Files.Pdf());
        var id = await app.WithDbAsync(db => db.Attachments.Where(a => a.ListingId == draft.Id).Select(a => a.Id).SingleAsync(Cancellation));
        var email = await app.AddUserAsync(Roles.Broker);
        var broker = await app.CreateClientForAsync(email);
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var anybody = await app.CreateClientForAsync(null);
        async Task<HttpStatusCode> GetAsync(HttpClient client) => (await client.GetAsync($"/attachments/{id}", Cancellation)).StatusCode;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (await GetAsync(owner), await GetAsync(staff), await GetAsync(anybody)));
        await owner.ActAsync(view, "submit");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await GetAsync(staff), await GetAsync(anybody)));
        await staff.ActAsync($"/staff/review/{draft.Id}", "publish");

        var expected = open ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        Assert.Equal((expected, expected, expected), (await GetAsync(anybody), await GetAsync(stranger), await GetAsync(broker)));
        var number = await app.WithDbAsync(db => db.Needs.Where(n => n.Id == draft.Id).Select(n => n.Number).SingleAsync(Cancellation));
        Assert.Equal(open, (await anybody.GetPageAsync($"/needs/{number}")).MainText().Contains("a.pdf", StringComparison.Ordinal));
        var brokerId = await app.WithDbAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancellation));
        await staff.ActAsync($"/staff/review/{draft.Id}", "assign", new() { ["broker"] = $"{brokerId}" });
        Assert.Equal(HttpStatusCode.OK, await GetAsync(broker));
    }

    [Fact]
    public async Task A_file_added_to_a_published_record_waits_for_staff()
    {
        var (organization, owner) = await OwnerAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var anybody = await app.CreateClientForAsync(null);
        var need = await app.PublishNeedAsync(organization);
        await owner.UploadAsync($"/my/needs/{need.Id}/view", "late.pdf", Files.Pdf());
        var id = await app.WithDbAsync(db => db.Attachments.Where(a => a.ListingId == need.Id).Select(a => a.Id).SingleAsync(Cancellation));

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/attachments/{id}", Cancellation)).StatusCode);
        Assert.Contains("只有附件有变化", (await staff.GetPageAsync($"/staff/review/{need.Id}")).MainText(), StringComparison.Ordinal);
        await staff.ActAsync($"/staff/review/{need.Id}", "publish");
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync($"/attachments/{id}", Cancellation)).StatusCode);
    }

    private async Task<(Organization, HttpClient)> OwnerAsync()
    {
        var organization = await app.AddOrganizationAsync();
        return (organization, await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization)));
    }
}
