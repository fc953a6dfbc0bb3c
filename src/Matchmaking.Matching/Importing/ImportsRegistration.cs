using Matchmaking.Matching.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Importing;

public static class ImportsRegistration
{
    /// <summary>Everything that imports and exports tables of records.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ImportStore(provider.GetRequiredService<DataFolder>().Imports));
        services.AddScoped<ImportScope>();
        services.AddScoped<ImportCheck>();
        services.AddScoped<ImportReading>();
        services.AddScoped<RunImport>();
        services.AddScoped<ExportRecords>();
        return services;
    }
}
