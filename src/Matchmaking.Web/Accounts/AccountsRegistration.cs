using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Matchmaking.Web.Accounts;

public static class AccountsRegistration
{
    /// <summary>Sign-in with cookies, roles, and the policies with their handlers.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, string dataFolder)
    {
        services.AddHttpContextAccessor();
        services.AddIdentity<User, IdentityRole<int>>(IdentityRules.Configure)
            .AddEntityFrameworkStores<MatchmakingDbContext>()
            .AddDefaultTokenProviders();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "matchmaking";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/account/sign-in";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "return";
            options.ExpireTimeSpan = TimeSpan.FromHours(10);
            options.SlidingExpiration = true;
        });
        // A role taken away or a password changed takes effect within a minute.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddSharedKeys(dataFolder, mayMake: true);
        services.AddAuthorization(Policies.AddTo);
        services.AddScoped<CurrentUser>();
        services.AddScoped<SignUp>();
        services.AddScoped<Layers>();
        services.AddScoped<AddressChange>();
        services.AddSingleton<FirstAdministrator>();
        services.AddScoped<IAuthorizationHandler, ListingAccessHandler>();
        return services;
    }
}
