using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Tests.Search;

/// <summary>An HTTP server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class FakeElastic : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeElastic(WebApplication app) => this.app = app;

    /// <summary>Method and path with query, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>The Authorization header of the last request.</summary>
    public string? SignIn { get; private set; }

    public Uri Address => new(app.Urls.Single() + "/");

    /// <param name="answer">From path and body to status and JSON.</param>
    public static Task<FakeElastic> StartAsync(Func<string, string, (int Status, string Body)> answer) =>
        StartAsync((path, body, _) => Task.FromResult(answer(path, body)));

    public static async Task<FakeElastic> StartAsync(Func<string, string, CancellationToken, Task<(int Status, string Body)>> answer, X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null) listen.UseHttps(certificate);
            });
        });
        var app = builder.Build();
        var fake = new FakeElastic(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            fake.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            fake.Bodies.Enqueue(body);
            fake.SignIn = context.Request.Headers.Authorization.ToString();
            var (status, text) = await answer(context.Request.Path, body, context.RequestAborted);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(text, context.RequestAborted);
        });
        await app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}
