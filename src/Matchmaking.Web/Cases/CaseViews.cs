using Matchmaking.Matching.Brokerage;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Cases;

/// <summary>From cases to words. The one place where a side of a case gets its name or stays without one.</summary>
public sealed class CaseViews(IStringLocalizer<CasesText> text, Formatting format, ListingViews listings)
{
    /// <summary>The stages that the stepper shows; an ended case stops in one of them.</summary>
    private static readonly CaseStage[] Way = [.. Enum.GetValues<CaseStage>().Where(s => s != CaseStage.Ended)];

    public string Stage(CaseStage stage) => text["Stage." + stage];

    public string Reason(EndReason reason) => text["Reason." + reason];

    public StatusView Status(CaseStage stage, DateOnly? due) => stage switch
    {
        CaseStage.Ended => new(StatusKind.None, Stage(stage)),
        CaseStage.Closed => new(StatusKind.Good, Stage(stage)),
        _ when IsOverdue(due) => new(StatusKind.Bad, text["Overdue", Stage(stage)]),
        _ => new(StatusKind.Live, Stage(stage)),
    };

    public bool IsOverdue(DateOnly? due) => due < format.Time.Today;

    /// <summary>Whose turn it is and until when, in the words both sides see; nothing when no clock runs.</summary>
    public string? Clock(Case of) => of.DueOn is { } due
        ? text[(IsOverdue(due) ? "Clock.Late." : "Clock.") + CaseClock.Rules[of.Stage].Turn, format.Day(due)].Value
        : null;

    public IReadOnlyList<StepView> Steps(Case of, IReadOnlyCollection<CaseStep> steps)
    {
        DateOnly? Day(CaseStage stage) => steps.Where(s => s.To == stage && s.From != stage).Select(s => (DateOnly?)format.Time.Date(s.At)).FirstOrDefault();
        var reached = of.Stage == CaseStage.Ended ? steps.Where(s => s.To == CaseStage.Ended).Select(s => s.From).FirstOrDefault() ?? CaseStage.Recommended : of.Stage;
        return [.. Way.Select(stage => new StepView(Stage(stage), stage < reached || (stage == reached && stage == CaseStage.Closed), stage == reached, stage <= reached ? Day(stage) : null))];
    }

    /// <summary>The name of the side for somebody of the other side: never an anonymous one's.</summary>
    public string Owner(Case of, CaseSide side) => of.IsAnonymous(side) ? listings.AnonymousOwner(of.Listing(side)) : of.Listing(side).Organization.Name;

    /// <summary>Who wrote, for everybody in the case: 您, the side, or the broker.</summary>
    public string Author(CaseSide? author, CaseSide? reader) => author is null
        ? text[reader is null ? "Author.You" : "Author.Broker"]
        : text[author == reader ? "Author.Own" : "Author." + author];

    public string Problem(CaseProblem problem) => text["Problem." + problem];

    public string Of(CaseDecision decision, CaseStage now) => decision.Problem is { } problem ? Problem(problem) : text["Overtaken", Stage(now)];
}
