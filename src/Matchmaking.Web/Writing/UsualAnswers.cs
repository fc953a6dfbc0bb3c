using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Writing;

/// <summary>Fills a new form with what the organisation answered last time, and with the contact that this person gave himself.</summary>
public sealed class UsualAnswers(MatchmakingDbContext db)
{
    /// <returns>Whether anything was taken over.</returns>
    public async Task<bool> FillAsync(ListingInput input, int organizationId, int userId, ListingKind kind, CancellationToken cancellationToken)
    {
        IQueryable<Listing> own = kind == ListingKind.Need ? db.Needs : db.Achievements;
        own = own.AsNoTracking().Where(l => l.OrganizationId == organizationId);
        if (await own.OrderByDescending(l => l.Id).FirstOrDefaultAsync(cancellationToken) is not { } last) return false;
        var usual = ListingInput.From(last.Content(), Contact.Empty);
        (input.Region, input.Industry, input.Field) = (Or(usual.Region, input.Region), Or(usual.Industry, input.Industry), usual.Field);
        (input.Cooperation, input.Payment, input.Disclosure) = (usual.Cooperation, usual.Payment, usual.Disclosure);
        // A colleague's name and phone are his to give.
        if (await own.Where(l => l.AuthorId == userId && l.Contact.Name != "").OrderByDescending(l => l.Id).Select(l => l.Contact).FirstOrDefaultAsync(cancellationToken) is { } contact)
            (input.ContactName, input.ContactPhone, input.ContactMail) = (contact.Name, contact.Phone, contact.Mail);
        return true;
    }

    private static string Or(string first, string second) => first.Length > 0 ? first : second;
}
