using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Hosting;
using Matchmaking.Web.Listings;

var start = StartOptions.Parse(args);
if (start.Help)
{
    Console.WriteLine(StartOptions.HelpText);
    return;
}

var builder = WebApplication.CreateBuilder(args);
var dataFolder = builder.PrepareDataFolder(start);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDatabase(builder.Configuration, dataFolder);
builder.Services.AddAccounts(dataFolder);
builder.Services.AddVisibleText();
builder.Services.AddPages();
builder.Services.AddListings(dataFolder);
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = UploadLimit.MaxRequestBytes);

var app = builder.Build();

app.UseSecurityHeaders();
app.UseRequestLocalization();
app.UseErrorPages();
app.UseUploadLimit();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseKeptForms();
app.UseAuthorization();
app.MapRazorPages();
app.MapDisplaySettings();
app.MapAttachments();

await app.PrepareDatabaseAsync();
await app.RunAsync();
