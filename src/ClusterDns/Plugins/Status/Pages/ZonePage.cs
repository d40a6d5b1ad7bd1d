using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>Not written yet.</summary>
internal sealed class ZonePage(StatusBoard board)
{
    public Task WriteAsync(HttpContext context) =>
        StatusGuard.RefuseAsync(context, StatusCodes.Status501NotImplemented, board.IsActive ? "not yet" : "");
}
