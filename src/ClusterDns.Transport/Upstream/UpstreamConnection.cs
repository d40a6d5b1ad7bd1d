using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ClusterDns.Transport.Tcp;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// One connection with many queries in flight (RFC 7766, 6.2.1.1), over TCP or TLS. Queries may join while it is being
/// opened; they leave once it is.
/// </summary>
internal sealed class UpstreamConnection(UpstreamContext context, UpstreamChannels all, UpstreamDialer dialer)
    : UpstreamChannel(context, context.Options.MaxQueriesPerConnection)
{
    private const string Network = "tcp";

    private readonly UpstreamOutbox _outbox = new(context.Options.MaxQueuedOctets);
    private readonly TcpReceiveBuffer _received = new(new ByteBudget(long.MaxValue));
    private readonly CancellationTokenSource _closing = new();
    private UpstreamStream? _open;
    private long _lastReceived;
    private bool _hasReceived;
    private bool _isInsideMessage;

    /// <summary>Elsewhere: many replies come with one read, and the next must not wait for what the first sets going.</summary>
    public override bool CompletesAsynchronously => true;

    public bool IsOpen => Volatile.Read(ref _open) is not null;

    protected override TimeSpan MaxAge => Context.Options.MaxAge;

    /// <summary>Sends a query that was taken in before; if there is no room for it, the query is completed.</summary>
    public void Send(PendingQuery pending, in UpstreamQuery query)
    {
        if (_outbox.TryAdd(query, pending.Id))
        {
            _outbox.Flush();
        }
        else if (TryTakeBack(pending))
        {
            var text = UpstreamErrorText.Dial(
                Network, Context.Options.SourceAddress, Server, "too many queries wait to be sent");
            pending.Complete(UpstreamReply.Failed(UpstreamOutcome.Busy, text, pending.IsChannelReused));
        }
    }

    protected override bool HasBeenUsed(int queries) => IsOpen;

    protected override void Close()
    {
        _outbox.Close();
        try
        {
            _closing.Cancel();
        }
        finally
        {
            Volatile.Read(ref _open)?.Stream.Dispose();
        }
    }

    protected override string TimeoutText() => Volatile.Read(ref _open) is { } open
        ? UpstreamErrorText.Io(UpstreamErrorText.ReadCall, Network, open.Local, Server, UpstreamErrorText.TimedOut)
        : UpstreamErrorText.Dial(Network, Context.Options.SourceAddress, Server, UpstreamErrorText.TimedOut);

    /// <summary>
    /// A connection that has been silent since the query was asked is taken for dead, and one that waits for the rest of a
    /// message may have been told a wrong length: the next query gets a fresh one instead of the same wait.
    /// </summary>
    protected override void OnTimedOut(PendingQuery query)
    {
        var isSilent = !Volatile.Read(ref _hasReceived) || Volatile.Read(ref _lastReceived) < query.Began;
        if (isSilent || Volatile.Read(ref _isInsideMessage))
        {
            Retire();
        }
    }

    protected override async Task RunAsync()
    {
        UpstreamEnd? end = null;
        try
        {
            end = await DialAndReadAsync().ConfigureAwait(false);
        }
        catch (UpstreamDialException error)
        {
            end = error.End;
        }
        finally
        {
            // Out of the way before anybody is told: some will ask again at once.
            var partial = PartialId();
            Close();
            _received.Close();
            all.Remove(this);
            FailAll(end ?? new UpstreamEnd(UpstreamOutcome.ConnectionLost, UpstreamErrorText.Closed), partial);
        }
    }

    private void FailAll(UpstreamEnd end, int partial)
    {
        FailAll(query => end.Outcome == UpstreamOutcome.ConnectionLost
            ? UpstreamReply.Lost(end.Error, query.IsChannelReused, IsWorthRetrying(query, partial))
            : UpstreamReply.Failed(end.Outcome, end.Error, query.IsChannelReused));
    }

    /// <summary>Reads to the end of the connection, and says how it ended.</summary>
    /// <exception cref="UpstreamDialException">It did not begin.</exception>
    private async Task<UpstreamEnd> DialAndReadAsync()
    {
        var open = await dialer.DialAsync(_closing.Token).ConfigureAwait(false);
        Volatile.Write(ref _open, open);
        if (_closing.IsCancellationRequested)
        {
            open.Stream.Dispose();
        }

        _outbox.Open(open.Stream);
        try
        {
            while (await ReadAsync(open.Stream).ConfigureAwait(false))
            {
                while (_received.TryTake(out var message))
                {
                    if (!TryAccept(message))
                    {
                        // Where one message is broken, the next may begin anywhere.
                        Retire();
                    }
                }

                Volatile.Write(ref _isInsideMessage, !_received.IsEmpty);
            }

            return StreamFailure.OfReading(null, open.Local, Server);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return _outbox.Failure is { } failure
                ? StreamFailure.OfWriting(failure, open.Local, Server)
                : StreamFailure.OfReading(error, open.Local, Server);
        }
    }

    /// <summary>False at the end. Nearly every call waits: its state is pooled.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync(Stream stream)
    {
        _received.TryMakeRoom();
        var count = await stream.ReadAsync(_received.Room).ConfigureAwait(false);
        if (count == 0)
        {
            return false;
        }

        _received.Add(count);
        Volatile.Write(ref _lastReceived, Context.Time.GetTimestamp());
        Volatile.Write(ref _hasReceived, true);
        return true;
    }

    /// <summary>
    /// Closed by a server that was through with it, before the query came or beside other replies: nothing is wrong with
    /// the query, unless its reply had begun.
    /// </summary>
    private bool IsWorthRetrying(PendingQuery query, int partial) =>
        (query.IsChannelReused || _hasReceived) && query.Id != partial;

    /// <summary>The id of a reply that has begun and not ended; -1 if there is none.</summary>
    private int PartialId()
    {
        const int PrefixAndId = 4;
        var waiting = _received.Waiting;
        return waiting.Length >= PrefixAndId ? MessageHeader.Id(waiting[2..]) : -1;
    }
}
