using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Notices;

public static class NoticesRegistration
{
    /// <summary>Read rights of mails and unsubscribing. Subjects with pages of their own add their <see cref="ReadRule"/> before the folders' one is asked.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddScoped<MayStillSee>();
        services.AddScoped<Unsubscribing>();
        services.AddScoped<MailPreferences>();
        services.AddReadRule<OwnPagesRule>();
        services.AddReadRule<OwnListingsRule>();
        services.AddReadRule<PublicListingsRule>();
        services.AddReadRule<PublicPagesRule>();
        services.AddReadRule<Brokerage.CaseReadRule>();
        services.AddReadRule<Deals.ContractReadRule>();
        services.AddReadRule<AnnualLists.Rounds.ExpertPagesRule>();
        services.AddReadRule<Plan.Returns.ReportingPagesRule>();
        return services.AddReadRule<RoleFoldersRule>();
    }

    /// <summary>Adds a rule in front of those that are there, so that a subject's own answer counts before that of its folder.</summary>
    public static IServiceCollection AddReadRule<TRule>(this IServiceCollection services) where TRule : ReadRule
    {
        var first = services.ToList().FindIndex(s => s.ServiceType == typeof(ReadRule));
        var rule = ServiceDescriptor.Singleton<ReadRule, TRule>();
        // The folders' rule stands last, whenever the others come.
        if (first < 0) services.Add(rule);
        else services.Insert(typeof(TRule) == typeof(RoleFoldersRule) ? services.Count : first, rule);
        return services;
    }
}
