using System.Globalization;
using Bunit;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Display;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Components;

/// <summary>Components with the real texts and formats, in Chinese unless a test asks for English.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        Speak("zh-CN");
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddVisibleText();
    }

    protected TestClock Clock { get; } = new();

    protected Formatting Format => Services.GetRequiredService<Formatting>();

    protected static void Speak(string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
    }
}
