using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.PersonalData;

/// <param name="Name">Code of what it is; its word is <c>Field.Name</c> of the page's words.</param>
public sealed record PersonalField(string Name, string Value);

/// <summary>One thing that is held: an account, a grade, a notice.</summary>
public sealed record PersonalRecord(params IReadOnlyList<PersonalField> Fields);

/// <summary>What the person wants done with what others need when he goes.</summary>
/// <param name="Replacement">Who is to be asked instead of him; empty when he names nobody.</param>
/// <param name="Withdraw">For the last member of an organisation: take its public records off.</param>
public sealed record Farewell(Contact Replacement, bool Withdraw);

/// <summary>
/// One kind of personal data that the platform holds. Page, export and deletion ask every part that is registered; a subject that stores something about
/// persons registers its own with <see cref="PersonalDataRegistration.AddPersonalDataPart{TPart}"/>, with the words <c>Part.Key</c> (what it is) and
/// <c>Keeps.Key</c> (what deletion does with it, and which law keeps what).
/// </summary>
public abstract class PersonalDataPart
{
    public abstract string Key { get; }

    /// <summary>Everything held about this person and about nobody else, newest first; other persons appear as numbers alone.</summary>
    public abstract Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken);

    /// <summary>Takes the person out of it, in the transaction of the deletion; saving is the caller's. What stays must hold neither name, mail nor phone.</summary>
    public abstract Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken);
}
