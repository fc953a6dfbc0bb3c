using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Cases;

/// <summary>Files and calendars of cases. Every refusal is a 404.</summary>
public static class CaseDoors
{
    public static IEndpointRouteBuilder MapCaseDoors(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/cases/files/{id:int}", FileAsync).RequireAuthorization();
        endpoints.MapGet("/cases/{id:int}/attachments/{attachment:int}", AttachmentAsync).RequireAuthorization();
        endpoints.MapGet("/cases/meetings/{id:int}.ics", MeetingAsync).RequireAuthorization();
        endpoints.MapGet("/calendar/{token}.ics", FeedAsync).AllowAnonymous();
        return endpoints;
    }

    private static async Task<IResult> FileAsync(
        int id, HttpContext context, MatchmakingDbContext db, CaseAccess access, Introductions introductions, CurrentUser current, AttachmentStore store, CancellationToken cancellationToken)
    {
        var file = await db.CaseFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        if (file is null || await access.ReaderAsync(file.CaseId, cancellationToken) is not { } reader) return Results.NotFound();
        var foreign = reader.Side is { } own && file.Side is { } side && side != own;
        if (foreign && !(await introductions.ShowAsync(file.CaseId, file.Side!.Value, CaseLayer.Documents, current.Id!.Value, cancellationToken)).Done) return Results.NotFound();
        return Download(context, store, file.StoredName, file.ContentType, file.FileName);
    }

    private static async Task<IResult> AttachmentAsync(
        int id, int attachment, HttpContext context, MatchmakingDbContext db, CaseAccess access, Introductions introductions, CurrentUser current, AttachmentStore store, CancellationToken cancellationToken)
    {
        if (await access.FindForSideAsync(id, cancellationToken) is not { } found) return Results.NotFound();
        var other = Case.Other(found.Side);
        var listing = found.Case.Party(other).ListingId;
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attachment && a.ListingId == listing && a.ReleasedAt != null, cancellationToken);
        if (file is null || !(await introductions.ShowAsync(id, other, CaseLayer.Documents, current.Id!.Value, cancellationToken)).Done) return Results.NotFound();
        return Download(context, store, file.StoredName, file.ContentType, file.FileName);
    }

    private static async Task<IResult> MeetingAsync(
        int id, HttpContext context, MatchmakingDbContext db, CaseAccess access, IStringLocalizer<CasesText> text, CancellationToken cancellationToken)
    {
        var meeting = await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.StartsAt != null, cancellationToken);
        if (meeting is null || await access.ReaderAsync(meeting.CaseId, cancellationToken) is not { } reader) return Results.NotFound();
        var entry = Entry(meeting, reader.Case.Need.Title, reader.Case.Achievement.Title, reader.Side is null, context, text);
        return Calendar(context, text["Meeting.File"], [entry], "meeting.ics");
    }

    /// <summary>Whoever knows the address reads it, as calendar programs cannot sign in; it shows titles and times of the person's own meetings.</summary>
    private static async Task<IResult> FeedAsync(string token, HttpContext context, CalendarFeeds feeds, IStringLocalizer<CasesText> text, CancellationToken cancellationToken)
    {
        if (await feeds.MeetingsAsync(token, cancellationToken) is not { } meetings) return Results.NotFound();
        return Calendar(context, text["Meeting.Feed"], meetings.Select(m => Entry(m.Meeting, m.Need, m.Achievement, m.AsBroker, context, text)), "meetings.ics");
    }

    private static CalendarEntry Entry(Meeting meeting, string need, string achievement, bool asBroker, HttpContext context, IStringLocalizer<CasesText> text) => new(
        meeting.Uid, meeting.StartsAt!.Value, meeting.EndsAt!.Value, text["Meeting.Summary", need], text["Meeting.Description", need, achievement], meeting.Place,
        $"{context.Request.Scheme}://{context.Request.Host}{(asBroker ? CaseAudience.DeskAddress(meeting.CaseId) : CaseAudience.SideAddress(meeting.CaseId))}",
        meeting.Sequence, meeting.ChangedAt, meeting.State == MeetingState.Cancelled);

    private static IResult Calendar(HttpContext context, string name, IEnumerable<CalendarEntry> entries, string fileName)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(Encoding.UTF8.GetBytes(CalendarFile.Write(name, entries)), CalendarFile.ContentType + "; charset=utf-8", fileName);
    }

    private static IResult Download(HttpContext context, AttachmentStore store, string storedName, string contentType, string fileName)
    {
        if (store.Open(storedName) is not { } file) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file, contentType, fileName);
    }
}

/// <param name="AsBroker">Whether the person is the case's broker and not of one of its sides.</param>
public sealed record FeedMeeting(Meeting Meeting, string Need, string Achievement, bool AsBroker);

/// <summary>Private calendars: one address a person, made on wish, gone when revoked.</summary>
public sealed class CalendarFeeds(MatchmakingDbContext db, TimeProvider time)
{
    private const int TokenBytes = 32;
    private const int Most = 200;

    public Task<string?> AddressAsync(int userId, CancellationToken cancellationToken) =>
        db.CalendarFeeds.Where(f => f.UserId == userId).Select(f => "/calendar/" + f.Token + ".ics").SingleOrDefaultAsync(cancellationToken);

    /// <summary>A new address; an earlier one stops working.</summary>
    public async Task RenewAsync(int userId, CancellationToken cancellationToken)
    {
        await RevokeAsync(userId, "calendar.renew", cancellationToken);
        db.CalendarFeeds.Add(new CalendarFeed(userId, RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true), time.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task RevokeAsync(int userId, CancellationToken cancellationToken) => RevokeAsync(userId, "calendar.revoke", cancellationToken);

    /// <summary>The fixed, cancelled and past meetings of the person whose address it is; null for an address that is none.</summary>
    public async Task<IReadOnlyList<FeedMeeting>?> MeetingsAsync(string token, CancellationToken cancellationToken)
    {
        if (await db.CalendarFeeds.Where(f => f.Token == token).Join(db.Users, f => f.UserId, u => u.Id, (_, u) => u).SingleOrDefaultAsync(cancellationToken) is not { } person) return null;
        var organization = person.Membership == Matching.Organizations.Membership.Member ? person.OrganizationId : null;
        var roles = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == person.Id select role.Name).ToListAsync(cancellationToken);
        var sides = new List<CaseSide>();
        if (roles.Contains(Matching.Organizations.Roles.EnterpriseMember)) sides.Add(CaseSide.Need);
        if (roles.Contains(Matching.Organizations.Roles.Researcher)) sides.Add(CaseSide.Achievement);
        var broker = roles.Contains(Matching.Organizations.Roles.Broker);
        var found = await db.Meetings.AsNoTracking().Where(m => m.StartsAt != null
                && ((broker && m.Case.BrokerId == person.Id) || (organization != null && m.Case.Parties.Any(p => p.OrganizationId == organization && sides.Contains(p.Side)))))
            .OrderByDescending(m => m.Id).Take(Most).Select(m => new { Meeting = m, Need = m.Case.Need.Title, Achievement = m.Case.Achievement.Title, m.Case.BrokerId }).ToListAsync(cancellationToken);
        return [.. found.Select(m => new FeedMeeting(m.Meeting, m.Need, m.Achievement, broker && m.BrokerId == person.Id))];
    }

    private async Task RevokeAsync(int userId, string action, CancellationToken cancellationToken)
    {
        if (await db.CalendarFeeds.SingleOrDefaultAsync(f => f.UserId == userId, cancellationToken) is { } old) db.CalendarFeeds.Remove(old);
        db.Audit(userId, action, $"user:{userId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }
}
