using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Desk.Cases;

/// <summary>Tasks, files, visits and meetings of a case.</summary>
public sealed partial class ShowModel
{
    public Task<IActionResult> OnPostTaskAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, at =>
    {
        var task = ListingRules.CleanLine(Input.Task);
        if (task.Length == 0) Complain(nameof(Input.Task), "Text.Missing");
        TooLong(nameof(Input.Task), task, CaseTask.MaxText);
        var due = ListingFormReader.ParseDate(Input.TaskDue ?? "");
        if (due is null) Complain(nameof(Input.TaskDue), "Date.Missing");
        CaseSide? side = Enum.TryParse<CaseSide>(Input.TaskFor, out var of) ? of : null;
        if (side is { } wanted && !Case.IsKnownTo(wanted)) Complain(nameof(Input.TaskFor), "Task.NotYet");
        if (!ModelState.IsValid) return;
        db.CaseTasks.Add(new CaseTask(id, side, task, due!.Value, Me, at));
        db.Audit(Me, "case.task", Introductions.Subject(id), at, $"{side?.ToString() ?? "broker"} {due:yyyy-MM-dd}");
    }, "Done.Task", cancellationToken);

    public async Task<IActionResult> OnPostTaskDoneAsync(int id, int task, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (await db.CaseTasks.SingleOrDefaultAsync(t => t.Id == task && t.CaseId == id, cancellationToken) is not { } found) return NotFound();
        found.Finish(Me, time.GetUtcNow());
        db.Audit(Me, "case.task-done", Introductions.Subject(id), time.GetUtcNow(), $"task:{task}");
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostFileAsync(int id, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (await CaseUploads.StoreAsync(db, store, Case, null, upload, Me, time.GetUtcNow(), cancellationToken) is { } problem)
        {
            ModelState.AddModelError("upload", text["File." + problem, CaseFile.MaxPerCase]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Message = text["Done.File"];
        return RedirectToPage(new { id });
    }

    public Task<IActionResult> OnPostVisitAsync(int id, CancellationToken cancellationToken) => StoreAsync(id, at =>
    {
        var findings = ListingRules.Clean(Input.Findings);
        var people = ListingRules.CleanLine(Input.People);
        if (findings.Length == 0) Complain(nameof(Input.Findings), "Text.Missing");
        TooLong(nameof(Input.Findings), findings, Visit.MaxFindings);
        TooLong(nameof(Input.People), people, Visit.MaxPeople);
        var on = ListingFormReader.ParseDate(Input.VisitOn ?? "");
        if (on is null) Complain(nameof(Input.VisitOn), "Date.Missing");
        else if (on > Matching.ProvinceTime.DayOf(at)) Complain(nameof(Input.VisitOn), "Date.Future");
        if (!Enum.TryParse<CaseSide>(Input.VisitSide, out var side)) Complain(nameof(Input.VisitSide), "Visit.SideMissing");
        if (!ModelState.IsValid) return;
        db.Visits.Add(new Visit(Case.Party(side).OrganizationId, id, Me, on!.Value, people, findings, at));
        db.Audit(Me, "visit.record", Introductions.Subject(id), at, $"organization:{Case.Party(side).OrganizationId}");
    }, "Done.Visit", cancellationToken);

    public async Task<IActionResult> OnPostMeetingAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var starts = MeetingTimes();
        var place = ListingRules.CleanLine(Input.Place);
        TooLong(nameof(Input.Place), place, Meeting.MaxPlace);
        if (!int.TryParse(Input.Minutes, System.Globalization.CultureInfo.InvariantCulture, out var minutes) || minutes is < 15 or > 480) Complain(nameof(Input.Minutes), "Meeting.Minutes");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        return await AnswerAsync(id, await meetings.ProposeAsync(id, starts, TimeSpan.FromMinutes(minutes), place, Me, cancellationToken), "Done.Meeting", cancellationToken);
    }

    public async Task<IActionResult> OnPostCancelMeetingAsync(int id, int meeting, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? await AnswerAsync(id, await meetings.CancelAsync(id, meeting, Me, cancellationToken), "Done.MeetingCancelled", cancellationToken) : NotFound();

    public async Task<IActionResult> OnPostOutcomeAsync(int id, int meeting, string? held, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var outcome = ListingRules.Clean(Input.Outcome);
        TooLong(nameof(Input.Outcome), outcome, Meeting.MaxOutcome);
        if (held is not ("true" or "false")) Complain(nameof(Input.Outcome), "Meeting.HeldMissing");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        return await AnswerAsync(id, await meetings.ReportAsync(id, meeting, held == "true", outcome, Me, cancellationToken), "Done.Outcome", cancellationToken);
    }

    /// <summary>The filled rows of the form as moments; each wrong one is told at its field.</summary>
    private List<DateTimeOffset> MeetingTimes()
    {
        var starts = new List<DateTimeOffset>();
        for (var i = 0; i < Input.Times.Count; i++)
        {
            var typed = ListingRules.CleanLine(Input.Times[i]);
            if (typed.Length == 0) continue;
            var moment = MeetingTime(typed);
            if (moment is null) Complain($"Times[{i}]", "Meeting.NotATime", typed);
            else if (moment <= time.GetUtcNow()) Complain($"Times[{i}]", "Meeting.Past", typed);
            else starts.Add(moment.Value);
        }
        if (starts.Count == 0 && ModelState.IsValid) Complain("Times[0]", "Meeting.NoTimes");
        return starts;
    }

    /// <summary>As browsers send it, or as people write it without one: 2026-12-01T14:30, 2026-12-01 14:30; in the platform's zone.</summary>
    private static DateTimeOffset? MeetingTime(string typed) =>
        DateTime.TryParseExact(typed.Replace('T', ' '), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd H:mm", "yyyy-MM-dd HH:mm:ss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var local)
            ? Matching.ProvinceTime.At(DateOnly.FromDateTime(local), local.Hour).AddMinutes(local.Minute)
            : null;

    private async Task<IActionResult> AnswerAsync(int id, MeetingOutcome outcome, string done, CancellationToken cancellationToken)
    {
        if (outcome == MeetingOutcome.Missing) return NotFound();
        if (outcome == MeetingOutcome.Done)
        {
            Message = text[done];
            return RedirectToPage(new { id });
        }
        return await LoadAsync(id, cancellationToken) ? Say(text["Meeting.Overtaken"]) : NotFound();
    }

    private async Task<IActionResult> StoreAsync(int id, Action<DateTimeOffset> add, string done, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!Case.IsOpen) return Say(text["Overtaken", views.Stage(Case.Stage)]);
        add(time.GetUtcNow());
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await db.SaveChangesAsync(cancellationToken);
        Message = text[done];
        return RedirectToPage(new { id });
    }

    public sealed partial class InputModel
    {
        public string? Task { get; set; }
        public string? TaskDue { get; set; }
        public string? TaskFor { get; set; }
        public string? VisitOn { get; set; }
        public string? VisitSide { get; set; }
        public string? People { get; set; }
        public string? Findings { get; set; }
        public List<string?> Times { get; set; } = [];
        public string? Minutes { get; set; } = "60";
        public string? Place { get; set; }
        public string? Outcome { get; set; }
    }
}
