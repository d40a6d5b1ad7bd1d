using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Network;

/// <summary>
/// Asks at an even rate over long-lived sockets, whatever comes back: half of its queries over connected UDP sockets, half
/// over TCP connections with many queries under way. Each reply is given to a judge; what never comes is counted.
/// </summary>
public sealed class SteadyClient : IAsyncDisposable
{
    private const int Sockets = 16;
    private const int ReceiveBufferSize = 4 * 1024 * 1024;
    private const int BurstMilliseconds = 2;

    /// <summary>
    /// Queries under way at which it falls behind its rate: after a stall of the machine it asks later, not more at once
    /// than buffers of the default size hold.
    /// </summary>
    private const int MostUnderWay = 1024;

    /// <summary>How long each half of the connections works while the other rests.</summary>
    private static readonly TimeSpan Shift = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[][] _queries;
    private readonly Func<int, byte[], string?> _judge;
    private readonly List<Line> _lines = [];
    private readonly ConcurrentBag<string> _wrong = [];
    private long _asked;
    private long _answered;
    private long _connections;

    /// <summary>TCP connections that it needs when none of them is ended.</summary>
    public const int Connecting = Sockets / 2;

    /// <param name="server">Who is asked.</param>
    /// <param name="queries">The queries, asked in turn; their ids are replaced.</param>
    /// <param name="judge">Told the query's index and its reply; what is wrong with it, or null.</param>
    public SteadyClient(IPEndPoint server, IReadOnlyList<byte[]> queries, Func<int, byte[], string?> judge)
    {
        _queries = [.. queries];
        _judge = judge;
        for (var i = 0; i < Sockets; i++)
        {
            _lines.Add(i % 2 == 0 ? new DatagramLine(this, server) : new StreamLine(this, server));
        }
    }

    public long Asked => _asked;

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>TCP connections opened so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>What the judge said, and what broke.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Asks so many queries a second for so long, and waits for the last replies.</summary>
    public Task RunAsync(int perSecond, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        return RunAsync(perSecond, () => clock.Elapsed < time);
    }

