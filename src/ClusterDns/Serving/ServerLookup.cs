using System.Buffers.Binary;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// Asks this server, with all its blocks and plugins, a question of our own on behalf of a client's query: the way a
/// CNAME is followed out of a zone (RFC 1034, 4.3.2).
/// </summary>
internal sealed class ServerLookup(QueryPool pool)
{
    /// <summary>Longest chain of lookups that one client's query may cause.</summary>
    public const int MaxDepth = 8;

    /// <summary>
    /// Asks for <paramref name="name"/> with the EDNS of <paramref name="cause"/>. Gives the finished query, whose reply
    /// may hold any rcode, or null when there is nobody to ask or the chain is too long. The caller gives it back with
    /// <see cref="Release"/> once it has copied what it wants.
    /// </summary>
    public ValueTask<Query?> AskAsync(Query cause, ReadOnlyMemory<byte> name, RecordType type) =>
        cause.Trace is { } trace ? TellAsync(cause, name, type, trace) : LookUpAsync(cause, name, type);

    public void Release(Query query) => pool.Return(query);

    private async ValueTask<Query?> TellAsync(Query cause, ReadOnlyMemory<byte> name, RecordType type, QueryTrace trace)
    {
        var text = WireName.ToText(name.Span);
        trace.Add(new LookupStep(text, type));
        var query = await LookUpAsync(cause, name, type).ConfigureAwait(false);
        trace.Add(new LookupEndStep(text, query?.Reply.Code, query?.Reply.AnswerCount ?? 0));
        return query;
    }

    private async ValueTask<Query?> LookUpAsync(Query cause, ReadOnlyMemory<byte> name, RecordType type)
    {
        if (cause.Router is not { } router || cause.Depth >= MaxDepth)
        {
            return null;
        }

        var query = pool.Rent();
        if (query.Read(WriteQuestion(cause, name.Span, type), cause) != QueryVerdict.Accepted)
        {
            pool.Return(query);
            return null;
        }

        var result = await router.ServeAsync(query).ConfigureAwait(false);
        if (result.Outcome == ServeOutcome.Failed)
        {
            // What a client would have been sent: a reply that holds nothing but the rcode.
            query.Reply.Clear();
            query.Reply.Code = result.Code;
        }

        if (result.Outcome is ServeOutcome.Answered or ServeOutcome.Failed)
        {
            return query;
        }

        pool.Return(query);
        return null;
    }

    private static byte[] WriteQuestion(Query cause, ReadOnlySpan<byte> name, RecordType type)
    {
        var edns = cause.Edns;
        var size = MessageHeader.Size + name.Length + 4;
        var packet = new byte[size + (edns.IsPresent ? Edns.RecordSize : 0)];
        var flags = (ushort)(cause.Flags & (MessageHeader.RecursionDesiredFlag | MessageHeader.CheckingDisabledFlag));
        MessageHeader.Write(packet, cause.Id, flags, 1, 0, 0, edns.IsPresent ? 1 : 0);
        name.CopyTo(packet.AsSpan(MessageHeader.Size));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(size - 4), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(size - 2), (ushort)RecordClass.IN);
        if (edns.IsPresent)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(size + 1), (ushort)RecordType.OPT);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(size + 3), edns.PayloadSize);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(size + 5), edns.DnssecOk ? Edns.DnssecOkBit : 0);
        }

        return packet;
    }
}
