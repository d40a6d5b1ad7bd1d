using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Health;

/// <summary>
/// Asks one of the server's own listeners over its real UDP socket. The query is one that the server answers itself, before
/// any plugin: a slow upstream must not look like a dead listener.
/// </summary>
/// <param name="endpoint">Where the listener listens; a wildcard is asked on the loopback.</param>
/// <param name="received">Queries that the listener has taken up over UDP so far.</param>
/// <param name="timeout">How long an answer may take.</param>
internal sealed class ListenerCheck(IPEndPoint endpoint, Func<long> received, TimeSpan timeout)
{
    /// <summary>Unanswered queries in a row that make a listener dead.</summary>
    public const int MostFailures = 3;

    /// <summary>Patience with an answer; a live listener needs microseconds.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    private long _receivedBefore;
    private int _failures;

    public IPEndPoint Endpoint => endpoint;

    /// <summary>
    /// Whether it has answered nothing, and taken up nothing, as often as that. A listener with more to do than it can may
    /// lose our query, but it takes up others: overload never makes it dead.
    /// </summary>
    public bool IsDead => _failures >= MostFailures;

    /// <exception cref="OperationCanceledException">The check was given up; it counts for nothing.</exception>
    public async Task AskAsync(CancellationToken stopping)
    {
        var isAnswered = await IsAnsweredAsync(stopping).ConfigureAwait(false);
        var now = received();
        _failures = isAnswered || now != _receivedBefore ? 0 : _failures + 1;
        _receivedBefore = now;
    }

    private async Task<bool> IsAnsweredAsync(CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(timeout);
        try
        {
            var target = Reachable(endpoint);
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(target, deadline.Token).ConfigureAwait(false);
            var query = new byte[MessageHeader.Size];
            RandomNumberGenerator.Fill(query.AsSpan(0, sizeof(ushort)));
            BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(sizeof(ushort)), MessageHeader.WithOpcode(Opcode.Status));
            await socket.SendAsync(query, deadline.Token).ConfigureAwait(false);
            var reply = new byte[MessageHeader.Size];
            var length = await socket.ReceiveAsync(reply, deadline.Token).ConfigureAwait(false);
            return length == reply.Length && MessageHeader.Id(reply) == MessageHeader.Id(query);
        }
        catch (SocketException)
        {
            // Nobody listens there any more, or the system has no sockets left.
            return false;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private static IPEndPoint Reachable(IPEndPoint endpoint) => endpoint.Address switch
    {
        // The IPv6 wildcard takes IPv4 as well, and a system may have no IPv6 address at all.
        var any when any.Equals(IPAddress.Any) || any.Equals(IPAddress.IPv6Any) => new(IPAddress.Loopback, endpoint.Port),
        _ => endpoint,
    };
}
