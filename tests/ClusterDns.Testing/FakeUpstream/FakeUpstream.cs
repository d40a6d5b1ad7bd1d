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

    private readonly Func<Func<Socket>, Socket> _open;
    private readonly FakeTable _table = new();
    private readonly FakeQueryLog _log = new();
    private FakeConnections? _connections;
    private Exception? _scriptFault;
    private Socket? _udp;
    private Task _udpLoop = Task.CompletedTask;

    /// <param name="records">What it knows, each as <c>owner ttl type rdata</c>; see <see cref="FakeRecord.Parse"/>.</param>
    public FakeUpstream(params string[] records)
        : this(new IPEndPoint(IPAddress.Loopback, 0), open => open(), records)
    {
    }

    /// <param name="address">An address of this machine.</param>
    /// <param name="records">What it knows.</param>
    public FakeUpstream(IPAddress address, params string[] records)
        : this(new IPEndPoint(address, 0), open => open(), records)
    {
    }

    /// <param name="endpoint">Where it listens; port 0 for a free one.</param>
    /// <param name="open">Makes its sockets, on another host for one.</param>
    /// <param name="records">What it knows.</param>
    public FakeUpstream(IPEndPoint endpoint, Func<Func<Socket>, Socket> open, params string[] records)
    {
        _open = open;
        Endpoint = endpoint;
        Add(records);
        Start();
    }

    /// <summary>Stays the same when it is stopped and started again.</summary>
    public IPEndPoint Endpoint { get; private set; }

    /// <summary>
    /// What to do about a query; no actions for silence, null for the answer that follows from the records. Called from
    /// several threads. What it throws, disposing the upstream throws.
    /// </summary>
    public Func<FakeQuery, IEnumerable<FakeAction>?>? Script { get; set; }

    /// <summary>With them a client may speak TLS at the same port; each connection says by its first octet what it is.</summary>
    public FakeCertificates? Certificates { get; set; }

    /// <summary>Clients over TLS must show a certificate of the same authority.</summary>
    public bool RequiresClientCertificate { get; set; }

    /// <summary>Connections are accepted and nothing is read from them, not even a handshake.</summary>
    public bool IgnoresConnections { get; set; }

    /// <summary>
    /// What is sent over every connection in place of answers, as by a server of another kind; the connection stays open.
    /// </summary>
    public byte[]? GreetsWith { get; set; }

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
            var tcp = _open(() => new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
            var udp = _open(() => new Socket(Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
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

    /// <exception cref="InvalidOperationException">A script has thrown; the inner exception says what.</exception>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Interlocked.Exchange(ref _scriptFault, null) is { } fault)
        {
            throw new InvalidOperationException($"The script of a fake upstream has thrown: {fault.Message}", fault);
        }
    }

    /// <summary>Keeps what a script has thrown, for the test to fail by.</summary>
    internal void ScriptThrew(Exception fault) => Interlocked.CompareExchange(ref _scriptFault, fault, null);

    /// <summary>Notes a query and gives what to do about it.</summary>
    internal IEnumerable<FakeAction> Receive(FakeQuery query)
    {
        if (!query.HasQuestion)
        {
            return [];
        }

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
        catch (Exception fault)
        {
            ScriptThrew(fault);
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
