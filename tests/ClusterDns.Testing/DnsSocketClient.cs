using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Testing;

/// <summary>Sends raw messages over real sockets and gives back raw replies. Knows nothing of what is in them.</summary>
public static class DnsSocketClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>One datagram out, one back; a fresh socket each time, as most resolvers do.</summary>
    public static Task<byte[]> AskUdpAsync(IPEndPoint server, ReadOnlyMemory<byte> query) =>
        AskUdpAsync(server, query, NewSocket);

    /// <inheritdoc cref="AskUdpAsync(IPEndPoint, ReadOnlyMemory{byte})"/>
    public static async Task<byte[]> AskUdpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, Func<AddressFamily, SocketType, ProtocolType, Socket> open)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var socket = open(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, timeout.Token);
        await socket.SendAsync(query, timeout.Token);
        var buffer = new byte[ushort.MaxValue];
        var length = await socket.ReceiveAsync(buffer, timeout.Token);
        return buffer[..length];
    }

    /// <summary>One message out and one back over a connection of its own.</summary>
    public static Task<byte[]> AskTcpAsync(IPEndPoint server, ReadOnlyMemory<byte> query) =>
        AskTcpAsync(server, query, NewSocket);

    /// <inheritdoc cref="AskTcpAsync(IPEndPoint, ReadOnlyMemory{byte})"/>
    public static async Task<byte[]> AskTcpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, Func<AddressFamily, SocketType, ProtocolType, Socket> open)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var socket = open(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, timeout.Token);
        await using var stream = new NetworkStream(socket);
        await WriteAsync(stream, query, timeout.Token);
        return await ReadAsync(stream, timeout.Token);
    }

    /// <summary>Writes a message with its length in front (RFC 1035, 4.2.2).</summary>
    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsMemory(2));
        await stream.WriteAsync(framed, cancellation);
    }

    /// <summary>Reads one message behind its length.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, cancellation);
        return message;
    }

    private static Socket NewSocket(AddressFamily family, SocketType type, ProtocolType protocol) => new(family, type, protocol);
}
