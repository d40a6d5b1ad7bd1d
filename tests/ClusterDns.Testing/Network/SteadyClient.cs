using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Network;

/// <summary>
/// Asks at an even rate over long-lived sockets, and more slowly only while a thousand queries wait for their replies: half
/// of them over UDP, half over TCP connections. Each reply is given to a judge; what never comes is counted.
/// </summary>
public sealed class SteadyClient : IAsyncDisposable
{
    private const int Sockets = 16;
    private const int BurstMilliseconds = 2;

    // What a server that gets no processor for a while finds in its socket must fit in there: a client that goes on all the
    // same would count its own impatience as loss.
    private const int MostUnderWay = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[][] _queries;
    private readonly Func<int, byte[], string?> _judge;
    private readonly List<Line> _lines = [];
    private readonly ConcurrentBag<string> _wrong = [];
    private long _asked;
    private long _answered;

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

    /// <summary>What the judge said, and what broke.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Asks so many queries a second for so long, and waits for the last replies.</summary>
    public async Task RunAsync(int perSecond, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            var due = (long)(clock.Elapsed.TotalSeconds * perSecond);
            for (; _asked < due && _asked - Answered < MostUnderWay; _asked++)
            {
                var query = (int)(_asked / Sockets % _queries.Length);
                await _lines[(int)(_asked % Sockets)].AskAsync(query);
            }

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

    private sealed class StreamLine : Line
    {
        private readonly NetworkStream _stream;
        private readonly Task _receiving;

        public StreamLine(SteadyClient owner, IPEndPoint server)
            : base(owner)
        {
            var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(server);
            _stream = new NetworkStream(socket, ownsSocket: true);
            _receiving = ReceiveAllAsync(() => DnsSocketClient.ReadAsync(_stream, CancellationToken.None));
        }

        public override async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync();
            await _receiving;
        }

        protected override async ValueTask SendAsync(byte[] message) =>
            await DnsSocketClient.WriteAsync(_stream, message, CancellationToken.None);
    }
}
