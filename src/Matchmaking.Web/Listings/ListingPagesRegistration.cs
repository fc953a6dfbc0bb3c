namespace Matchmaking.Web.Listings;

public static class ListingPagesRegistration
{
    /// <summary>What the pages of needs and achievements use.</summary>
    public static IServiceCollection AddListingPages(this IServiceCollection services)
    {
        services.AddScoped<ListingSearch>();
        services.AddSingleton<ListingViews>();
        services.AddSingleton<MatchViews>();
        return services;
    }
}
