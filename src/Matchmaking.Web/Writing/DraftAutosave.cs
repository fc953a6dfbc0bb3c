using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Writing;

/// <summary>What became of a save that the page made by itself.</summary>
/// <param name="State">saved; untitled: nothing to keep yet; unreadable: a field has a value without meaning; newer: another device saved first; closed: submitted or decided meanwhile; stale: the page is too old.</param>
/// <param name="Version">The version to send next time, for saved; the stored one, for newer.</param>
/// <param name="Address">Where the draft lies from now on.</param>
/// <param name="At">When the stored draft was saved, in the platform's time, as 14:32.</param>
/// <param name="Message">What is wrong, for unreadable.</param>
public sealed record AutosaveAnswer(string State, int Version = 0, string? Address = null, string? At = null, string? Message = null)
{
    public static AutosaveAnswer Stale { get; } = new("stale");

    public JsonResult Result() => new(this)
    {
        StatusCode = State switch { "saved" or "untitled" => StatusCodes.Status200OK, "unreadable" => StatusCodes.Status422UnprocessableEntity, "stale" => StatusCodes.Status400BadRequest, _ => StatusCodes.Status409Conflict },
    };
}

/// <summary>
/// Saves a draft while its author types. It overwrites nothing that he has not seen: a page that holds an older version is told and saves no more.
/// Only drafts and returned records save themselves; a published record changes by a proposal, which is an act of its own.
/// </summary>
public sealed class DraftAutosave(MatchmakingDbContext db, OwnListings own, ListingMessages messages, LocalTime time, TimeProvider clock)
{
    /// <param name="listing">The stored record that the page was opened on; null for a new one.</param>
    public async Task<AutosaveAnswer> SaveAsync(Listing? listing, Organization organization, int userId, ListingKind kind, ListingInput input, CancellationToken cancellationToken)
    {
        if (ListingRules.CleanLine(input.Title).Length == 0) return new AutosaveAnswer("untitled");
        var read = ListingFormReader.Read(input, kind);
        var problems = read.Problems.Concat(ListingRules.CheckDraft(read.Content).Select(read.AtInput)).Concat(ListingRules.CheckContact(read.Contact, complete: false)).ToList();
        if (problems.Count > 0) return new AutosaveAnswer("unreadable", Message: messages.Of(problems[0], kind, input.Quantities));
        // The first save of a new form may have arrived without its answer having come back.
        listing ??= await CreatedBeforeAsync(organization.Id, input.CreationKey, cancellationToken);
        if (listing is null) return await CreateAsync(organization, userId, kind, input, read, cancellationToken);
        if (!listing.May(ListingAct.Describe)) return new AutosaveAnswer("closed", Address: ListingAddresses.View(listing));
        var same = ContentFacts.Same(listing.Content(), read.Content) && listing.Contact == read.Contact;
        if (same) return Saved(listing);
        if (listing.Version != input.Version) return Newer(listing);
        listing.Describe(read.Content, read.Contact, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await own.FindAgainAsync(listing.Id, Policies.EditListing, cancellationToken) is { } now ? Newer(now) : AutosaveAnswer.Stale;
        }
        return Saved(listing);
    }

    private async Task<AutosaveAnswer> CreateAsync(Organization organization, int userId, ListingKind kind, ListingInput input, ReadForm read, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        Listing listing = kind == ListingKind.Need ? new Need(organization, userId, at) : new Achievement(organization, userId, at);
        listing.CreatedBy(input.CreationKey);
        listing.Describe(read.Content, read.Contact, at);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.Listings.Add(listing);
            await db.SaveChangesAsync(cancellationToken);
            db.Audit(userId, "listing.create", PublishListing.Subject(listing), at);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two saves of one new form at once: the key lets one of them through.
            db.ChangeTracker.Clear();
            if (await CreatedBeforeAsync(organization.Id, input.CreationKey, cancellationToken) is not { } earlier) throw;
            return ContentFacts.Same(earlier.Content(), read.Content) ? Saved(earlier) : Newer(earlier);
        }
        return Saved(listing);
    }

    private async Task<Listing?> CreatedBeforeAsync(int organizationId, Guid key, CancellationToken cancellationToken)
    {
        var id = await db.Listings.Where(l => l.CreationKey == key && l.OrganizationId == organizationId).Select(l => (int?)l.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null ? null : await own.FindAsync(id.Value, Policies.EditListing, cancellationToken);
    }

    private AutosaveAnswer Saved(Listing listing) => new("saved", listing.Version, ListingAddresses.Form(listing), Clock(listing));

    private AutosaveAnswer Newer(Listing listing) => new("newer", listing.Version, ListingAddresses.Form(listing), Clock(listing));

    private string Clock(Listing listing) => time.Local(listing.UpdatedAt).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
