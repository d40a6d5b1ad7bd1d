using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// A question while rules change it, and the query that comes of it. One for each thread: it is finished before the rest
/// of the chain is asked.
/// </summary>
internal sealed class QuestionDraft(ReplyDraftPool replies)
{
    /// <summary>The payload size of an OPT record of our own, in octets, as CoreDNS has it.</summary>
    private const ushort OwnPayloadSize = 4096;

    private readonly OptionsDraft _options = new();
    private byte[] _packet = new byte[512];
    private bool _hasOptions;
    private ReplyDraft? _reply;

    /// <summary>The client's query.</summary>
    public Query Query { get; private set; } = null!;

    public NameText Name { get; } = new();

    public RecordType Type { get; set; }

    public RecordClass Class { get; set; }

    /// <summary>The EDNS options to send; the first one adds an OPT record where the client had none.</summary>
    public OptionsDraft Options
    {
        get
        {
            if (!_hasOptions)
            {
                _options.Set(ClientOptions);
                _hasOptions = true;
            }

            return _options;
        }
    }

    /// <summary>What is to be done to the reply.</summary>
    public ReplyDraft Reply => _reply ??= replies.Rent();

    private ReadOnlySpan<byte> ClientOptions =>
        Query.Edns.IsPresent ? Query.Packet.Slice(Query.Edns.OptionsOffset, Query.Edns.OptionsLength) : [];

    public void Begin(Query query)
    {
        Query = query;
        Name.Set(query.Name.Wire);
        Type = query.Type;
        Class = query.Class;
        _hasOptions = false;
    }

    /// <summary>Hands over what is to be done to the reply.</summary>
    public ReplyDraft TakeReply()
    {
        var reply = Reply;
        _reply = null;
        return reply;
    }

    /// <summary>Gives back what no chain will be asked for.</summary>
    public void Abandon()
    {
        if (_reply is not null)
        {
            replies.Return(TakeReply());
        }
    }

    /// <summary>The query with everything changed; good until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> WritePacket()
    {
        var edns = Query.Edns;
        var options = _hasOptions ? _options.Octets : ClientOptions;
        var hasOpt = edns.IsPresent || !options.IsEmpty;

        // A name that came through unchanged keeps the client's spelling, on which some count (0x20).
        var name = Name.Wire.SequenceEqual(Query.Name.Wire) ? Query.NameAsSent : Name.Wire;
        var end = MessageHeader.Size + name.Length + MessageHeader.QuestionFixedPart;
        var length = end + (hasOpt ? Edns.RecordSize + options.Length : 0);
        if (length > _packet.Length)
        {
            _packet = new byte[length];
        }

        var packet = _packet.AsSpan(0, length);
        MessageHeader.Write(packet, Query.Id, Query.Flags, 1, 0, 0, hasOpt ? 1 : 0);
        name.CopyTo(packet[MessageHeader.Size..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[(end - 4)..], (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(packet[(end - 2)..], (ushort)Class);
        if (hasOpt)
        {
            var opt = packet[end..];
            opt[0] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.OPT);
            BinaryPrimitives.WriteUInt16BigEndian(opt[3..], edns.IsPresent ? edns.PayloadSize : OwnPayloadSize);
            BinaryPrimitives.WriteUInt32BigEndian(opt[5..], edns.DnssecOk ? Edns.DnssecOkBit : 0);
            BinaryPrimitives.WriteUInt16BigEndian(opt[9..], (ushort)options.Length);
            options.CopyTo(opt[Edns.RecordSize..]);
        }

        return packet;
    }
}
