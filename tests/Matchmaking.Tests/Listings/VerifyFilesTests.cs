using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Listings;

/// <summary>A folder of attachments that was not restored with the database, or a disk that loses bytes, is noticed by the next nights and not by the first who needs the file.</summary>
public sealed class VerifyFilesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_every_kind_of_record_are_found_missing_each_night_and_changed_within_a_week()
    {
        var (pair, caseId, _) = await app.AddCaseAsync(CaseStage.BothInterested);
        var files = new List<StoredFile>();
        for (var i = 0; i < 4; i++)
        {
            using var content = new MemoryStream(Files.Pdf(200 + i));
            files.Add((await app.WithServiceAsync<AttachmentStore, (StoredFile? File, string? Problem)>(s => s.SaveAsync($"图纸{i}.pdf", content, Cancel))).File!);
        }
        var at = app.Clock.Now;
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == pair.NeedId, Cancel)).Attach(files[0].FileName, files[0].ContentType, files[0].Length, files[0].StoredName, files[0].Sha256, 1, at);
            db.CaseFiles.Add(new CaseFile(caseId, null, files[1].FileName, files[1].ContentType, files[1].Length, files[1].StoredName, files[1].Sha256, pair.NeedMember, at));
            db.SolutionProofs.Add(new SolutionProof(pair.NeedId, ProofKind.Letter, null, files[2].FileName, files[2].StoredName, files[2].Sha256, "已解决（示例）", pair.NeedMember, at));
            var form = new DepartmentReturn("省科技厅", "2026-3", pair.NeedMember, at);
            form.Attach([new(files[3].FileName, files[3].ContentType, files[3].Length, files[3].StoredName, files[3].Sha256)], pair.NeedMember, at);
            form.Write([new("1-1", 4_000, null, null, "月报（示例）", "")], [], pair.NeedMember, at);
            form.HandOver(pair.NeedMember, at);
            form.Check(pair.AchievementMember, at);
            form.Confirm(pair.AchievementMember, at);
            // Its correction has the same file, which is damaged once.
            db.DepartmentReturns.AddRange(form, form.Correct("更正（示例）", pair.NeedMember, at));
            await db.SaveChangesAsync(Cancel);
        });
        await app.RunAsync<VerifyFiles>((job, token) => job.RunAsync(token));

        string[] records = [$"listing:{pair.NeedId}", $"case:{caseId}", $"need:{pair.NeedId}", "return:省科技厅:2026-3"];
        var paths = files.ConvertAll(file => Path.Combine(app.Folder, "attachments", file.StoredName));
        foreach (var (record, path) in records.Zip(paths))
        {
            var bytes = await File.ReadAllBytesAsync(path, Cancel);
            File.Delete(path);
            Assert.Equal(new DamagedFile(record, StoredFileFault.Missing), Assert.Single(await DamagedAsync()));
            // A byte more or less is seen at once; another one when it is the file's day.
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, Cancel);
            Assert.Equal([new DamagedFile(record, StoredFileFault.Changed)], await WeekAsync());
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(path, [.. bytes, 0], Cancel);
            // A proof does not say how long its file is.
            if (record != records[2]) Assert.Equal(new DamagedFile(record, StoredFileFault.Changed), Assert.Single(await DamagedAsync()));
            await File.WriteAllBytesAsync(path, bytes, Cancel);
            Assert.Empty(await WeekAsync());
        }

        File.Delete(paths[0]);
        await Assert.ThrowsAsync<StoredFileDamagedException>(() => app.RunAsync<VerifyFiles>((job, token) => job.RunAsync(token)));
        Assert.Contains(nameof(StoredFileDamagedException), (await app.CreateClient().GetPageAsync("/status")).MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("图纸0", string.Join('\n', (await DamagedAsync()).Select(d => d.Record)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_names_no_file_of_ours_is_damaged_and_reads_nothing_outside_the_folder()
    {
        var (pair, _, _) = await app.AddCaseAsync(CaseStage.Pushed);
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "outside"), "x", Cancel);
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == pair.NeedId, Cancel)).Attach("a.pdf", "application/pdf", 1, "../outside", new string('a', 64), 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        Assert.Contains(new DamagedFile($"listing:{pair.NeedId}", StoredFileFault.Missing), await DamagedAsync());
        await app.WithDbAsync(db => db.Attachments.Where(a => a.ListingId == pair.NeedId).ExecuteDeleteAsync(Cancel));
    }

    private async Task<IReadOnlyList<DamagedFile>> DamagedAsync() =>
        (await app.WithServiceAsync<VerifyStoredFiles, (IReadOnlyList<DamagedFile> Damaged, int Count)>(v => v.RunAsync(Cancel))).Damaged;

    private async Task<List<DamagedFile>> WeekAsync()
    {
        var found = new List<DamagedFile>();
        for (var day = 0; day < VerifyStoredFiles.Days; day++)
        {
            found.AddRange(await DamagedAsync());
            app.Clock.Advance(TimeSpan.FromDays(1));
        }
        return found;
    }
}
