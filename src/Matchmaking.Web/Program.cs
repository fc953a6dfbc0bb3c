using System.Globalization;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddLocalization();
var app = builder.Build();
foreach (var c in new[] { "zh-CN", "en" })
{
    CultureInfo.CurrentUICulture = new CultureInfo(c);
    Console.WriteLine(app.Services.GetRequiredService<IStringLocalizer<SharedText>>()["Site.Name"]);
}