    /// <summary>Asks so many queries a second for as long as it is told to, and waits for the last replies.</summary>
    public async Task RunAsync(int perSecond, Func<bool> goesOn)
    {
        var clock = Stopwatch.StartNew();
        var due = 0.0;
        var last = TimeSpan.Zero;
        while (goesOn())
        {
            var now = clock.Elapsed;
            due += (now - last).TotalSeconds * perSecond;
            last = now;
            var underWay = _asked - Answered;
            var burst = Math.Clamp(due, 0, Math.Max(0, MostUnderWay - underWay));
            due -= burst;
            await AskAsync((int)burst, now);
            due += burst - (int)burst;
            await Task.Delay(BurstMilliseconds);
        }

        var end = Stopwatch.StartNew();
        while (Answered < _asked && end.Elapsed < Patience)
        {
            await Task.Delay(BurstMilliseconds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _lines)
        {
            await line.DisposeAsync();
        }
    }

    // Even lines are datagrams'; of the odd ones every other rests.
    private async Task AskAsync(int count, TimeSpan now)
    {
        var isSecondShift = (long)(now / Shift) % 2 == 1;
        for (var i = 0; i < count; i++, _asked++)
        {
            var query = (int)(_asked / Sockets % _queries.Length);
            var line = (int)(_asked % Sockets);
            if (line % 2 == 1)
            {
                line = (line & ~2) | (isSecondShift ? 2 : 0);
            }

            await _lines[line].AskAsync(query);
        }
    }

    private void Take(int query, byte[] reply)
    {
        if (_judge(query, reply) is { } fault)
        {
            _wrong.Add(fault);
        }

        Interlocked.Increment(ref _answered);
    }

    /// <summary>One socket and the queries under way on it, by id.</summary>
    private abstract class Line(SteadyClient owner) : IAsyncDisposable
    {
        private const int NotAsked = -1;

        private readonly int[] _underWay = [.. Enumerable.Repeat(NotAsked, ushort.MaxValue + 1)];
        private ushort _nextId;

        public async ValueTask AskAsync(int query)
        {
            var id = ++_nextId;
            _underWay[id] = query;
            var message = (byte[])owner._queries[query].Clone();
            BinaryPrimitives.WriteUInt16BigEndian(message, id);
            try
            {
                await SendAsync(message);
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                owner._wrong.Add($"{GetType().Name}: {error.Message}");
            }
        }

        public abstract ValueTask DisposeAsync();

        protected abstract ValueTask SendAsync(byte[] message);

        protected async Task ReceiveAllAsync(Func<Task<byte[]>> receive)
        {
            try
            {
                while (true)
                {
                    var reply = await receive();
                    var query = Interlocked.Exchange(ref _underWay[MessageHeader.Id(reply)], NotAsked);
                    if (query != NotAsked)
                    {
                        owner.Take(query, reply);
                    }
                    else
                    {
                        owner._wrong.Add("a reply that nobody asked for");
                    }
                }
            }
            catch (EndOfStreamException)
            {
                // The server has ended the connection; if an answer is missing, it is counted as such.
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException
                || (error is SocketException { SocketErrorCode: SocketError.OperationAborted } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.OperationAborted } }))
            {
                // The test is over.
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                owner._wrong.Add($"{GetType().Name}: {error.Message}");
            }
        }
    }

    private sealed class DatagramLine : Line
    {
        private readonly Socket _socket;
        private readonly byte[] _buffer = new byte[ushort.MaxValue];
        private readonly Task _receiving;

        public DatagramLine(SteadyClient owner, IPEndPoint server)
            : base(owner)
        {
            _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            _socket.ReceiveBufferSize = ReceiveBufferSize;
            _socket.Connect(server);
            _receiving = ReceiveAllAsync(async () => _buffer[..await _socket.ReceiveAsync(_buffer)]);
        }

        public override async ValueTask DisposeAsync()
        {
            _socket.Dispose();
            await _receiving;
        }

        protected override async ValueTask SendAsync(byte[] message) => await _socket.SendAsync(message);
    }

    /// <summary>
    /// Works and rests in turn, as pooled connections do. A connection that its server has ended makes way for another when
    /// the next query comes; what was under way on it is lost.
    /// </summary>
    private sealed class StreamLine : Line
    {
        /// <summary>TCP_INFO of Linux begins with the state of the connection.</summary>
        private const int TcpLevel = 6;
        private const int TcpInformation = 11;
        private const byte Established = 1;

        private readonly SteadyClient _owner;
        private readonly IPEndPoint _server;
        private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>();
        private readonly List<Task> _readings = [];
        private readonly List<NetworkStream> _streams = [];
        private readonly Task _sending;
        private bool _hasEnded;

        public StreamLine(SteadyClient owner, IPEndPoint server)
            : base(owner)
        {
            _owner = owner;
            _server = server;
            _sending = SendAllAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            _queue.Writer.Complete();
            await _sending;
            foreach (var stream in _streams)
            {
                await stream.DisposeAsync();
            }

            await Task.WhenAll(_readings);
        }

        protected override ValueTask SendAsync(byte[] message) => _queue.Writer.WriteAsync(message);

        private async Task SendAllAsync()
        {
            await foreach (var message in _queue.Reader.ReadAllAsync())
            {
                try
                {
                    if (_streams.Count == 0 || HasEnded(_streams[^1].Socket))
                    {
                        await ConnectAsync();
                    }

                    await DnsSocketClient.WriteAsync(_streams[^1], message, CancellationToken.None);
                }
                catch (Exception error) when (error is SocketException or IOException)
                {
                    _owner._wrong.Add($"StreamLine: {error.Message}");
                    Volatile.Write(ref _hasEnded, true);
                }
            }
        }

        // A client of good manners looks before it asks: between FIN and the reader's waking there is a moment.
        private bool HasEnded(Socket socket)
        {
            Span<byte> information = stackalloc byte[1];
            return Volatile.Read(ref _hasEnded)
                || socket.GetRawSocketOption(TcpLevel, TcpInformation, information) != 1
                || information[0] != Established;
        }

        private async Task ConnectAsync()
        {
            var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(_server);
            var stream = new NetworkStream(socket, ownsSocket: true);
            _streams.Add(stream);
            Interlocked.Increment(ref _owner._connections);
            Volatile.Write(ref _hasEnded, false);
            _readings.Add(ReadAsync(stream));
        }

        private async Task ReadAsync(NetworkStream stream)
        {
            await ReceiveAllAsync(() => DnsSocketClient.ReadAsync(stream, CancellationToken.None));
            if (ReferenceEquals(stream, _streams[^1]))
            {
                Volatile.Write(ref _hasEnded, true);
            }

            await stream.DisposeAsync();
        }
    }
}
