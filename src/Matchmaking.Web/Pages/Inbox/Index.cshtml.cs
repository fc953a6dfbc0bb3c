using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Inbox;

/// <summary>What the signed-in person was told, newest first; by group or kind, or only what is not read yet.</summary>
[Authorize]
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time) : PageModel
{
    private const int Size = 20;

    [BindProperty(SupportsGet = true, Name = "group")]
    public string? GroupName { get; set; }

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? KindName { get; set; }

    [BindProperty(SupportsGet = true, Name = "unread")]
    public string? UnreadOnly { get; set; }

    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;
    public int Unread { get; private set; }

    /// <summary>Unknown names filter nothing: an old address still shows something.</summary>
    public NoticeGroup? Group => Enum.TryParse<NoticeGroup>(GroupName, out var group) && Enum.IsDefined(group) ? group : null;

    public NoticeKind? Kind => Enum.TryParse<NoticeKind>(KindName, out var kind) && Enum.IsDefined(kind) ? kind : null;

    public bool OnlyUnread => UnreadOnly == "1";

    public string Address(NoticeGroup? group = null, NoticeKind? kind = null, bool unread = false, int page = 1) => "/inbox" + QueryString.Create(
        new (string Key, string? Value)[] { ("group", group?.ToString()), ("kind", kind?.ToString()), ("unread", unread ? "1" : null), ("page", page > 1 ? $"{page}" : null) }
            .Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string?>(p.Key, p.Value)));

    public async Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        var own = Own();
        Unread = await own.CountAsync(n => n.ReadAt == null, cancellationToken);
        var wanted = Filter(own);
        var total = await wanted.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => Address(Group, Kind, OnlyUnread, n));
        Notices = await wanted.AsNoTracking().OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostReadAsync(int id, CancellationToken cancellationToken)
    {
        if (await Own().SingleOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } notice) return NotFound();
        notice.Read(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return LocalRedirect(Address(Group, Kind, OnlyUnread));
    }

    /// <summary>Everything that the filter shows, on all its pages.</summary>
    public async Task<IActionResult> OnPostReadAllAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await Filter(Own()).Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
        return LocalRedirect(Address(Group, Kind, OnlyUnread));
    }

    private IQueryable<Notice> Own()
    {
        var id = current.Id ?? 0;
        return db.Notices.Where(n => n.UserId == id);
    }

    private IQueryable<Notice> Filter(IQueryable<Notice> notices)
    {
        if (Kind is { } kind) notices = notices.Where(n => n.Kind == kind);
        else if (Group is { } group)
        {
            var kinds = NoticeKinds.Of(group);
            notices = notices.Where(n => kinds.Contains(n.Kind));
        }
        return OnlyUnread ? notices.Where(n => n.ReadAt == null) : notices;
    }
}
