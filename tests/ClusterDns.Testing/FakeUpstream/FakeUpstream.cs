using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Testing;

/// <summary>
/// A DNS server on one free loopback port for UDP, TCP and, with <see cref="Certificates"/>, TLS. It answers from records
/// of its own unless a <see cref="Script"/> says what to do about a query:
/// <code>
/// await using var upstream = new FakeUpstream("example.org. 30 A 192.0.2.1");
/// upstream.Script = query => query.Type == RecordType.AAAA
///     ? [new FakeAction.Send(query.FromTable().OtherId()), new FakeAction.Send(query.FromTable())]
///     : null;
/// </code>
/// </summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private const int PortAttempts = 50;
    private const int LargestDatagram = 65_535;

    private readonly IPAddress _address;
    private readonly FakeTable _table = new();
    private readonly FakeQueryLog _log = new();
    private FakeConnections? _connections;
    private Socket? _udp;
    private Task _udpLoop = Task.CompletedTask;

    /// <param name="records">What it knows, each as <c>owner ttl type rdata</c>; see <see cref="FakeRecord.Parse"/>.</param>
    public FakeUpstream(params string[] records)
        : this(IPAddress.Loopback, records)
    {
    }

    /// <param name="address">An address of this machine.</param>
    /// <param name="records">What it knows.</param>
    public FakeUpstream(IPAddress address, params string[] records)
    {
        _address = address;
        Endpoint = new IPEndPoint(address, 0);
        Add(records);
        Start();
    }

    /// <summary>Stays the same when it is stopped and started again.</summary>
    public IPEndPoint Endpoint { get; private set; }

    /// <summary>
    /// What to do about a query; no actions for silence, null for the answer that follows from the records. Called from
    /// several threads.
    /// </summary>
    public Func<FakeQuery, IEnumerable<FakeAction>?>? Script { get; set; }

    /// <summary>With them a client may speak TLS at the same port; each connection says by its first octet what it is.</summary>
    public FakeCertificates? Certificates { get; set; }

    /// <summary>Clients over TLS must show a certificate of the same authority.</summary>
    public bool RequiresClientCertificate { get; set; }

    /// <summary>Connections are accepted and nothing is read from them, not even a handshake.</summary>
    public bool IgnoresConnections { get; set; }

    /// <summary>Every query so far, oldest first.</summary>
    public IReadOnlyList<FakeQuery> Received => _log.All;

    /// <summary>Connections open now.</summary>
    public int OpenConnections => _connections?.Open ?? 0;

    /// <summary>Connections accepted so far.</summary>
    public int AcceptedConnections { get; internal set; }

    /// <summary>Adds records, each as <c>owner ttl type rdata</c>.</summary>
    public void Add(params string[] records)
    {
        foreach (var record in records)
        {
            _table.Add(FakeRecord.Parse(record));
        }
    }

    /// <summary>Forgets all records.</summary>
    public void ClearRecords() => _table.Clear();

    /// <summary>Waits until so many queries have been received since it was made, and gives all there are.</summary>
    /// <exception cref="TimeoutException">They do not come.</exception>
    public Task<IReadOnlyList<FakeQuery>> WaitForQueriesAsync(int count) => _log.WaitForAsync(count);

    /// <summary>Closes every connection in good order; new ones are accepted.</summary>
    public void CloseConnections() => _connections?.CloseAll(reset: false);

    /// <summary>Resets every connection; new ones are accepted.</summary>
    public void ResetConnections() => _connections?.CloseAll(reset: true);

    /// <summary>From now on nobody listens at the port: UDP and TCP are refused.</summary>
    public async Task StopAsync()
    {
        _udp?.Dispose();
        await _udpLoop;
        if (_connections is { } connections)
        {
            await connections.DisposeAsync();
        }

        (_udp, _connections) = (null, null);
    }

    /// <summary>Listens again after <see cref="StopAsync"/>, at the same port.</summary>
    public void Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var tcp = new Socket(_address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            var udp = new Socket(_address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Bind(Endpoint);
                udp.Bind(tcp.LocalEndPoint!);
                Listen(tcp, udp);
                return;
            }
            catch (SocketException) when (Endpoint.Port == 0 && attempt < PortAttempts)
            {
                // Somebody's UDP socket has the port that we got for TCP.
                tcp.Dispose();
                udp.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Notes a query and gives what to do about it.</summary>
    internal IEnumerable<FakeAction> Receive(FakeQuery query)
    {
        query.With(_table);
        _log.Add(query);
        return Script?.Invoke(query) ?? [new FakeAction.Send(query.FromTable())];
    }

    private void Listen(Socket tcp, Socket udp)
    {
        // Before anything can arrive: a thousand queries at once are one of the things it is for.
        udp.ReceiveBufferSize = 4 * 1024 * 1024;
        Endpoint = (IPEndPoint)tcp.LocalEndPoint!;
        _udp = udp;
        _udpLoop = ReceiveDatagramsAsync(udp);
        _connections = new FakeConnections(this, tcp);
    }

    private async Task ReceiveDatagramsAsync(Socket udp)
    {
        var buffer = new byte[LargestDatagram];
        while (true)
        {
            try
            {
                var datagram = await udp.ReceiveFromAsync(buffer, SocketFlags.None, Endpoint);
                var query = new FakeQuery(
                    buffer[..datagram.ReceivedBytes], FakeProtocol.Udp, (IPEndPoint)datagram.RemoteEndPoint, Connection: 0);
                _ = AnswerDatagramAsync(udp, query);
            }
            catch (SocketException error) when (error.SocketErrorCode != SocketError.OperationAborted)
            {
                // A client that has gone sends ICMP, which is not for us.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerDatagramAsync(Socket udp, FakeQuery query)
    {
        try
        {
            foreach (var action in Receive(query))
            {
                await ActAsync(udp, query, action);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped meanwhile.
        }
    }

    private static async Task ActAsync(Socket udp, FakeQuery query, FakeAction action)
    {
        switch (action)
        {
            case FakeAction.Send send:
                await udp.SendToAsync(send.Message, query.Client);
                break;
            case FakeAction.SendRaw raw:
                await udp.SendToAsync(raw.Octets, query.Client);
                break;
            case FakeAction.Wait wait:
                await Task.Delay(wait.Time);
                break;
            case FakeAction.WaitFor wait:
                await wait.Signal;
                break;
        }
    }
}
