using System.Net;

namespace ClusterDns.Serving;

/// <summary>What makes two server blocks share a listener: the scheme, the address bound, the port.</summary>
/// <param name="Scheme">As in a key: <c>dns</c>.</param>
/// <param name="Address">The address given to <c>bind</c>; null listens on every address, IPv4 and IPv6.</param>
/// <param name="Port">1 to 65535; 0 lets the system choose, in tests.</param>
internal sealed record ListenerKey(string Scheme, IPAddress? Address, int Port)
{
    /// <summary>The <c>server</c> label of metrics: <c>dns://:53</c>, <c>dns://10.0.0.1:53</c>, <c>dns://[::1]:53</c>.</summary>
    public string Label { get; } = $"{Scheme}://{FormatAddress(Address)}:{Port}";

    private static string FormatAddress(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{address}]",
        _ => address.ToString(),
    };
}
