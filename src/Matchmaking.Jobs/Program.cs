using Matchmaking.Jobs;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
var dataFolder = Path.GetFullPath(builder.Configuration["Data:Folder"] ?? "App_Data");
Directory.CreateDirectory(dataFolder);

try
{
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddMatchmaking(builder.Configuration, dataFolder);
    builder.Services.AddSharedKeys(dataFolder, mayMake: false);
    builder.Services.AddMatchmakingJobs(builder.Configuration, worker: true);
    builder.Services.AddMail(builder.Configuration);
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

await builder.Build().RunAsync();
return 0;
