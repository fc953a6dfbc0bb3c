using System.Security.Cryptography;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Accounts;

/// <summary>
/// While no administrator exists, the console prints a link with a secret of this run; whoever opens it first makes the account.
/// Nothing of the secret is stored: a restart prints another one.
/// </summary>
public sealed class FirstAdministrator(IServiceScopeFactory scopes) : IDisposable
{
    private readonly string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly SemaphoreSlim once = new(1);

    public string Path => $"/setup/{secret}";

    public void Dispose() => once.Dispose();

    public async Task<bool> IsOpenAsync(string? given, CancellationToken cancellationToken)
    {
        var same = given is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(given), System.Text.Encoding.ASCII.GetBytes(secret));
        return same && !await ExistsAsync(cancellationToken);
    }

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        return await (from role in db.Roles
                      join link in db.UserRoles on role.Id equals link.RoleId
                      where role.Name == Roles.Administrator
                      select link).AnyAsync(cancellationToken);
    }

    /// <summary>Makes the account; null errors mean done. Two at once: one wins, the other is told that it exists.</summary>
    public async Task<IEnumerable<IdentityError>?> CreateAsync(string given, string email, string name, string password, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await once.WaitAsync(cancellationToken);
        try
        {
            if (!await IsOpenAsync(given, cancellationToken)) return [new IdentityError { Code = "InvalidToken" }];
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            var user = User.Create(email, name, at);
            var created = await users.CreateAsync(user, password);
            if (!created.Succeeded) return created.Errors;
            await users.AddToRoleAsync(user, Roles.Administrator);
            return null;
        }
        finally
        {
            once.Release();
        }
    }
}
