using System.Globalization;

namespace Matchmaking.Web.Printing;

/// <summary>Words of one language, whatever the reader's: a printed document is one file to the byte whoever asks for it.</summary>
public static class InLanguage
{
    private static readonly CultureInfo ChineseCulture = new("zh-CN");
    private static readonly CultureInfo EnglishCulture = new("en");

    public static T Chinese<T>(Func<T> make) => Of(ChineseCulture, make);

    public static T English<T>(Func<T> make) => Of(EnglishCulture, make);

    private static T Of<T>(CultureInfo culture, Func<T> make)
    {
        var (old, oldWords) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (old, oldWords);
        }
    }
}
