using Matchmaking.Web.Plan;

namespace Matchmaking.Web.Lists;

public static class ListPagesRegistration
{
    /// <summary>What the pages of the yearly lists and of the plan need beside the subject itself.</summary>
    public static IServiceCollection AddListAndPlanPages(this IServiceCollection services)
    {
        services.AddScoped<ListFiles>();
        services.AddScoped<ListCatalog>();
        services.AddScoped<ListPrint>();
        services.AddScoped<PlanWords>();
        services.AddScoped<Foresight.ForesightWords>();
        services.AddScoped<Foresight.ForesightPrint>();
        services.AddScoped<BulletinPrint>();
        services.AddScoped<ListRounds.RoundsWords>();
        return services;
    }
}
