using System.Net.Sockets;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Makes a listening socket deaf to new handshakes and lets those under way come to their end. The client's system knocks
/// again after a second; by then the socket is closed and another one that shares its port opens.
/// </summary>
internal static class HandshakeFilter
{
    /// <summary>Where a TCP header has its flags (RFC 9293, 3.1), and two of them.</summary>
    private const uint FlagsOffset = 13;
    private const uint Syn = 0x02;
    private const uint SynAndAck = 0x12;

    /// <summary>
    /// On a listening socket it sees each segment from its TCP header on; accepted sockets inherit it and get no segments
    /// that it drops.
    /// </summary>
    private static readonly FilterInstruction[] Program =
    [
        new(0x30, 0, 0, FlagsOffset), // load the octet of the flags
        new(0x54, 0, 0, SynAndAck), // keep these two
        new(0x15, 0, 1, Syn), // a first SYN: on; anything else: over the next one
        new(0x06, 0, 0, 0), // drop
        new(0x06, 0, 0, uint.MaxValue), // take
    ];

    /// <summary>False where the system does not know how: the listener then closes as well as it can.</summary>
    public static bool TryAttach(Socket socket) => SocketFilter.TryAttach(socket, Program);
}
