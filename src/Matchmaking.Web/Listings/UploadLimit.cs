using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Matchmaking.Web.Listings;

/// <summary>
/// Requests above the limit get the page for "too large". A server that answers and closes while the browser still sends is seen there
/// as a broken connection, so the rest is read and thrown away, up to a bound.
/// </summary>
public static class UploadLimit
{
    /// <summary>More than one attachment may have, so that a file a little too large is told at its field with everything else kept.</summary>
    public const long MaxRequestBytes = 25L * 1024 * 1024;

    private const long MaxDrained = 200L * 1024 * 1024;

    public static IApplicationBuilder UseUploadLimit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.ContentLength is not { } length || length <= MaxRequestBytes || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Response.HasStarted)
            {
                // Sent in chunks, so that the length was not known before.
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            }
            return;
        }
        if (length <= MaxDrained && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxDrained;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        // The page that says so is made by the same request, which has no body any more.
        context.Request.Body = Stream.Null;
        context.Request.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });
}
