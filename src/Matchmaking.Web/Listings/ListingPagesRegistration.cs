using Matchmaking.Matching.Listings;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Listings;

public static class ListingPagesRegistration
{
    /// <summary>What the pages of needs and achievements use: finding them, writing them, checking and showing them.</summary>
    public static IServiceCollection AddListingPages(this IServiceCollection services, string dataFolder)
    {
        services.AddScoped<ListingSearch>();
        services.AddSingleton<ListingViews>();
        services.AddSingleton<MatchViews>();

        services.Configure<RouteOptions>(options => options.ConstraintMap["side"] = typeof(SideConstraint));
        // After AddRazorPages, which gives the options a fresh set of conventions.
        services.PostConfigure<RazorPagesOptions>(options => options.Conventions.AddPageRoute("/My/Listings/Edit", "/my/{side:side}/new"));
        services.AddSingleton<ListingMessages>();
        services.AddSingleton<CheckWords>();
        services.AddSingleton<ContentFacts>();
        services.AddSingleton<ListingChoices>();
        services.AddSingleton<ListingPresentation>();
        services.AddSingleton<WritingCheck>();
        services.AddScoped<DraftAutosave>();
        services.AddScoped<NearCheck>();
        services.AddScoped<UsualAnswers>();
        services.AddScoped<Togetherness>();
        services.AddScoped<PublishListing>();
        services.AddScoped<Offices.OfficeRecords>();
        services.AddScoped<Rounds.OpenRounds>();
        services.AddSingleton<Rounds.RoundWords>();
        services.AddScoped<OwnListings>();
        services.AddScoped<Brokers>();
        services.AddScoped<ListingHistory>();
        services.AddSingleton(provider => new KeptForms(
            Path.Combine(dataFolder, "kept-forms"), provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
