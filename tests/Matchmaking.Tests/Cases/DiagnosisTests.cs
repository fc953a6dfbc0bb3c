using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.AnnualLists.Rounds;
using Matchmaking.Tests.Collecting;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

/// <summary>A need for which nothing was found is looked at by an expert of the register. Alone in its database: what is unmatched depends on every achievement there.</summary>
public sealed class DiagnosisTests : IAsyncLifetime
{
    private const string Owner = "不可说出的公司（示例）";
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_invited_expert_accepts_finds_and_the_broker_decides_on_it()
    {
        var (need, broker, expert, id) = await AskedAsync();
        var stranger = await app.CreateClientForAsync(await app.AddExpertAsync());
        var address = $"/experts/diagnoses/{id}";
        foreach (var other in new[] { stranger, broker, await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)) })
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address, Cancel)).StatusCode);

        var first = await expert.GetPageAsync(address);
        Assert.DoesNotContain("请看析锂的机理", first.MainText(), StringComparison.Ordinal);
        Assert.Null(first.QuerySelector("[name=Opinion]"));
        Assert.Contains("请先勾选保密承诺", (await (await expert.PostFormAsync(address, [], "form[data-form=accept]")).PageAsync()).Errors(), StringComparison.Ordinal);
        await expert.PostFormAsync(address, new() { ["Agreed"] = "yes" }, "form[data-form=accept]");

        var page = await expert.GetPageAsync(address);
        Assert.Contains("请看析锂的机理", page.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Owner, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var refused = await (await expert.PostFormAsync(address, new() { ["Opinion"] = "请打 13800000000（示例）" }, "form[data-form=answer]")).PageAsync();
        Assert.Contains("请选择一项建议", refused.Errors(), StringComparison.Ordinal);
        Assert.Equal("请打 13800000000（示例）", refused.QuerySelector("[name=Opinion]")!.TextContent.Trim());
        await expert.PostFormAsync(address, new() { ["Opinion"] = "缺的是电解液的低温配方", ["Outcome"] = "Sharpen" }, "form[data-form=answer]");

        var own = await app.CreateClientForAsync(await OwnerAsync(need));
        var read = (await own.GetPageAsync($"/my/needs/{need.Id}/matches")).MainText();
        Assert.Contains("缺的是电解液的低温配方", read, StringComparison.Ordinal);
        Assert.DoesNotContain("试验用户", read, StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.TriageAnswered && n.Link == "/desk/triage", Cancel)));

        var desk = await broker.GetPageAsync("/desk/triage");
        Assert.Contains("缺的是电解液的低温配方", desk.MainText(), StringComparison.Ordinal);
        Assert.Contains("补写后再找", desk.MainText(), StringComparison.Ordinal);
        await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "Sharpen", ["Input.Remark"] = "补电解液的指标" }, "form[action*='handler=Decide']");
        Assert.Equal(ListingState.Published, await app.StateAsync(need.Id));
        Assert.Contains("缺的是电解液的低温配方", (await own.GetPageAsync($"/my/needs/{need.Id}/matches")).MainText(), StringComparison.Ordinal);
        Assert.Equal(["triage.decide", "diagnosis.accept", "diagnosis.answer", "triage.decide"],
            await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == $"need:{need.Id}" && (a.Action.StartsWith("triage") || a.Action.StartsWith("diagnosis"))).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task What_an_expert_sends_after_the_broker_decided_otherwise_is_told_and_kept()
    {
        var (need, broker, expert, id) = await AskedAsync();
        var address = $"/experts/diagnoses/{id}";
        await expert.PostFormAsync(address, new() { ["Agreed"] = "yes" }, "form[data-form=accept]");
        var open = await expert.GetPageAsync(address);
        await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "LongTerm" }, "form[action*='handler=Decide']");

        var late = await expert.SendFormAsync((IHtmlFormElement)open.QuerySelector("form[data-form=answer]")!, address, new() { ["Opinion"] = "来晚了的意见", ["Outcome"] = "NotYet" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("已经不再需要", (await late.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(ListingState.Tracked, await app.StateAsync(need.Id));
        Assert.Equal("", await app.WithDbAsync(db => db.Triages.Where(t => t.Id == id).Select(t => t.Opinion).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Two_windows_of_one_expert_leave_one_answer()
    {
        var (_, _, expert, id) = await AskedAsync();
        var address = $"/experts/diagnoses/{id}";
        await expert.PostFormAsync(address, new() { ["Agreed"] = "yes" }, "form[data-form=accept]");
        var form = (IHtmlFormElement)(await expert.GetPageAsync(address)).QuerySelector("form[data-form=answer]")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => expert.SendFormAsync(form, address, new() { ["Opinion"] = $"意见{i}", ["Outcome"] = "NotYet" })));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "diagnosis.answer", Cancel)));
    }

    [Fact]
    public async Task Who_declines_is_done_and_another_is_asked_who_is_not_bound_to_the_owner()
    {
        var (need, broker, expert, id) = await AskedAsync();
        var address = $"/experts/diagnoses/{id}";
        await expert.PostFormAsync(address, new() { ["Why"] = "不是我的方向" }, "form[data-form=decline]");
        Assert.Empty((await expert.GetPageAsync(address)).QuerySelectorAll("main form"));
        var bound = await app.IdOfAsync(await app.AddExpertAsync(firm: true, need.Organization));
        var free = await app.IdOfAsync(await app.AddExpertAsync());

        var page = await broker.GetPageAsync("/desk/triage");
        Assert.Contains("不是我的方向", page.MainText(), StringComparison.Ordinal);
        var offered = page.QuerySelectorAll("[name='Input.Expert'] option").Select(o => o.GetAttribute("value")).ToList();
        Assert.Contains($"{free}", offered);
        Assert.DoesNotContain($"{bound}", offered);
        var forced = await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "SecondDiagnosis", ["Input.Remark"] = "再看", ["Input.Expert"] = $"{bound}" }, "form[action*='handler=Decide']");
        Assert.Contains("二次诊断要选一位专家", (await forced.PageAsync()).Errors(), StringComparison.Ordinal);
        await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "SecondDiagnosis", ["Input.Expert"] = $"{free}" }, "form[action*='handler=Decide']");
        Assert.Equal([free], await app.WithDbAsync(db => db.Triages.Where(t => t.NeedId == need.Id && t.EndedAt == null).Select(t => t.ExpertId!.Value).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task The_mail_of_an_invitation_goes_only_while_the_expert_is_still_asked()
    {
        var (_, broker, _, id) = await AskedAsync();
        var (reader, notice) = await app.WithDbAsync(async db =>
        {
            var told = await db.Notices.SingleAsync(n => n.Kind == NoticeKind.TriageAssigned, Cancel);
            return (new NoticeReader(told.UserId, null, new HashSet<string>()), told);
        });
        Assert.Equal($"{ExpertPagesRule.Diagnoses}/{id}", notice.Link);
        Assert.Equal(Sight.Whole, await app.WithServiceAsync<MayStillSee, Sight>(m => m.AskAsync(reader, notice, Cancel)));
        await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "LongTerm" }, "form[action*='handler=Decide']");
        Assert.Equal(Sight.Nothing, await app.WithServiceAsync<MayStillSee, Sight>(m => m.AskAsync(reader, notice, Cancel)));
    }

    [Fact]
    public void Nothing_is_answered_before_the_promise_or_twice()
    {
        var at = app.Clock.Now;
        var triage = new Triage(1, TriageDecision.SecondDiagnosis, "", 7, 1, at);
        Assert.Throws<InvalidOperationException>(() => triage.Answer("意见", DiagnosisOutcome.NotYet, at));
        triage.Accept(at);
        Assert.Throws<InvalidOperationException>(() => triage.Accept(at));
        triage.Answer("意见", DiagnosisOutcome.NotYet, at);
        Assert.Throws<InvalidOperationException>(() => triage.Answer("又一次", DiagnosisOutcome.Solvable, at));
        Assert.Throws<InvalidOperationException>(() => triage.Decline("不看了", at));
        Assert.Equal(("意见", 2), (triage.Opinion, triage.Version));
    }

    private Task<string> OwnerAsync(Need need) => app.AddUserAsync(Roles.EnterpriseMember, need.Organization);

    /// <summary>An anonymous need without a match, and an expert whom the broker has just asked.</summary>
    private async Task<(Need Need, HttpClient Broker, HttpClient Expert, int Id)> AskedAsync()
    {
        var need = await app.PublishNeedAsync(await app.AddOrganizationAsync(name: Owner), app.NeedContent("待诊断的析锂问题") with { Disclosure = Disclosure.Anonymous });
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        var expert = await app.AddExpertAsync();
        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        var decided = await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "SecondDiagnosis", ["Input.Remark"] = "请看析锂的机理", ["Input.Expert"] = $"{await app.IdOfAsync(expert)}" }, "form[action*='handler=Decide']");
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        Assert.Equal(ListingState.SecondDiagnosis, await app.StateAsync(need.Id));
        return (need, broker, await app.CreateClientForAsync(expert), await app.WithDbAsync(db => db.Triages.Where(t => t.NeedId == need.Id).Select(t => t.Id).SingleAsync(Cancel)));
    }
}
