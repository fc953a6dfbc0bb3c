using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Writing;

/// <summary>A published need that looks the same, as its public page shows it.</summary>
/// <param name="Owner">Never the name of an anonymous owner.</param>
/// <param name="Own">Of the same organisation: there is nothing to join.</param>
/// <param name="Difference">What the author wrote of it, as typed.</param>
/// <param name="Error">Why that is no answer; null when it is one.</param>
public sealed record NearView(int Id, string Number, string Title, string Summary, string Owner, string Href, int Percent, bool Own, string Difference, string? Error);

/// <param name="Away">Search was away, so that nothing was compared; the author is told.</param>
public sealed record NearFound(IReadOnlyList<NearView> Views, bool Away)
{
    public static NearFound None { get; } = new([], false);

    /// <summary>Submitting waits for an answer.</summary>
    public bool Held => Views.Any(n => n.Error is not null);
}

/// <summary>Near-duplicates of a form: each is answered by saying what differs, or joined, before the need is submitted.</summary>
public sealed class NearCheck(NearDuplicates near, MatchmakingDbContext db, ListingPresentation present, IStringLocalizer<WritingText> text, Formatting format)
{
    /// <summary>Shorter answers say nothing ("不同", "no").</summary>
    public const int LeastDifference = 6;

    /// <summary>Near-duplicates with the answers given so far; empty for achievements and for records that readers know.</summary>
    public async Task<NearFound> FindAsync(ListingContent content, ListingInput input, Listing? listing, int organizationId, CancellationToken cancellationToken)
    {
        if (content is not NeedContent need) return NearFound.None;
        if (await near.FindAsync(need, listing?.Id, cancellationToken) is not { } found) return new NearFound([], Away: true);
        if (found.Count == 0) return NearFound.None;
        var stored = listing is null ? [] : await db.DuplicateAnswers.AsNoTracking().Where(a => a.ListingId == listing.Id).ToDictionaryAsync(a => a.OtherId, a => a.Difference, cancellationToken);
        return new NearFound([.. found.Select(n => View(n, input.Differs.TryGetValue(n.Need.Id, out var typed) ? typed : stored.GetValueOrDefault(n.Need.Id, "")))], Away: false);

        NearView View(NearNeed n, string typed)
        {
            var reading = present.Read(n.Need, n.Need.Content());
            var length = ListingRules.Clean(typed).Length;
            var error = length < LeastDifference ? text["Near.Missing"].Value : length > DuplicateAnswer.MaxDifference ? text["Near.TooLong", format.Number(length), DuplicateAnswer.MaxDifference].Value : null;
            return new NearView(n.Need.Id, n.Need.Number!, reading.Title, reading.Summary, reading.Owner, ListingAddresses.Public(n.Need)!, (int)Math.Round(n.Words * 100), n.Need.OrganizationId == organizationId, typed, error);
        }
    }

    /// <summary>Puts the answers to the record; saved with it.</summary>
    public async Task RememberAsync(Listing listing, IReadOnlyList<NearView> answered, int by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (answered.Count == 0) return;
        var ids = answered.Select(a => a.Id).ToList();
        var stored = await db.DuplicateAnswers.Where(a => a.ListingId == listing.Id && ids.Contains(a.OtherId)).ToDictionaryAsync(a => a.OtherId, cancellationToken);
        foreach (var answer in answered)
        {
            var difference = ListingRules.Clean(answer.Difference);
            if (!stored.TryGetValue(answer.Id, out var earlier)) db.DuplicateAnswers.Add(new DuplicateAnswer(listing.Id, answer.Id, difference, by, at));
            else if (earlier.Difference != difference) earlier.Answer(difference, by, at);
        }
    }
}
