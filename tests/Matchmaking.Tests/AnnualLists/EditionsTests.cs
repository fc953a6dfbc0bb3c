using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>What makes a published list trustworthy: three people, one form, a signature, inputs from which it can be made again, corrections, and a database that refuses.</summary>
public sealed class EditionsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static int year = 2040;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int FreshYear() => Interlocked.Increment(ref year);

    [Fact]
    public async Task Three_different_people_sign_in_order_before_a_list_is_published_and_staff_are_told_that_it_waits()
    {
        var need = await app.PublishNeedAsync();
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), need);
        await app.WithDbAsync(async db =>
        {
            var list = await db.AnnualLists.Include(l => l.Entries).SingleAsync(l => l.Id == id, Cancel);
            var today = Matching.ProvinceTime.DayOf(app.Clock.Now);
            list.StartNotice(today, today.AddDays(14), today.AddDays(15), 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        app.Clock.Advance(TimeSpan.FromDays(16));
        var staff = new List<HttpClient>();
        for (var i = 0; i < 3; i++) staff.Add(await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)));
        await app.PublishDueListsAsync();
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadListAsync(id)).State);
        var told = await app.WithDbAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.ListUnsigned && n.Link == $"/staff/lists/{id}").GroupBy(n => n.UserId).Select(g => g.Count()).ToListAsync(Cancel));
        Assert.True(told.Count >= 3);
        Assert.All(told, times => Assert.Equal(1, times));

        await SignAsync(staff[0], id);
        var twice = await SignAsync(staff[0], id);
        Assert.Contains("三个人", await twice.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await SignAsync(staff[1], id);
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadListAsync(id)).State);
        await SignAsync(staff[2], id);
        await app.PublishDueListsAsync();

        var published = await app.ReadListAsync(id);
        Assert.Equal(AnnualListState.Published, published.State);
        Assert.Equal($"吉科需清〔{published.Year}〕1号", published.OfficialNumber);
        var page = (await app.CreateClient().GetPageAsync($"/lists/{published.Year}/key-technology-needs")).MainText();
        Assert.Contains($"吉科需清〔{published.Year}〕1号", page, StringComparison.Ordinal);
        Assert.Contains("起草", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_signed_and_is_then_changed_is_signed_anew()
    {
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        await app.StartNoticeAsync(id);
        await app.WithDbAsync(async db =>
        {
            var list = await db.AnnualLists.Include(l => l.Entries).Include(l => l.Signs).SingleAsync(l => l.Id == id, Cancel);
            Assert.True(list.IsSigned);
            list.Drop(list.Listed.First().Id, "异议成立（示例）", 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        Assert.False(await app.WithDbAsync(db => db.AnnualListSigns.AnyAsync(s => s.ListId == id, Cancel)));
        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadListAsync(id)).State);
    }

    [Fact]
    public async Task A_downloaded_list_is_checked_by_a_script_that_uses_none_of_our_code_also_after_the_key_was_replaced()
    {
        Assert.SkipUnless(Programs.Have("python3") && Programs.Have("openssl"), "python3 or openssl is not there.");
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(content: app.ListableNeed()));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        await staff.PostFormAsync("/staff/lists/keys", new() { ["Reason"] = "每年更换（示例）" });
        var later = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync());
        Assert.NotEqual(list.SigningKeyId, later.SigningKeyId);

        var folder = Directory.CreateTempSubdirectory("matchmaking-list-").FullName;
        try
        {
            foreach (var one in new[] { list, later })
            {
                var at = $"/lists/{one.Year}/key-technology-needs/download";
                var (json, signature, key) = (Path.Combine(folder, "list.json"), Path.Combine(folder, "list.sig"), Path.Combine(folder, "key.pem"));
                await File.WriteAllBytesAsync(json, await app.CreateClient().GetByteArrayAsync(at + ".json", Cancel), Cancel);
                await File.WriteAllBytesAsync(signature, await app.CreateClient().GetByteArrayAsync(at + ".sig", Cancel), Cancel);
                await File.WriteAllBytesAsync(key, await app.CreateClient().GetByteArrayAsync($"/lists/keys/{one.SigningKeyId}.pem", Cancel), Cancel);

                var (status, said) = await Programs.RunAsync("python3", Repository.Path("tools/verify-list.py"), json, "--hash", one.ContentHash!, "--signature", signature, "--key", key);
                Assert.True(status == 0, said);
                Assert.Equal(3, said.Split('\n').Count(l => l.EndsWith(": yes", StringComparison.Ordinal)));

                // One digit changed: the hash and the signature say no.
                await File.WriteAllTextAsync(json, (await File.ReadAllTextAsync(json, Cancel)).Replace($"\"year\":{one.Year}", $"\"year\":{one.Year + 1}", StringComparison.Ordinal), Cancel);
                (status, said) = await Programs.RunAsync("python3", Repository.Path("tools/verify-list.py"), json, "--hash", one.ContentHash!, "--signature", signature, "--key", key);
                Assert.Equal(1, status);
                Assert.Contains("as published: NO", said, StringComparison.Ordinal);
                Assert.Contains("signature: NO", said, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task From_its_frozen_inputs_alone_the_same_list_comes_out_whatever_became_of_the_records()
    {
        var owner = await app.AddOrganizationAsync(name: "更名前的厂（示例）");
        var need = await app.PublishNeedAsync(owner, app.ListableNeed());
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), need, await app.PublishNeedAsync());
        await app.WithDbAsync(async db =>
        {
            var own = await db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == need.Id, Cancel);
            own.Propose(app.NeedContent("第二版标题（示例）"), Contact.Empty, 1, app.Clock.Now);
            own.PublishRevision(1, app.Clock.Now);
            own.Withdraw(1, app.Clock.Now);
            await db.Organizations.Where(o => o.Id == owner.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, "更名后的厂（示例）"), Cancel);
            await db.SaveChangesAsync(Cancel);
        });

        Assert.Equal(list.ContentHash, await app.WithServiceAsync<VerifyPublishedList, string>(v => v.RebuildAsync(list.InputsJson!, Cancel)));
        Assert.Empty(await app.WithServiceAsync<VerifyPublishedList, IReadOnlyList<ListFault>>(v => v.RunAsync(list.Id, Cancel)));
        var other = list.InputsJson!.Replace("更名前的厂（示例）", "别的厂（示例）", StringComparison.Ordinal);
        Assert.NotEqual(list.ContentHash, await app.WithServiceAsync<VerifyPublishedList, string>(v => v.RebuildAsync(other, Cancel)));
    }

    [Fact]
    public async Task A_correction_is_a_new_edition_that_says_what_and_why_and_leaves_the_first_as_it_was()
    {
        var (wrong, right) = (await app.PublishNeedAsync(content: app.NeedContent("误列的需求（示例）")), await app.PublishNeedAsync());
        var first = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), wrong, right);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var unsaid = await staff.PostFormAsync($"/staff/lists/{first.Id}", new() { ["Notice.Reason"] = "" }, "form[data-form=correct]");
        Assert.Contains("aria-invalid=\"true\"", await unsaid.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var opened = await staff.PostFormAsync($"/staff/lists/{first.Id}", new() { ["Notice.Reason"] = "第1项为误列（示例）" }, "form[data-form=correct]");
        var again = await staff.PostFormAsync($"/staff/lists/{first.Id}", new() { ["Notice.Reason"] = "再点一次" }, "form[data-form=correct]");
        Assert.Equal(opened.Headers.Location, again.Headers.Location);
        var id = int.Parse(opened.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);

        var address = $"/lists/{first.Year}/key-technology-needs";
        await app.WithDbAsync(async db =>
        {
            var draft = await db.AnnualLists.Include(l => l.Entries).SingleAsync(l => l.Id == id, Cancel);
            draft.Drop(draft.Entries.Single(e => e.ListingId == wrong.Id).Id, "误列（示例）", 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await staff.PostFormAsync($"/staff/lists/{id}", [], "form[data-form=finish]");
        // Not public before it is published, whatever its notice's days are.
        Assert.Contains("误列的需求（示例）", (await app.CreateClient().GetPageAsync(address)).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync(address + "?edition=2", Cancel)).StatusCode);
        await app.WithDbAsync(async db =>
        {
            (await db.AnnualLists.Include(l => l.Signs).SingleAsync(l => l.Id == id, Cancel)).SignByThree(app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.PublishDueListsAsync();

        var second = await app.ReadListAsync(id);
        Assert.Equal((AnnualListState.Published, 2, $"吉科需清〔{first.Year}〕2号"), (second.State, second.Edition, second.OfficialNumber));
        var document = ListDocument.Parse(second.FrozenJson!);
        Assert.Equal((first.ContentHash, "第1项为误列（示例）"), (document.CorrectsHash, document.CorrectionReason));
        Assert.Equal([right.Number], document.Entries.Select(e => e.Number));
        var now = await app.ReadListAsync(first.Id);
        Assert.Equal((first.ContentHash, first.FrozenJson, first.Version), (now.ContentHash, now.FrozenJson, now.Version));
        var page = await app.CreateClient().GetPageAsync(address);
        Assert.DoesNotContain("误列的需求（示例）", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("第1项为误列（示例）", page.MainText(), StringComparison.Ordinal);
        var old = (await app.CreateClient().GetPageAsync(address + "?edition=1")).MainText();
        Assert.Contains("误列的需求（示例）", old, StringComparison.Ordinal);
        Assert.Contains("已由第2版更正", old, StringComparison.Ordinal);
        Assert.Empty(await app.WithServiceAsync<VerifyPublishedList, IReadOnlyList<ListFault>>(v => v.RunAsync(id, Cancel)));

        // The year after compares with the correction.
        var next = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, first.Year + 1, right);
        Assert.Empty(new ListComparison(ListDocument.Parse(next.FrozenJson!), await app.WithServiceAsync<ReadAnnualLists, ListDocument?>(r => r.BeforeAsync(next, Cancel))).Gone);
        Interlocked.Increment(ref year);
    }

    [Fact]
    public async Task The_database_refuses_to_change_what_is_published_and_a_change_by_force_is_found_and_shown()
    {
        var list = await app.PublishListAsync(AnnualListKind.QualityAchievements, FreshYear(), await app.PublishAchievementAsync());
        var open = await app.AddListAsync(AnnualListKind.QualityAchievements, FreshYear(), await app.PublishAchievementAsync());
        string[] attempts =
        [
            $"UPDATE \"AnnualLists\" SET \"FrozenJson\" = 'x' WHERE \"Id\" = {list.Id}", $"DELETE FROM \"AnnualLists\" WHERE \"Id\" = {list.Id}",
            $"UPDATE \"AnnualLists\" SET \"State\" = 'Open' WHERE \"Id\" = {list.Id}",
            $"UPDATE \"AnnualListEntries\" SET \"Position\" = 9 WHERE \"ListId\" = {list.Id}", $"DELETE FROM \"AnnualListEntries\" WHERE \"ListId\" = {list.Id}", $"UPDATE \"AnnualListEntries\" SET \"ListId\" = {list.Id} WHERE \"ListId\" = {open}",
            $"UPDATE \"AnnualListSteps\" SET \"Remark\" = 'x' WHERE \"ListId\" = {list.Id}", $"DELETE FROM \"AnnualListSteps\" WHERE \"ListId\" = {list.Id}",
            $"DELETE FROM \"AnnualListSigns\" WHERE \"ListId\" = {list.Id}", $"UPDATE \"AnnualListSigns\" SET \"ById\" = 1 WHERE \"ListId\" = {list.Id}",
            $"UPDATE \"ListSigningKeys\" SET \"PublicPem\" = 'x' WHERE \"Id\" = {list.SigningKeyId}", $"DELETE FROM \"ListSigningKeys\" WHERE \"Id\" = {list.SigningKeyId}",
        ];
        // Only there: what is in the way of the new row would go without a word.
        if (!app.OnPostgres) attempts = [.. attempts, $"INSERT OR REPLACE INTO \"AnnualLists\" SELECT * FROM \"AnnualLists\" WHERE \"Id\" = {list.Id}", $"INSERT OR REPLACE INTO \"ListSigningKeys\" SELECT * FROM \"ListSigningKeys\" WHERE \"Id\" = {list.SigningKeyId}"];
        foreach (var attempt in attempts)
        {
            var refused = await Record.ExceptionAsync(() => app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(attempt, Cancel)));
            Assert.True(refused?.Message.Contains("never changes", StringComparison.Ordinal) == true, $"{attempt}: {refused?.Message ?? "done"}");
        }
        Assert.Equal(1, await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"AnnualLists\" SET \"NoticeDays\" = 20 WHERE \"Id\" = {open}", Cancel)));
        await app.RunJobAsync<VerifyLists>(job => job.RunAsync(Cancel));
        Assert.Null(await app.WithDbAsync(db => db.JobRuns.Where(r => r.Name == nameof(VerifyLists)).Select(r => r.Failure).SingleAsync(Cancel)));

        // Somebody with the rights of the database's owner takes the guard away and changes a word.
        await app.WithDbAsync(async db =>
        {
            await (app.OnPostgres ? db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_AnnualLists_UPDATE\" ON \"AnnualLists\"", Cancel) : db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_AnnualLists_UPDATE\"", Cancel));
            await db.AnnualLists.Where(l => l.Id == list.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenJson, list.FrozenJson!.Replace("\"year\":", "\"yeah\":")), Cancel);
        });
        await Assert.ThrowsAsync<PublishedListChangedException>(() => app.RunJobAsync<VerifyLists>(job => job.RunAsync(Cancel)));
        Assert.Contains(ListFault.Content, await app.WithServiceAsync<VerifyPublishedList, IReadOnlyList<ListFault>>(v => v.RunAsync(list.Id, Cancel)));
        Assert.Contains(ListFault.Signature, await app.WithServiceAsync<VerifyPublishedList, IReadOnlyList<ListFault>>(v => v.RunAsync(list.Id, Cancel)));
        Assert.Contains(nameof(PublishedListChangedException), (await app.CreateClient().GetPageAsync("/status")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_public_file_holds_who_is_behind_an_anonymous_entry_and_staff_have_an_edition_that_does()
    {
        string[] secrets = ["深藏不露第七厂（示例）", "深藏联系人（示例）", "0431-77777777", "deep-secret@test.invalid", "深藏图纸.pdf"];
        var hidden = await app.AddOrganizationAsync(name: secrets[0]);
        var need = await app.PublishNeedAsync(hidden, app.ListableNeed() with { Disclosure = Disclosure.Anonymous });
        await app.WithDbAsync(async db =>
        {
            var own = await db.Needs.SingleAsync(n => n.Id == need.Id, Cancel);
            own.ReplaceContact(new Contact(secrets[1], secrets[2], secrets[3]), 1, app.Clock.Now);
            own.Attach(secrets[4], "application/pdf", 5, "stored", new string('a', 64), 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), need);
        var client = app.CreateClient();
        var at = $"/lists/{list.Year}/key-technology-needs";
        var found = new List<string>();
        foreach (var file in new[] { at, at + "/download.json", at + "/download.csv", at + "/download.xlsx", at + "/download.docx", at + "/download.pdf", at + "/download.sig", "/lists", "/lists/feed.atom", "/lists/catalog.jsonld", "/lists/keys", $"/api/v1/lists/{list.Year}/key-technology-needs", "/api/v1/lists" })
        {
            var response = await client.GetAsync(file, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
            var texts = new List<string> { Encoding.UTF8.GetString(bytes), WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes)) };
            if (file.EndsWith("xlsx", StringComparison.Ordinal) || file.EndsWith("docx", StringComparison.Ordinal))
            {
                await using var zip = new ZipArchive(new MemoryStream(bytes));
                foreach (var part in zip.Entries)
                {
                    using var reader = new StreamReader(await part.OpenAsync(Cancel));
                    texts.Add(part.FullName + await reader.ReadToEndAsync(Cancel));
                }
                Assert.Contains(texts, t => t.Contains(need.Number!, StringComparison.Ordinal));
            }
            if (file.EndsWith("pdf", StringComparison.Ordinal))
            {
                using var pdf = UglyToad.PdfPig.PdfDocument.Open(bytes);
                texts.Add(string.Concat(pdf.GetPages().Select(p => p.Text)));
                Assert.Contains(need.Number!, texts[^1], StringComparison.Ordinal);
            }
            found.AddRange(from secret in secrets from text in texts where text.Contains(secret, StringComparison.Ordinal) || text.Contains(JsonEncodedText.Encode(secret).ToString(), StringComparison.Ordinal) select $"{file}: {secret}");
        }
        Assert.Empty(found);

        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var inside = await staff.GetStringAsync($"/staff/lists/{list.Id}?handler=Internal", Cancel);
        Assert.Contains(secrets[0], inside, StringComparison.Ordinal);
        Assert.Equal(list.InternalHash, ListDocument.HashOf(inside));
        using (var printed = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(await staff.GetByteArrayAsync($"/staff/lists/{list.Id}?handler=Internal&format=docx", Cancel)), isEditable: false))
            Assert.Contains(secrets[0], printed.MainDocumentPart!.Document!.Body!.InnerText, StringComparison.Ordinal);
        using (var pdf = UglyToad.PdfPig.PdfDocument.Open(await staff.GetByteArrayAsync($"/staff/lists/{list.Id}?handler=Internal&format=pdf", Cancel)))
            Assert.Contains(secrets[0], string.Concat(pdf.GetPages().Select(p => p.Text)), StringComparison.Ordinal);
        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        Assert.Equal(HttpStatusCode.Redirect, (await broker.GetAsync($"/staff/lists/{list.Id}?handler=Internal", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Feed_and_catalogue_name_each_edition_with_its_hash()
    {
        var list = await app.PublishListAsync(AnnualListKind.QualityAchievements, FreshYear(), await app.PublishAchievementAsync());
        var feed = XDocument.Parse(await app.CreateClient().GetStringAsync("/lists/feed.atom", Cancel));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var entry = feed.Root!.Elements(atom + "entry").Single(e => e.Element(atom + "id")!.Value.Contains($"/lists/{list.Year}/quality-achievements", StringComparison.Ordinal));
        Assert.Contains(list.ContentHash!, entry.Element(atom + "summary")!.Value, StringComparison.Ordinal);
        // A feed reader that is not ours finds the entry, its link and its day.
        using (var text = System.Xml.XmlReader.Create(new StringReader(feed.ToString())))
        {
            var read = System.ServiceModel.Syndication.SyndicationFeed.Load(text);
            var item = read.Items.Single(i => i.Id.Contains($"/lists/{list.Year}/quality-achievements", StringComparison.Ordinal));
            Assert.Equal(list.PublishedAt, item.LastUpdatedTime);
            Assert.Contains(item.Links, l => l.Uri.AbsolutePath == $"/lists/{list.Year}/quality-achievements");
        }
        // What the standard asks of a feed and of each entry (RFC 4287, 4.1.1 and 4.1.2).
        foreach (var element in feed.Root.Elements(atom + "entry").Prepend(feed.Root))
            foreach (var name in new[] { "id", "title", "updated" }) Assert.Single(element.Elements(atom + name));
        Assert.True(DateTimeOffset.TryParse(entry.Element(atom + "updated")!.Value, System.Globalization.CultureInfo.InvariantCulture, out _));

        using var catalog = JsonDocument.Parse(await app.CreateClient().GetStringAsync("/lists/catalog.jsonld", Cancel));
        var dataset = catalog.RootElement.GetProperty("dcat:dataset").EnumerateArray().Single(d => d.GetProperty("dct:identifier").GetString() == list.OfficialNumber);
        var json = dataset.GetProperty("dcat:distribution").EnumerateArray().Single(d => d.GetProperty("dcat:mediaType").GetString() == "application/json");
        Assert.Equal(list.ContentHash, json.GetProperty("spdx:checksum").GetProperty("spdx:checksumValue").GetString());
        var url = new Uri(json.GetProperty("dcat:downloadURL").GetProperty("@id").GetString()!).PathAndQuery;
        Assert.Equal(list.ContentHash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await app.CreateClient().GetByteArrayAsync(url, Cancel))));
    }

    [Fact]
    public async Task Two_workers_at_once_publish_once()
    {
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        await app.StartNoticeAsync(id);
        app.Clock.Advance(TimeSpan.FromDays(16));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.PublishDueListsAsync().ContinueWith(t => t.Exception, TaskScheduler.Default), Cancel)));
        await app.PublishDueListsAsync();

        var list = await app.ReadListAsync(id);
        Assert.Equal(AnnualListState.Published, list.State);
        Assert.Equal(1, list.Steps.Count(s => s.Act == nameof(AnnualListAct.Publish)));
        Assert.Empty(await app.WithServiceAsync<VerifyPublishedList, IReadOnlyList<ListFault>>(v => v.RunAsync(id, Cancel)));
    }

    private static Task<HttpResponseMessage> SignAsync(HttpClient client, int id) => client.PostFormAsync($"/staff/lists/{id}", [], "form[data-form=sign]");
}

/// <summary>Programs of the machine that are not ours.</summary>
public static class Programs
{
    public static bool Have(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public static async Task<(int Status, string Said)> RunAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
