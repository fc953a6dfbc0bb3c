using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Matchmaking.Web.Plan;

/// <summary>The way to the returns of one's department, for whoever reports for one.</summary>
public sealed class ReportingLinkViewComponent(DepartmentReturns returns, CurrentUser current) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() =>
        current.Id is { } me && await returns.DepartmentOfAsync(me, HttpContext.RequestAborted) is not null ? View() : Content("");
}
