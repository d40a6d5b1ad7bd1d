using System.Net;
using ClusterDns.Operations.Http;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>
/// Who may ask. A name that is not the address's own is one that a stranger's page has pointed here (DNS rebinding); what
/// shows names and clients one by one is for this machine only, by the connection and not by what a header claims; and
/// what changes something needs a header that no other site's page may send without asking, which is never allowed.
/// </summary>
internal sealed class StatusGuard(IReadOnlyList<string> hostNames)
{
    /// <summary>Any value; a browser asks before it sends this to another site, and is given no answer.</summary>
    public const string ControlHeader = "X-ClusterDns-Control";

    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For everybody who reaches the address by its own name.</summary>
    public RequestDelegate Protect(RequestDelegate page) => context =>
    {
        AddHeaders(context.Response.Headers);
        return IsOwnHost(context)
            ? page(context)
            : RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "this address is not known by that host name");
    };

    /// <summary>For this machine, or this pod, and for those who may open the Unix socket.</summary>
    public RequestDelegate ProtectLocal(RequestDelegate page) => Protect(context =>
        IsLocal(context) && !IsOfAnotherSite(context.Request.Headers)
            ? page(context)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, "only from this machine, or over a unix socket"));

    /// <summary>The same, and never because another site's page said so.</summary>
    public RequestDelegate ProtectControl(RequestDelegate page) => ProtectLocal(context =>
        context.Request.Headers.ContainsKey(ControlHeader)
            ? page(context)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, $"needs the header {ControlHeader}"));

    /// <summary>Whether the connection comes from this machine.</summary>
    public static bool IsLocal(HttpContext context)
    {
        if (context.Features.Get<PageConnection>() is { IsUnixSocket: true })
        {
            return true;
        }

        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(Plain(remote));
    }

    public static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // An address in figures cannot be anybody's name; still only the one that was connected to is ours.
    private bool IsOwnHost(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            address = Plain(address);
            return IPAddress.IsLoopback(address)
                || (context.Connection.LocalIpAddress is { } local && Plain(local).Equals(address));
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || hostNames.Contains(host, StringComparer.OrdinalIgnoreCase);
    }

    // Browsers say where a request begins; programs do not.
    private static bool IsOfAnotherSite(IHeaderDictionary headers)
    {
        var site = headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == headers.Host.ToString());
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
