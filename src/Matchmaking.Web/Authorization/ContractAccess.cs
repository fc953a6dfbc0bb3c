using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;

namespace Matchmaking.Web.Authorization;

/// <summary>
/// Who may read and who may change a contract: staff all; a broker his own; the members of a party read it, and change what one of them entered. A draft is its
/// author's alone, except one on posted terms, which both sides know. One place,
/// as a filter of queries, so that lists and single records cannot differ.
/// </summary>
public sealed class ContractAccess(MatchmakingDbContext db, CurrentUser current)
{
    public async Task<IQueryable<Contract>> ReadableAsync(IQueryable<Contract> contracts)
    {
        if (current.Principal.IsInRole(Roles.Staff)) return contracts;
        var me = current.Id;
        var organization = current.Principal.IsInRole(Roles.Broker) ? null : (await current.OrganizationAsync())?.Id;
        return contracts.Where(c => c.BrokerId == me || c.CreatedById == me || (organization != null && c.Parties.Any(p => p.OrganizationId == organization) 
            && (c.State != ContractState.Draft || db.OpenLicenceAcceptances.Any(a => a.ContractId == c.Id))));
    }

    public bool MayChange(Contract contract) =>
        current.Principal.IsInRole(Roles.Staff) || (current.Id is { } me && (contract.BrokerId == me || contract.CreatedById == me));

    /// <summary>Members of a party say what became of it; so may whoever may change it.</summary>
    public async Task<bool> MayAnswerAsync(Contract contract) =>
        MayChange(contract) || (await current.OrganizationAsync() is { } own && contract.Parties.Any(p => p.OrganizationId == own.Id));
}
