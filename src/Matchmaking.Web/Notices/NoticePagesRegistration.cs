using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Notices;

public static class NoticePagesRegistration
{
    /// <summary>Inbox, choices of mails, saved searches, follows, and the page of one's own data.</summary>
    public static IServiceCollection AddNoticePages(this IServiceCollection services)
    {
        services.AddScoped<InboxCount>();
        services.AddScoped<Follows>();
        services.AddSingleton<NoticeViews>();
        services.AddScoped<PersonalData.PersonalExport>();
        // After AddRazorPages, which gives the options a fresh set of conventions.
        services.PostConfigure<RazorPagesOptions>(options => options.Conventions.AddPageRoute("/Account/Notices/Search", "/account/notices/searches/new"));
        return services;
    }
}
