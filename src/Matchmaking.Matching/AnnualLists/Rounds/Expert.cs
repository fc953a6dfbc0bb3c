using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>What staff write down of an expert.</summary>
/// <param name="CoAuthors">Names of people with whom he publishes or invents.</param>
/// <param name="Conflicts">Ids of organisations he has declared to be bound to.</param>
public sealed record ExpertProfile(IReadOnlyList<TechnologyField> Fields, bool IsFromFirm, IReadOnlyList<string> CoAuthors, IReadOnlyList<int> Conflicts);

/// <summary>专家库: an ordinary account that may be asked to score. An expert sees only what he is asked about.</summary>
public sealed class Expert
{
    public const int MostNames = 50;

    private Expert() { }

    public Expert(User user, ExpertProfile profile, int by, DateTimeOffset at)
    {
        User = user;
        UserId = user.Id;
        AddedById = by;
        AddedAt = at;
        Describe(profile);
    }

    public int Id { get; private set; }
    public int UserId { get; private set; }
    public User User { get; private set; } = null!;
    public IReadOnlyList<TechnologyField> Fields { get; private set; } = [];

    /// <summary>Counts for the share of firm experts in a review.</summary>
    public bool IsFromFirm { get; private set; }
    public IReadOnlyList<string> CoAuthors { get; private set; } = [];
    public IReadOnlyList<int> Conflicts { get; private set; } = [];
    public bool IsActive { get; private set; } = true;
    public int AddedById { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
    public int Version { get; private set; }

    public void Describe(ExpertProfile profile)
    {
        if (profile.Fields.Count == 0) throw new ListRoundRefusedException("NoFields");
        if (profile.CoAuthors.Count > MostNames) throw new ListRoundRefusedException("ManyNames", profile.CoAuthors.Count, MostNames);
        (Fields, IsFromFirm, CoAuthors, Conflicts) = (profile.Fields, profile.IsFromFirm, profile.CoAuthors, profile.Conflicts);
        Version++;
    }

    /// <summary>Takes out what says something about him or others; his number stays, since scores hang on it.</summary>
    internal void Forget()
    {
        (CoAuthors, Conflicts, IsActive) = ([], [], false);
        Version++;
    }

    /// <summary>Who rests is asked nothing new; what he was asked before stays his.</summary>
    public void Rest()
    {
        IsActive = false;
        Version++;
    }

    public void Return()
    {
        IsActive = true;
        Version++;
    }
}

/// <summary>Why an expert does not score an entry.</summary>
public enum ConflictReason { OwnOrganization, Declared, CoAuthor, Contract, Involved }

/// <summary>What is asked about an expert before he is given an entry.</summary>
/// <param name="Name">As it stands among inventors.</param>
/// <param name="Partners">Organisations that stand with his in a contract that holds.</param>
public sealed record ExpertCandidate(
    int ExpertId, int UserId, string Name, int? OrganizationId, bool IsFromFirm, IReadOnlyList<TechnologyField> Fields, IReadOnlyList<string> CoAuthors, IReadOnlyList<int> Conflicts, IReadOnlySet<int> Partners);

/// <param name="People">Ids of accounts that have to do with it: author and broker.</param>
public sealed record EntryCandidate(int EntryId, TechnologyField? Field, int OrganizationId, string Inventors, IReadOnlyList<int> People);

public sealed record Assignment(int EntryId, int ExpertId);

/// <summary>Who scores what. Pure: the same register and entries give the same assignment.</summary>
public static class ExpertAssignment
{
    private static readonly char[] Separators = [',', '，', ';', '；', '、', '\n', '\r', '\t', ' ', '　', '(', '（', ')', '）', '|'];

    public static ConflictReason? ConflictOf(ExpertCandidate expert, EntryCandidate entry)
    {
        if (entry.People.Contains(expert.UserId)) return ConflictReason.Involved;
        if (expert.OrganizationId == entry.OrganizationId) return ConflictReason.OwnOrganization;
        if (expert.Conflicts.Contains(entry.OrganizationId)) return ConflictReason.Declared;
        var inventors = entry.Inventors.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (expert.CoAuthors.Append(expert.Name).Any(name => name.Split(Separators, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && inventors.Contains(first))) return ConflictReason.CoAuthor;
        return expert.Partners.Contains(entry.OrganizationId) ? ConflictReason.Contract : null;
    }

    /// <summary>
    /// Gives each entry experts of its field without a conflict, up to the number asked. The entry with the fewest possible experts is served first; among the
    /// possible ones, first whoever brings firm experts nearer to half of the entry's, then whoever has the fewest entries, then the earlier registered.
    /// </summary>
    /// <param name="existing">What was given already, and counts; also an expert who has stood down, who is not asked about that entry again.</param>
    /// <param name="standing">Those of <paramref name="existing"/> that still count for the number.</param>
    public static IReadOnlyList<Assignment> Make(
        IReadOnlyCollection<EntryCandidate> entries, IReadOnlyCollection<ExpertCandidate> experts, int perEntry, IReadOnlyCollection<Assignment> existing, IReadOnlyCollection<Assignment> standing)
    {
        var load = existing.CountBy(a => a.ExpertId).ToDictionary();
        var firm = experts.ToDictionary(e => e.ExpertId, e => e.IsFromFirm);
        var asked = existing.ToHashSet();
        var possible = entries.ToDictionary(e => e.EntryId, e => experts.Where(x => e.Field is { } field && x.Fields.Contains(field) && ConflictOf(x, e) is null && !asked.Contains(new(e.EntryId, x.ExpertId))).ToList());
        var made = new List<Assignment>();
        foreach (var entry in entries.OrderBy(e => possible[e.EntryId].Count).ThenBy(e => e.EntryId))
        {
            var own = standing.Where(a => a.EntryId == entry.EntryId).Select(a => a.ExpertId).ToList();
            var left = possible[entry.EntryId];
            while (own.Count < perEntry && left.Count > 0)
            {
                var firms = own.Count(id => firm.GetValueOrDefault(id));
                var wantsFirm = 2 * firms <= own.Count;
                var next = left.OrderBy(x => x.IsFromFirm == wantsFirm ? 0 : 1).ThenBy(x => load.GetValueOrDefault(x.ExpertId)).ThenBy(x => x.ExpertId).First();
                left.Remove(next);
                own.Add(next.ExpertId);
                load[next.ExpertId] = load.GetValueOrDefault(next.ExpertId) + 1;
                made.Add(new Assignment(entry.EntryId, next.ExpertId));
            }
        }
        return made;
    }
}
