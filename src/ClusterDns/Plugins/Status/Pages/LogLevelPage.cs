using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary><c>POST /log?level=info|debug</c>. What the Corefile's <c>debug</c> says stays.</summary>
internal sealed class LogLevelPage(StatusBoard board)
{
    public async Task SetAsync(HttpContext context)
    {
        var level = context.Request.Query["level"].ToString();
        if (level is not ("info" or "debug"))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status400BadRequest, "level is info or debug").ConfigureAwait(false);
            return;
        }

        board.Debug.Set(level == "debug");
        var effective = board.Services.Debug.IsOn ? "debug" : "info";
        context.Response.ContentType = "application/json";
        using var writer = new TimedWriter(context);
        await writer.TryWriteAsync(Encoding.ASCII.GetBytes($"{{\"level\":\"{effective}\"}}\n")).ConfigureAwait(false);
    }
}
