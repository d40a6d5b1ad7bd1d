namespace ClusterDns.Transport;

/// <summary>Lets one log line through per interval, however many threads ask, and counts those it holds back.</summary>
public sealed class LogInterval(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly long _length = (long)(Length.TotalSeconds * time.TimestampFrequency);
    private long _nextLine = long.MinValue;
    private long _heldBack;

    /// <summary>Whether to write the line now; <paramref name="heldBack"/> is how many were not written since the last one.</summary>
    public bool TryEnter(out long heldBack)
    {
        var now = time.GetTimestamp();
        var nextLine = Volatile.Read(ref _nextLine);
        if (now < nextLine || Interlocked.CompareExchange(ref _nextLine, now + _length, nextLine) != nextLine)
        {
            Interlocked.Increment(ref _heldBack);
            heldBack = 0;
            return false;
        }

        heldBack = Interlocked.Exchange(ref _heldBack, 0);
        return true;
    }
}
