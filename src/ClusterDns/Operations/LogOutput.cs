using System.Globalization;
using System.Text;

namespace ClusterDns.Operations;

/// <summary>
/// Standard output for log lines: writers never wait, lines are written together, and when the reader is too slow lines
/// are dropped and counted rather than queries delayed.
/// </summary>
/// <remarks>
/// Two buffers: writers fill one under a lock that is held for a copy of one line, the only thread that touches the
/// stream takes it, gives back the other, and writes without the lock.
/// </remarks>
internal sealed class LogOutput : IDisposable
{
    /// <summary>Octets of lines that may wait for the stream; twice that is the memory a stalled reader costs.</summary>
    public const int DefaultCapacity = 1 << 20;

    private const int FirstSize = 16 * 1024;

    /// <summary>How long lines are gathered before they are written, and so how much later than its query a line shows.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest wait at the end for a reader that takes nothing any more.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan IdleWait = TimeSpan.FromMinutes(1);

    private readonly Lock _filling = new();
    private readonly AutoResetEvent _hasLines = new(false);
    private readonly ManualResetEvent _stop = new(false);
    private readonly Stream _stream;
    private readonly int _capacity;
    private readonly Thread _thread;
    private byte[] _lines = new byte[FirstSize];
    private byte[] _spare = new byte[FirstSize];
    private int _length;
    private long _dropped;
    private long _reported;
    private bool _isClosed;

    /// <param name="stream">Where lines go; not closed here.</param>
    /// <param name="capacity">Octets of lines that may wait.</param>
    public LogOutput(Stream stream, int capacity = DefaultCapacity)
    {
        _stream = stream;
        _capacity = capacity;
        _thread = new Thread(WriteUntilStopped) { IsBackground = true, Name = "log output" };
        _thread.Start();
    }

    /// <summary>Lines that found no room since the start.</summary>
    public long DroppedLines => Interlocked.Read(ref _dropped);

    /// <summary>Takes a line of UTF-8 without its line feed, or drops and counts it: then the result is false.</summary>
    public bool TryWrite(ReadOnlySpan<byte> line)
    {
        bool isFirst;
        lock (_filling)
        {
            if (_isClosed || !MakeRoom(line.Length + 1))
            {
                _dropped++;
                return false;
            }

            isFirst = _length == 0;
            line.CopyTo(_lines.AsSpan(_length));
            _length += line.Length;
            _lines[_length++] = (byte)'\n';
        }

        if (isFirst)
        {
            _hasLines.Set();
        }

        return true;
    }

    /// <summary>Takes one or more lines of text.</summary>
    public bool TryWrite(string text) => TryWrite(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes what was taken, as far as the reader lets it within two seconds, and takes no more.</summary>
    public void Dispose()
    {
        // The events are left to the finalizer: a writer may be about to set one.
        _stop.Set();
        _thread.Join(FlushTimeout);
    }

    private bool MakeRoom(int octets)
    {
        var wanted = _length + octets;
        if (wanted > _capacity)
        {
            return false;
        }

        if (wanted > _lines.Length)
        {
            Array.Resize(ref _lines, Math.Min(_capacity, Math.Max(wanted, _lines.Length * 2)));
        }

        return true;
    }

    private void WriteUntilStopped()
    {
        WaitHandle[] wakeUps = [_stop, _hasLines];
        var isStopping = false;
        while (!isStopping)
        {
            WaitHandle.WaitAny(wakeUps, IdleWait);
            isStopping = _stop.WaitOne(GatherTime);
            if (!TryWriteTaken(isLast: isStopping))
            {
                return;
            }
        }
    }

    private bool TryWriteTaken(bool isLast)
    {
        int length;
        long missing;
        lock (_filling)
        {
            (_lines, _spare) = (_spare, _lines);
            length = _length;
            _length = 0;
            missing = _dropped - _reported;
            _reported = _dropped;
            _isClosed = isLast;
        }

        try
        {
            _stream.Write(_spare, 0, length);
            if (missing > 0)
            {
                _stream.Write(Notice(missing));
            }

            _stream.Flush();
            return true;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // Nobody reads standard output any more (EPIPE), or its owner did not wait: nowhere is left to say so.
            Close();
            return false;
        }
    }

    private void Close()
    {
        lock (_filling)
        {
            _isClosed = true;
            _length = 0;
        }
    }

    private static byte[] Notice(long missing) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"[WARNING] {missing} log lines dropped: standard output is read too slowly\n"));
}
