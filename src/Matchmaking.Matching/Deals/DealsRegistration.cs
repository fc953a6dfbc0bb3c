using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Deals;

public static class DealsRegistration
{
    public static IServiceCollection AddDeals(this IServiceCollection services)
    {
        services.AddScoped<ContractActs>();
        services.AddScoped<SolveNeed>();
        services.AddScoped<Funnel>();
        services.AddScoped<OpenLicences>();
        return services;
    }
}
