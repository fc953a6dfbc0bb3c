using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Deals;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Contracts;

/// <summary>The registration file to download, as a document or as data.</summary>
public sealed class RegistrationModel(MatchmakingDbContext db, ContractAccess access, RegistrationFile file) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, string format, CancellationToken cancellationToken)
    {
        var contract = await (await access.ReadableAsync(db.Contracts.AsNoTracking().Include(c => c.Versions))).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contract is null) return NotFound();
        Response.Headers.CacheControl = "private, no-store";
        var form = RegistrationForm.Of(contract);
        return format switch
        {
            "docx" => File(file.Word(form), RegistrationFile.WordType, $"contract-{id}.docx"),
            "json" => File(form.ToJson(), "application/json", $"contract-{id}.json"),
            _ => NotFound(),
        };
    }
}
