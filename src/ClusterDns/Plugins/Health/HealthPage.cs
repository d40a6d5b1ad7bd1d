using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Health;

/// <summary><c>/health</c>: as long as the process can say so, it is alive, unless a watchdog knows better.</summary>
internal sealed class HealthPage(Watchdog? watchdog)
{
    public Task WriteAsync(HttpContext context)
    {
        var reason = watchdog?.Reason;
        context.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason ?? "OK");
    }
}
