using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>A client that is connected to one address: a reply from any other one does not reach it.</summary>
internal sealed class UdpTestClient : IDisposable
{
    /// <summary>Enough to see that nothing comes when something would come at once.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    public UdpTestClient(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 };
        _socket.ReceiveTimeout = (int)Eventually.Patience.TotalMilliseconds;
        _socket.Connect(server);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Send(ReadOnlySpan<byte> packet) => _socket.Send(packet);

    public byte[] Receive()
    {
        Assert.That(_socket.Poll(Eventually.Patience, SelectMode.SelectRead), Is.True, "a reply was expected");
        return _buffer[.._socket.Receive(_buffer)];
    }

    /// <summary>Waits for a reply without looking at it, and without making work for the collector.</summary>
    public void Skip() => _socket.Receive(_buffer);

    public byte[] Ask(ReadOnlySpan<byte> packet)
    {
        Send(packet);
        return Receive();
    }

    public void ExpectSilence() =>
        Assert.That(_socket.Poll(Quiet, SelectMode.SelectRead), Is.False, "no reply was expected");

    public void Dispose() => _socket.Dispose();
}
