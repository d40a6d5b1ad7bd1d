using System.Net;
using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>Answers as fast as one thread can, with the question alone, and remembers ids and ports in the order they came.</summary>
internal sealed class EchoUpstream : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<int> _ids;
    private readonly List<int> _ports;
    private readonly Thread _thread;

    public EchoUpstream(int capacity)
    {
        _ids = new List<int>(capacity);
        _ports = new List<int>(capacity);
        _socket.ReceiveBufferSize = 4 * 1024 * 1024;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Answer) { IsBackground = true };
        _thread.Start();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public IReadOnlyList<int> Ids => _ids;

    /// <summary>The port of each query.</summary>
    public IReadOnlyList<int> Ports => _ports;

    /// <summary>The ports in the order in which they were first seen.</summary>
    public IEnumerable<int> OpenedPorts => _ports.Distinct();

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Answer()
    {
        var buffer = new byte[512];
        var client = new SocketAddress(AddressFamily.InterNetwork);
        while (true)
        {
            try
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, client);
                _ids.Add(MessageHeader.Id(buffer));
                _ports.Add((client.Buffer.Span[2] << 8) | client.Buffer.Span[3]);
                buffer[2] |= 0x80;
                _socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, client);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // A client that has closed its port.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
