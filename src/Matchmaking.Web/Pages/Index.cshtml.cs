using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages;

public sealed class IndexModel : PageModel
{
    public void OnGet() { }
}
