using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matchmaking.Web.Display;

public static class VisibleText
{
    /// <summary>
    /// Text from resource files in Chinese (default) and English, chosen by cookie, then by the browser's wish;
    /// Chinese unescaped in pages; <see cref="Formatting"/> and <see cref="LocalTime"/>.
    /// </summary>
    public static IServiceCollection AddVisibleText(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = DisplaySettings.Languages.Select(CultureInfo.GetCultureInfo).ToList();
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new LocalTime(
            provider.GetRequiredService<TimeProvider>(),
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<IConfiguration>()["Time:Zone"] ?? LocalTime.DefaultZone)));
        services.AddSingleton<Formatting>();
        return services;
    }
}
