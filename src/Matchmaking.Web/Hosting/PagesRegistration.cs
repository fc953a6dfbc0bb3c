using Matchmaking.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Matchmaking.Web.Hosting;

public static class PagesRegistration
{
    /// <summary>Razor Pages with sign-in set on folders, lower-case addresses and antiforgery on every post.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(options =>
        {
            options.Conventions.AuthorizeFolder("/My", Policies.Poster);
            options.Conventions.AuthorizeFolder("/Desk", Policies.Desk);
            options.Conventions.AuthorizeFolder("/Contracts", Policies.Dealing);
            options.Conventions.AuthorizeFolder("/Office", Policies.Office);
            options.Conventions.AuthorizeFolder("/Staff", Policies.Staff);
            options.Conventions.AuthorizeFolder("/Admin", Policies.Administration);
            options.Conventions.AuthorizeFolder("/Calendar");
            options.Conventions.AuthorizeFolder("/Experts");
            options.Conventions.AuthorizeFolder("/Reporting");
        }).AddMvcOptions(options => options.Filters.Add<NoSuchHandlerFilter>());
        services.AddRazorComponents();
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.AddProblemDetails();
        services.AddScoped<Health>();
        services.AddSingleton<Display.KeptFigures>();
        return services;
    }

    /// <summary>Everything a browser may load comes from here; no inline script or style.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        return next(context);
    });
}

/// <summary>Without it a page that is sent an act it does not know would be drawn without having been loaded.</summary>
public sealed class NoSuchHandlerFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null && context.ActionDescriptor.HandlerMethods.Count > 0) context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
