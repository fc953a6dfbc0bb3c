using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Hosting;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Plan;

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
builder.Services.AddAnnualListsAndPlan(builder.Configuration);
builder.Services.AddScoped<ListFiles>();
builder.Services.AddScoped<PlanWords>();

var app = builder.Build();

app.UseSecurityHeaders();
app.UseStaticFiles();
app.UseRequestLocalization();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapRazorPages();
app.MapDisplaySettings();

await app.PrepareDatabaseAsync();
await app.RunAsync();
