using Matchmaking.Matching.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Writing;

public static class WritingRegistration
{
    public const string DefaultForbiddenWords = "writing/forbidden-words.txt";
    public const string DefaultBrands = "writing/brands.txt";

    /// <summary>The checker of drafts with its word lists. A list that is not there stops the program: without it everything would pass.</summary>
    public static IServiceCollection AddWriting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NeedLinter(List(configuration, "Writing:ForbiddenWords", DefaultForbiddenWords), List(configuration, "Writing:Brands", DefaultBrands)));
        services.AddSingleton<VaguenessReference>();
        services.AddSingleton<DraftChecker>();
        services.AddSingleton<SuggestionSource>();
        services.AddScoped<NearDuplicates>();
        services.AddScoped<JoinNeeds>();
        return services;
    }

    private static WordList List(IConfiguration configuration, string setting, string usual)
    {
        var path = configuration[setting] ?? usual;
        try
        {
            return new WordList(path);
        }
        catch (IOException missing)
        {
            throw new InvalidOperationException($"{setting} is '{path}'. Allowed values: a file of words, one a line. {missing.Message}", missing);
        }
    }
}
