using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Writing;

public static class WritingRegistration
{
    public const string DefaultForbiddenWords = "writing/forbidden-words.txt";
    public const string DefaultBrands = "writing/brands.txt";
    public const string DefaultNearTerms = "writing/near-terms.txt";

    /// <summary>The checker of drafts and the near terms of matches with their word lists. A list that is not there stops the program: nobody would notice what is not found.</summary>
    public static IServiceCollection AddWriting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NeedLinter(
            List(configuration, "Writing:ForbiddenWords", DefaultForbiddenWords, path => new WordList(path)), List(configuration, "Writing:Brands", DefaultBrands, path => new WordList(path))));
        services.AddSingleton(List(configuration, "Writing:NearTerms", DefaultNearTerms, path => new NearWords(path)));
        services.AddSingleton<NearTerms>();
        services.AddSingleton<VaguenessReference>();
        services.AddSingleton<DraftChecker>();
        services.AddSingleton<SuggestionSource>();
        services.AddScoped<NearDuplicates>();
        services.AddScoped<JoinNeeds>();
        return services;
    }

    private static T List<T>(IConfiguration configuration, string setting, string usual, Func<string, T> open)
    {
        var path = configuration[setting] ?? usual;
        try
        {
            return open(path);
        }
        catch (IOException missing)
        {
            throw new InvalidOperationException($"{setting} is '{path}'. Allowed values: a file of words, one a line. {missing.Message}", missing);
        }
    }
}
