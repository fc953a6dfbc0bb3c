using Matchmaking.Jobs;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Api;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Display;
using Matchmaking.Web.Hosting;
using Matchmaking.Web.Imports;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Notices;

var start = StartOptions.Parse(args);
if (start.Answer() is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(StartOptions.SettingsOf(args));
var dataFolder = builder.PrepareDataFolder(start);
builder.AddLogging();
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = UploadLimit.MaxRequestBytes);

try
{
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddMatchmaking(builder.Configuration, dataFolder);
    builder.Services.AddMatchmakingJobs(builder.Configuration);
    builder.Services.AddMail(builder.Configuration);
    builder.Services.AddAccounts(dataFolder);
    builder.Services.AddVisibleText();
    builder.Services.AddListingPages(dataFolder);
    builder.Services.AddListAndPlanPages();
    builder.Services.AddContractPages();
    builder.Services.AddCasePages();
    builder.Services.AddNoticePages();
    builder.Services.AddImportPages();
    builder.Services.AddReadApi(builder.Configuration);
    builder.Services.AddPages();
    if (start.Demo) builder.Services.AddDemo();
}
catch (InvalidOperationException error)
{
    // A setting that cannot be: the message names the allowed ones.
    Console.Error.WriteLine(error.Message);
    return 1;
}

var app = builder.Build();

app.UseSecurityHeaders();
app.UseRequestLocalization();
app.UseErrorPages();
app.UseUploadLimit();
app.UseStaticFiles();
app.UseRouting();
app.UseRateLimiter();
app.UseAuthentication();
app.UseKeptForms();
app.UseAuthorization();
app.MapRazorPages();
app.MapDisplaySettings();
app.MapAttachments();
app.MapCaseDoors();
app.MapHealth();
app.MapReadApi();
app.MapJobsDashboard();

await app.PrepareDatabaseAsync();
await app.AnnounceAsync(start);
await app.RunAsync();
return 0;
