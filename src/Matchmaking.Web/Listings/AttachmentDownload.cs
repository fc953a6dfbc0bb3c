using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Listings;

public static class AttachmentDownload
{
    /// <summary>GET /attachments/{id}: always a download, never shown inside the site; a refusal is a 404.</summary>
    public static IEndpointRouteBuilder MapAttachments(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/attachments/{id:int}", async (
            int id, HttpContext context, MatchmakingDbContext db, IAuthorizationService authorization, Layers layers, AttachmentStore store, CancellationToken cancellationToken) =>
        {
            var attachment = await db.Attachments.AsNoTracking().Include(a => a.Listing).ThenInclude(l => l.Organization)
                .SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
            if (attachment is null) return Results.NotFound();
            // A document's properties may name its author, so an anonymous owner's files are not public; nor is a file that staff have not published.
            var layer = await layers.OfAsync(attachment.Listing);
            var part = attachment.Listing.IsPublic && attachment.ReleasedAt is not null ? ListingPart.Files : ListingPart.UnreleasedFiles;
            if (!Layers.Shows(part, layer, attachment.Listing.Disclosure)
                && !(await authorization.AuthorizeAsync(context.User, attachment.Listing, Policies.RecommendListing)).Succeeded) return Results.NotFound();
            if (store.Open(attachment.StoredName) is not { } file) return Results.NotFound();
            context.Response.Headers.CacheControl = "private, no-store";
            return Results.File(file, attachment.ContentType, attachment.FileName);
        }).AllowAnonymous();
        return endpoints;
    }
}
