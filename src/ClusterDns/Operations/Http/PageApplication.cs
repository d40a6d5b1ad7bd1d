using System.Collections.Frozen;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations.Http;

/// <summary>Finds the page for a request. The pages are replaced in one step while requests come in.</summary>
internal sealed class PageApplication(ILogger logger) : IHttpApplication<HttpContext>
{
    private FrozenDictionary<string, RequestDelegate> _pages = FrozenDictionary<string, RequestDelegate>.Empty;

    public void Use(FrozenDictionary<string, RequestDelegate> pages) => Volatile.Write(ref _pages, pages);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Volatile.Read(ref _pages).TryGetValue(request.Path.Value ?? "", out var page))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        try
        {
            await page(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A page's fault is one line and a 500; only a client that went away gets neither.
            HttpLog.PageFailed(logger, request.Path.Value ?? "", failure);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // The context holds nothing that outlives the request.
    }
}
