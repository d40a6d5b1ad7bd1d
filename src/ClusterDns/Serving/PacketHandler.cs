using System.Runtime.CompilerServices;
using ClusterDns.Serving.Streaming;
using ClusterDns.Serving.Tracing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace ClusterDns.Serving;

/// <summary>
/// Between one listener and its routes: reads each packet, runs the chain, and is the one place that turns a refusal, a
/// failure or an exception into a packet.
/// </summary>
internal sealed class PacketHandler(
    ListenerRoutes routes,
    QueryPool pool,
    TimeProvider time,
    Counter panics,
    ILogger logger) : IPacketHandler
{
    private readonly PanicLog _panics = new(logger, time);

    // One spare query for each worker: a query that is answered on the spot never visits the pool. Worker numbers of
    // connections share these slots; whoever finds a slot taken uses the pool.
    private readonly SpareSlot[] _spares = new SpareSlot[SpareSlot.Count];

    public void Handle(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        ref var spare = ref _spares[path.Worker & (SpareSlot.Count - 1)].Query;
        var query = Interlocked.Exchange(ref spare, null) ?? pool.Rent();
        if (Answer(query, packet, path))
        {
            Volatile.Write(ref spare, query);
        }
    }

    /// <summary>Answers a packet as any other, and has everything that decides about it tell <paramref name="trace"/>.</summary>
    public void Handle(ReadOnlySpan<byte> packet, ReplyPath path, QueryTrace trace)
    {
        var query = pool.Rent();
        query.Trace = trace;
        if (Answer(query, packet, path))
        {
            pool.Return(query);
        }
    }

    /// <summary>True when the query is finished and free again; false when its chain goes on by itself.</summary>
    private bool Answer(Query query, ReadOnlySpan<byte> packet, ReplyPath path)
    {
        switch (query.Read(packet, path))
        {
            case QueryVerdict.Accepted:
                return Serve(query, path);
            case QueryVerdict.BadVersion:
                query.Reply.Code = ResponseCode.BadVersion;
                Send(query, path);
                return true;
            case QueryVerdict.FormatError:
                SendHeader(packet, ResponseCode.FormatError, path);
                return true;
            case QueryVerdict.NotImplemented:
                SendHeader(packet, ResponseCode.NotImplemented, path);
                return true;
            default:
                return true;
        }
    }

    private bool Serve(Query query, ReplyPath path)
    {
        if (query.StartTimestamp == 0)
        {
            query.StartTimestamp = time.GetTimestamp();
        }

        query.Router = routes;
        query.ServerLabel = routes.Key.Label;
        ValueTask<ServeResult> pending;
        try
        {
            pending = routes.ServeAsync(query);
        }
        catch (Exception exception)
        {
            pending = new ValueTask<ServeResult>(Recover(query, exception));
        }

        if (pending.IsCompletedSuccessfully)
        {
            return Complete(query, pending.Result, path);
        }

        _ = CompleteLaterAsync(query, pending, path.Detach());
        return false;
    }

    private async Task CompleteLaterAsync(Query query, ValueTask<ServeResult> pending, ReplyPath path)
    {
        ServeResult result;
        try
        {
            result = await pending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            result = Recover(query, exception);
        }

        var isFinished = true;
        try
        {
            isFinished = Complete(query, result, path);
        }
        catch (Exception exception)
        {
            // A reply that cannot be written must not hold its connection's place for ever.
            Recover(query, exception);
            result = ServeResult.Dropped;
        }

        if (result.Outcome == ServeOutcome.Dropped)
        {
            path.Abandon();
        }

        if (isFinished)
        {
            pool.Return(query);
        }
    }

    /// <summary>True when the query is finished; false when messages follow and it is given back behind the last.</summary>
    private bool Complete(Query query, ServeResult result, ReplyPath path)
    {
        if (query.Trace is not null)
        {
            Tell(query, result);
        }

        switch (result.Outcome)
        {
            case ServeOutcome.Answered:
                Send(query, path);
                break;
            case ServeOutcome.Failed:
                query.Reply.Clear();
                query.Reply.Code = result.Code;
                TellReason(query);
                Send(query, path);
                break;
            case ServeOutcome.Streamed:
                _ = StreamAsync(query, path.Detach());
                return false;
        }

        return true;
    }

    private async Task StreamAsync(Query query, ReplyPath path)
    {
        var isWhole = false;
        try
        {
            isWhole = await ReplyStreamWriter.SendAsync(query, path, time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Recover(query, exception);
        }

        if (!isWhole)
        {
            path.Cut();
        }

        query.EndRest(isWhole);
        pool.Return(query);
    }

    private static void TellReason(Query query)
    {
        if (query.Reason != FailureReason.None)
        {
            query.Reply.AddOption(EdnsOption.ExtendedError, ExtendedErrors.Of(query.Reason));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tell(Query query, ServeResult result) =>
        query.Trace!.Add(ReplyStep.Of(query, result));

    private static void Send(Query query, ReplyPath path)
    {
        var reply = query.Reply;
        var limit = Math.Min(query.ReplyLimit, reply.FinishedLength);
        path.Send(reply.Finish(path.GetBuffer(limit), limit));
    }

    // Id, opcode and RD come back; nothing behind the header of a packet that made no sense is repeated.
    private static void SendHeader(ReadOnlySpan<byte> packet, ResponseCode code, ReplyPath path)
    {
        var flags = MessageHeader.Flags(packet);
        var kept = (ushort)(MessageHeader.WithOpcode(MessageHeader.OpcodeOf(flags)) | (flags & MessageHeader.RecursionDesiredFlag));
        var reply = (ushort)(MessageHeader.ResponseFlag | kept | MessageHeader.WithResponseCode(code));
        MessageHeader.Write(path.GetBuffer(MessageHeader.Size), MessageHeader.Id(packet), reply, 0, 0, 0, 0);
        path.Send(MessageHeader.Size);
    }

    // Any plugin may have a bug; it costs this one query and is counted, never the listener.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ServeResult Recover(Query query, Exception exception)
    {
        panics.Inc();
        var wantsTrace = routes.Current.RouteOf(query)?.LogStackTraces ?? false;
        query.Reason = FailureReason.None;
        query.EndRest(isWhole: false);
        _panics.Tell(query, exception, wantsTrace);
        return ServeResult.Failed(ResponseCode.ServerFailure);
    }
}
