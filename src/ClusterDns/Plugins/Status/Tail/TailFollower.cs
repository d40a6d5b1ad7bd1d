using System.Threading.Channels;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Status.Tail;

/// <summary>
/// One who follows: so many queries a second are queued, the others only counted, and none ever waits. Called by all
/// threads that answer.
/// </summary>
internal sealed class TailFollower(TailFilter filter, TimeProvider time)
{
    private readonly Channel<TailLine> _lines = Channel.CreateBounded<TailLine>(
        new BoundedChannelOptions(StatusLimits.TailQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _second;
    private int _shownInSecond;
    private long _passed;
    private long _matched;

    public ChannelReader<TailLine> Lines => _lines.Reader;

    /// <summary>Queries that the filter let through.</summary>
    public long Matched => Volatile.Read(ref _matched);

    /// <summary>Those of them that were queued.</summary>
    public long Passed => Volatile.Read(ref _passed);

    public void Show(Query query, ServeResult result)
    {
        // A question of our own is no client's.
        if (query.Depth > 0 || !filter.LetsThrough(query, result))
        {
            return;
        }

        Interlocked.Increment(ref _matched);
        var now = time.GetTimestamp();
        if (TryTakeTurn(now) && _lines.Writer.TryWrite(LineOf(query, result, now)))
        {
            Interlocked.Increment(ref _passed);
        }
    }

    private bool TryTakeTurn(long now)
    {
        var second = now / time.TimestampFrequency;
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            Volatile.Write(ref _shownInSecond, 0);
        }

        // Two threads at a second's turn may let a few more through.
        return Volatile.Read(ref _shownInSecond) < StatusLimits.TailLinesPerSecond
            && Interlocked.Increment(ref _shownInSecond) <= StatusLimits.TailLinesPerSecond;
    }

    private TailLine LineOf(Query query, ServeResult result, long now) => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        query.Client.ToString(),
        query.Protocol.ToString().ToLowerInvariant(),
        WireName.ToText(query.NameAsSent),
        Mnemonic.Of(query.Type),
        result.Outcome == ServeOutcome.Dropped ? "dropped" : Mnemonic.Of(result.CodeFor(query)),
        result.IsAnswered ? query.AnsweredBy : "",
        query.Upstream,
        query.StartTimestamp == 0 ? 0 : (long)time.GetElapsedTime(query.StartTimestamp, now).TotalMicroseconds);
}
