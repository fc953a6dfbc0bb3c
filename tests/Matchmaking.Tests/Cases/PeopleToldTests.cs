using Matchmaking.Matching.Brokerage;
using Matchmaking.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Cases;

/// <summary>Who would be told is looked up for many cases at once and must be what telling them would find.</summary>
public sealed class PeopleToldTests(LoadedApplication app) : IClassFixture<LoadedApplication>
{
    [Fact]
    public async Task Who_is_told_of_many_cases_is_who_is_told_of_each()
    {
        // In the sample staff wrote every record; here every second organisation's first member did.
        await app.WithDbAsync(db => db.Listings.Where(l => l.OrganizationId % 2 == 0 && db.Users.Any(u => u.OrganizationId == l.OrganizationId))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.AuthorId, l => db.Users.Where(u => u.OrganizationId == l.OrganizationId).Min(u => u.Id)), TestContext.Current.CancellationToken));
        await using var scope = app.Services.CreateAsyncScope();
        var (introductions, audience) = (scope.ServiceProvider.GetRequiredService<Introductions>(), scope.ServiceProvider.GetRequiredService<CaseAudience>());
        var cases = await introductions.Whole().OrderBy(c => c.Id).Take(60).ToListAsync(TestContext.Current.CancellationToken);
        var counted = await audience.PeopleOfAllAsync(cases, TestContext.Current.CancellationToken);

        var sizes = new HashSet<int>();
        foreach (var one in cases)
        {
            foreach (var side in Enum.GetValues<CaseSide>())
            {
                var people = await audience.PeopleOfAsync(one, side, TestContext.Current.CancellationToken);
                Assert.Equal(people.Order(), counted[(one.Id, side)]);
                sizes.Add(people.Count);
            }
        }
        Assert.Equal(2 * cases.Count, counted.Count);
        Assert.True(sizes.Count > 1, "Every side of the sample has equally many people; nothing was compared.");
    }
}
