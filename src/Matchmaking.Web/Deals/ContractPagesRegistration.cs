using Matchmaking.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Deals;

public static class ContractPagesRegistration
{
    public static IServiceCollection AddContractPages(this IServiceCollection services)
    {
        // After AddRazorPages, which gives the options a fresh set of conventions.
        services.PostConfigure<RazorPagesOptions>(options => options.Conventions.AddPageRoute("/Contracts/Edit", "/contracts/{id:int}/edit"));
        services.AddScoped<ContractAccess>();
        services.AddScoped<ContractWords>();
        services.AddScoped<RegistrationFile>();
        return services;
    }
}
