using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Foresight;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Experts;

/// <summary>A report's draft as its committee of experts writes it. Nobody else has a page here, and it ends with the publication.</summary>
public sealed class ReportModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<ForesightText> text) : SectionsPageModel(db, current, time, text)
{
    public override string Address => $"{ExpertPagesRule.Reports}/{Report.Id}";

    protected override bool MayOpen(ForesightReport report) => report.State == ForesightState.Draft && Current.Id is { } me && report.Committee.Contains(me);
}
