using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Registers;
using Matchmaking.Matching.Plan.Returns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.AnnualLists;

public static class AnnualListsRegistration
{
    /// <summary>The yearly lists and the plan's numbers: what pages and jobs share.</summary>
    public static IServiceCollection AddAnnualListsAndPlan(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(AnnualListOptions.Read(configuration));
        services.AddScoped<ReadAnnualLists>();
        services.AddScoped<ProposeEntries>();
        services.AddScoped<PublishAnnualList>();
        services.AddScoped<VerifyPublishedList>();
        services.AddScoped<ReadOutcomes>();
        services.AddScoped<ReadForesight>();
        services.AddScoped<DraftReport>();
        services.AddScoped<SignReport>();
        services.AddScoped<VerifyReports>();
        services.AddScoped<IRoundInputs, RoundScoreInputs>();
        services.AddScoped<ExpertRegister>();
        services.AddScoped<CountScores>();
        services.AddScoped<AdvanceListRound>();
        services.AddScoped<HandleObjections>();
        services.AddScoped<ReadPlan>();
        services.AddScoped<ReadLines>();
        services.AddScoped<ReplayTurnover>();
        services.AddScoped<PlanDesk>();
        services.AddScoped<KeepRegister>();
        services.AddScoped<CountIndicator>();
        services.AddScoped<ImportPeople>();
        services.AddScoped<DepartmentReturns>();
        services.AddScoped<IssueBulletin>();
        services.AddScoped<VerifyFigures>();
        return services;
    }
}
