using Microsoft.AspNetCore.Identity;

namespace Matchmaking.Matching.Data;

/// <summary>Sign-in rules. They shape the database as well (key lengths), so contexts built without a host need the same ones.</summary>
public static class IdentityRules
{
    public static void Configure(IdentityOptions options)
    {
        options.Stores.MaxLengthForKeys = 128;
        options.User.RequireUniqueEmail = true;
        options.Password.RequiredLength = 10;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireLowercase = true;
        options.Password.RequireDigit = true;
        options.Password.RequiredUniqueChars = 5;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.Lockout.AllowedForNewUsers = true;
    }
}
