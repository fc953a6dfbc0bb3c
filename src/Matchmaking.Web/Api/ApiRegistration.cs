using System.Globalization;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Matchmaking.Web.Api;

public static class ApiRegistration
{
    private const string RateLimit = "api";

    /// <summary>Requests a minute and address that the read API answers; settings <c>Api:RequestsPerMinute</c>.</summary>
    public const int RequestsPerMinute = 120;

    /// <summary>Checks of drafts a minute and address; more, because a form asks while its author types and an office shares one address; settings <c>Api:ChecksPerMinute</c>.</summary>
    public const int ChecksPerMinute = 300;

    internal const string CheckLimit = "check";

    public static IServiceCollection AddReadApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpenApi("v1");
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        });
        var permits = configuration.GetValue("Api:RequestsPerMinute", RequestsPerMinute);
        var checks = configuration.GetValue("Api:ChecksPerMinute", ChecksPerMinute);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (context, cancellationToken) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                var most = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == CheckLimit ? checks : permits;
                await Results.Problem($"More than {most.ToString(CultureInfo.InvariantCulture)} requests a minute.", statusCode: 429).ExecuteAsync(context.HttpContext);
            };
            limiter.AddPolicy(RateLimit, http => Window(http, permits));
            limiter.AddPolicy(CheckLimit, http => Window(http, checks));
        });
        return services;
    }

    private static RateLimitPartition<string> Window(HttpContext http, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "local", _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    /// <summary>The group <c>/api/v1</c>: public layer, read only, problem+json, rate limit.</summary>
    public static RouteGroupBuilder MapReadApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1").RequireRateLimiting(RateLimit);
        api.MapListings();
        api.MapListsApi();
        app.MapListFiles();
        api.MapPlanApi();
        api.MapCheck();
        api.MapSuggest();
        return api;
    }
}
