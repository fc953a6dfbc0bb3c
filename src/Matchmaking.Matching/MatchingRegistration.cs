using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.PersonalData;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching;

public static class MatchingRegistration
{
    /// <summary>Database, search, encoder and ranking by the settings; unknown or contradictory values throw with the allowed ones.</summary>
    /// <param name="dataFolder">Where embedded parts keep their files.</param>
    public static IServiceCollection AddMatchmaking(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.AddDatabase(configuration, dataFolder);
        services.AddSearch(configuration, dataFolder);
        services.AddWriting(configuration);
        var zone = LocalCalendar.ZoneOf(configuration);
        services.AddSingleton(provider => new LocalCalendar(provider.GetRequiredService<TimeProvider>(), zone));
        var folder = new DataFolder(dataFolder);
        services.AddSingleton(folder);
        services.AddSingleton(new AttachmentStore(folder.Attachments));
        services.AddScoped<VerifyStoredFiles>();
        services.AddSingleton(new WorkingDays(Path.Combine(dataFolder, "holidays")));
        services.AddSingleton<LoadedRankers>();
        services.AddScoped<RankerInUse>();
        services.AddScoped<GradeBook>();
        services.AddScoped<RankerTraining>();
        services.AddScoped<SampleImporter>();
        services.AddDeals();
        services.AddScoped<CaseAudience>();
        services.AddScoped<Introductions>();
        services.AddScoped<Talks>();
        services.AddScoped<Meetings>();
        services.AddScoped<BrokerRegister>();
        services.AddScoped<DiagnosisExperts>();
        services.AddScoped<Checklists>();
        services.AddScoped<OfficeMembers>();
        services.AddScoped<SubmitToRound>();
        services.AddScoped<RoundCounts>();
        services.AddScoped<StationTimes>();
        services.AddImports();
        services.AddAnnualListsAndPlan(configuration);
        services.AddNotices();
        services.AddPersonalData();
        return services;
    }
}
