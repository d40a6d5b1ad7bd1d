namespace ClusterDns.Operations.Http;

/// <summary>
/// Bounds of the health, ready and metrics servers. Their ports are open to every pod: a stranger may cost little and
/// must not keep the kubelet out for long.
/// </summary>
internal static class HttpLimits
{
    /// <summary>Connections to one address at a time; further ones are closed at once.</summary>
    public const int Connections = 256;

    /// <summary>Longest request line, in octets.</summary>
    public const int RequestLine = 2 * 1024;

    /// <summary>All headers of a request, in octets.</summary>
    public const int RequestHeaders = 16 * 1024;

    /// <summary>Headers of a request.</summary>
    public const int RequestHeaderCount = 64;

    /// <summary>Octets of a request's body: the pages take none.</summary>
    public const int RequestBody = 0;

    /// <summary>From a request's first octet to the end of its headers.</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);

    /// <summary>A connection may stay silent this long before, between and after requests.</summary>
    public static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(30);

    /// <summary>For requests under way when a server is closed.</summary>
    public static readonly TimeSpan Closing = TimeSpan.FromSeconds(2);

    /// <summary>For looking up the host name of an address to listen on.</summary>
    public static readonly TimeSpan HostLookup = TimeSpan.FromSeconds(5);
}
