using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport.Upstream;

/// <summary>Says what went wrong in the words that logs of DNS servers are searched for.</summary>
internal static class UpstreamErrorText
{
    public const string ReadCall = "read";
    public const string WriteCall = "write";
    public const string TimedOut = "i/o timeout";
    public const string EndOfStream = "EOF";
    public const string Cancelled = "operation was canceled";
    public const string Closed = "use of closed network connection";

    /// <summary><c>dial tcp 10.0.0.2:53: i/o timeout</c>.</summary>
    public static string Dial(string network, IPAddress? source, IPEndPoint server, string what) =>
        source is null
            ? $"dial {network} {server}: {what}"
            : $"dial {network} {new IPEndPoint(source, 0)}->{server}: {what}";

    /// <summary>
    /// <c>read udp 10.244.0.3:4242->10.0.0.2:53: i/o timeout</c>, or <c>write tcp</c> and so on.
    /// </summary>
    public static string Io(string call, string network, IPEndPoint local, IPEndPoint server, string what) =>
        $"{call} {network} {local}->{server}: {what}";

    /// <summary><c>connect: connection refused</c>: the system call and what it said.</summary>
    public static string Call(string call, SocketError error) => $"{call}: {Name(error)}";

    private static string Name(SocketError error) => error switch
    {
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressAlreadyInUse => "address already in use",
        SocketError.AddressFamilyNotSupported => "address family not supported by protocol",
        SocketError.AddressNotAvailable => "cannot assign requested address",
        SocketError.ConnectionAborted => "software caused connection abort",
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset by peer",
        SocketError.HostDown => "host is down",
        SocketError.HostUnreachable => "no route to host",
        SocketError.MessageSize => "message too long",
        SocketError.NetworkDown => "network is down",
        SocketError.NetworkUnreachable => "network is unreachable",
        SocketError.NoBufferSpaceAvailable => "no buffer space available",
        SocketError.Shutdown => "broken pipe",
        SocketError.TimedOut => "connection timed out",
        SocketError.TooManyOpenSockets => "too many open files",
        SocketError.WouldBlock => "resource temporarily unavailable",
        _ => error.ToString(),
    };
}
