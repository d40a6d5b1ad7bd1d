using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Health;

/// <summary><c>/health</c>: as long as the process can say so, it is alive. Nothing else is looked at.</summary>
internal static class HealthPage
{
    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("OK");
    }
}
