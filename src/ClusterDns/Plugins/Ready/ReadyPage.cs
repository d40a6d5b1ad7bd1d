using System.Collections.Concurrent;
using ClusterDns.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Ready;

/// <summary>
/// <c>/ready</c>: 200 when every plugin that has a say is ready, otherwise 503 and their names. The list is the whole
/// configuration's and still grows while other plugins are set up.
/// </summary>
internal sealed class ReadyPage(IReadOnlyList<ReadinessCheck> checks, bool isContinuous, ILogger logger)
{
    private readonly ConcurrentDictionary<ReadinessCheck, bool> _wereReady = new(ReferenceEqualityComparer.Instance);
    private volatile bool _isShuttingDown;

    /// <summary>From now on the page says 503: a load balancer is to send no more queries here.</summary>
    public void ShutDown() => _isShuttingDown = true;

    public Task WriteAsync(HttpContext context)
    {
        if (_isShuttingDown)
        {
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Shutting down");
        }

        var waitingFor = string.Join(',', checks
            .Where(check => !IsReady(check))
            .Select(check => check.PluginName)
            .Distinct()
            .Order(StringComparer.Ordinal));
        if (waitingFor.Length == 0)
        {
            return WriteAsync(context, StatusCodes.Status200OK, "OK");
        }

        ReadyLog.NotReady(logger, waitingFor);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, waitingFor);
    }

    private bool IsReady(ReadinessCheck check)
    {
        if (!isContinuous && _wereReady.ContainsKey(check))
        {
            return true;
        }

        var isReady = check.IsReady();
        if (isReady)
        {
            _wereReady[check] = true;
        }

        return isReady;
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
