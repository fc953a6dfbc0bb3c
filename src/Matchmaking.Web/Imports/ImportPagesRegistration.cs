namespace Matchmaking.Web.Imports;

public static class ImportPagesRegistration
{
    public static IServiceCollection AddImportPages(this IServiceCollection services) => services.AddSingleton<ImportMessages>();
}
