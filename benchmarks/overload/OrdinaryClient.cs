using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterDns.Overload;

/// <summary>
/// Asks for addresses of cluster names at an even rate, whatever comes back, and notes when. An id is used again only after
/// a minute, so an answer is its query's.
/// </summary>
internal sealed class OrdinaryClient : IDisposable
{
    public const int QueriesPerSecond = 1000;

    private const int HeaderSize = 12;
    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromMilliseconds(200);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveTimeout = (int)ReceiveTimeout.TotalMilliseconds,
    };

    private readonly long[] _sent;
    private readonly long[] _answered;
    private readonly byte[] _codes;
    private readonly byte[] _query;
    private volatile bool _isDone;
    private volatile int _count;

    /// <param name="port">The server's, on 127.0.0.1.</param>
    /// <param name="name">A name with an address.</param>
    /// <param name="most">How many queries there may be.</param>
    public OrdinaryClient(int port, string name, int most)
    {
        _sent = new long[most];
        _answered = new long[most];
        _codes = new byte[most];
        _query = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0, 0, 1, 0, 1];
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>Queries so far; each has its number.</summary>
    public int Count => _count;

    /// <summary>Asks until told to stop, on this thread.</summary>
    public void Run(Func<bool> goesOn)
    {
        var receiver = new Thread(Receive);
        receiver.Start();
        var began = Stopwatch.GetTimestamp();
        while (goesOn() && _count < _sent.Length)
        {
            var due = began + (long)((double)_count / QueriesPerSecond * Stopwatch.Frequency);
            if (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1);
                continue;
            }

            BinaryPrimitives.WriteUInt16BigEndian(_query, (ushort)_count);
            _sent[_count] = Stopwatch.GetTimestamp();
            _socket.Send(_query, SocketFlags.None, out _);
            _count++;
        }

        Thread.Sleep(TimeSpan.FromSeconds(2));
        _isDone = true;
        receiver.Join();
    }

    /// <summary>Queries asked between two times of <see cref="Stopwatch"/>: when, and seconds to the right answer, null for none.</summary>
    public IEnumerable<(long Sent, double? Seconds)> Between(long begin, long end) =>
        from index in Enumerable.Range(0, _count)
        where _sent[index] >= begin && _sent[index] < end
        let isGood = _answered[index] != 0 && _codes[index] == 0
        select (_sent[index], isGood ? Stopwatch.GetElapsedTime(_sent[index], _answered[index]).TotalSeconds : (double?)null);

    /// <summary>Answers that were something else than an address.</summary>
    public int Wrong => Enumerable.Range(0, _count).Count(index => _answered[index] != 0 && _codes[index] != 0);

    public void Dispose() => _socket.Dispose();

    private void Receive()
    {
        var reply = new byte[1500];
        while (!_isDone)
        {
            int length;
            try
            {
                length = _socket.Receive(reply);
            }
            catch (SocketException)
            {
                // A quiet moment, or nobody listens yet.
                continue;
            }

            var now = Stopwatch.GetTimestamp();
            if (length < HeaderSize)
            {
                continue;
            }

            // The latest query with this id.
            var index = (_count & ~0xFFFF) | BinaryPrimitives.ReadUInt16BigEndian(reply);
            index -= index > _count ? 0x10000 : 0;
            if (index >= 0 && index < _answered.Length && _answered[index] == 0)
            {
                // An rcode, or NODATA.
                _codes[index] = (byte)((reply[3] & 15) | (reply[7] == 0 ? 128 : 0));
                _answered[index] = now;
            }
        }
    }
}
