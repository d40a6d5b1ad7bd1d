using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Benchmarks;

/// <summary>
/// One query to an upstream on the loopback interface and its reply: what a UDP socket costs when it is used once, for its
/// share, or for ever. The upstream echoes on a thread of its own, which is part of the time.
/// </summary>
[MemoryDiagnoser]
public class UpstreamExchangeBenchmarks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly byte[] _query = QueryFactory.Packet("www.example.org.", RecordType.A, udpSize: 1232);
    private Socket _server = null!;
    private UpstreamClient _client = null!;

    [Params(1, UpstreamOptions.DefaultQueriesPerUdpSocket, UpstreamOptions.MostQueriesPerChannel)]
    public int QueriesPerSocket { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Echo) { IsBackground = true }.Start();
        _client = new UpstreamClient(
            new UpstreamTarget((IPEndPoint)_server.LocalEndPoint!),
            new UpstreamOptions { QueriesPerUdpSocket = QueriesPerSocket },
            TimeProvider.System);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _client.DisposeAsync();
        _server.Dispose();
    }

    [Benchmark]
    public async Task Exchange()
    {
        using var reply = await _client.ExchangeAsync(_query, TransportProtocol.Udp, Timeout, CancellationToken.None);
    }

    private void Echo()
    {
        const int ResponseOctet = 2;
        var buffer = new byte[MessageHeader.MaxMessageSize];
        var client = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                var length = _server.ReceiveFrom(buffer, SocketFlags.None, client);
                buffer[ResponseOctet] |= MessageHeader.ResponseFlag >> 8;
                _server.SendTo(buffer.AsSpan(0, length), SocketFlags.None, client);
            }
        }
        catch (SocketException)
        {
            // Cleaned up.
        }
    }
}
