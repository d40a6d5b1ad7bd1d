using System.Collections.Frozen;
using ClusterDns.Serving;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations.Http;

/// <summary>Finds the page for a request. The pages are replaced in one step while requests come in.</summary>
/// <param name="isUnixSocket">Requests come over a Unix socket, whose file says who may connect.</param>
/// <param name="logger">Is told of a page's fault.</param>
internal sealed class PageApplication(bool isUnixSocket, ILogger logger) : IHttpApplication<HttpContext>
{
    private readonly CancellationTokenSource _closing = new();
    private FrozenDictionary<string, HttpPage> _pages = FrozenDictionary<string, HttpPage>.Empty;

    public void Use(FrozenDictionary<string, HttpPage> pages) => Volatile.Write(ref _pages, pages);

    /// <summary>Tells pages that go on for as long as somebody reads to come to an end.</summary>
    public Task CloseAsync() => _closing.CancelAsync();

    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        contextFeatures.Set(new PageConnection(isUnixSocket, _closing.Token));
        return new DefaultHttpContext(contextFeatures);
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Volatile.Read(ref _pages).TryGetValue(request.Path.Value ?? "", out var page))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var method = request.Method;
        if (page.TakesPost ? !HttpMethods.IsPost(method) : !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = page.TakesPost ? "POST" : "GET, HEAD";
            return;
        }

        try
        {
            await page.Handler(context).ConfigureAwait(false);
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
