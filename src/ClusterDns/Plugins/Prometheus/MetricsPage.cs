using Microsoft.AspNetCore.Http;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// <c>/metrics</c>, always in the text format 0.0.4, as CoreDNS serves it: OpenMetrics would spell <c>le="100"</c> as
/// <c>le="100.0"</c>, and recording rules and dashboards would find other series.
/// </summary>
internal sealed class MetricsPage(CollectorRegistry registry)
{
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);

    public async Task WriteAsync(HttpContext context)
    {
        // One scrape at a time: a page of all series is the most expensive thing a stranger can ask for.
        if (!await _turn.WaitAsync(MostWaiting, context.RequestAborted).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            await registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
