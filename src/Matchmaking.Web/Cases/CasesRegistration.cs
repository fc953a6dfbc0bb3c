namespace Matchmaking.Web.Cases;

public static class CasesRegistration
{
    /// <summary>What the pages of introductions use.</summary>
    public static IServiceCollection AddCasePages(this IServiceCollection services)
    {
        services.AddScoped<CaseAccess>();
        services.AddScoped<CasePapers>();
        services.AddScoped<CalendarFeeds>();
        services.AddSingleton<CaseViews>();
        return services;
    }
}
