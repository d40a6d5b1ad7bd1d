using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Status.Zones;
using ClusterDns.Wire;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary><c>/zone?name=cluster.local</c>: a cluster's zone as a zone file, a Service at a time.</summary>
internal sealed class ZonePage(StatusBoard board)
{
    /// <summary>Characters that are collected before they are written.</summary>
    private const int Piece = 16 * 1024;

    public async Task WriteAsync(HttpContext context)
    {
        if (!TryFind(context.Request.Query["name"].ToString(), out var plugin, out var zone))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status404NotFound, "no cluster has that zone").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/plain; charset=us-ascii";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"zone.txt\"";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (!await board.Walks.WaitAsync(StatusLimits.Turn, context.RequestAborted).ConfigureAwait(false))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "somebody else is looking").ConfigureAwait(false);
            return;
        }

        try
        {
            await StreamAsync(context, new ZoneText(plugin, zone, board.Services.Queries)).ConfigureAwait(false);
        }
        finally
        {
            board.Walks.Release();
        }
    }

    private static async Task StreamAsync(HttpContext context, ZoneText text)
    {
        using var writer = new TimedWriter(context);
        var piece = new StringBuilder();
        foreach (var line in text.Lines())
        {
            piece.Append(line).Append('\n');
            if (piece.Length >= Piece)
            {
                if (!await writer.TryWriteAsync(Encoding.ASCII.GetBytes(piece.ToString())).ConfigureAwait(false))
                {
                    return;
                }

                piece.Clear();
            }
        }

        await writer.TryWriteAsync(Encoding.ASCII.GetBytes(piece.ToString())).ConfigureAwait(false);
    }

    private bool TryFind(string text, [NotNullWhen(true)] out KubernetesPlugin? plugin, [NotNullWhen(true)] out DnsName? zone)
    {
        plugin = null;
        if (text.Length > StatusLimits.Words || !DnsName.TryParse(text, out zone))
        {
            zone = null;
            return false;
        }

        var name = zone;
        plugin = board.Configuration?.Blocks
            .SelectMany(block => block.Plugins.OfType<KubernetesPlugin>())
            .FirstOrDefault(candidate => candidate.Options.Zones.Contains(name));
        return plugin is not null;
    }
}
