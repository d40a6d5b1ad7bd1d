using System.Buffers.Binary;
using ClusterDns.Serving.Streaming;
using ClusterDns.Serving.Tracing;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// One query on its way through the chain, and its reply. Pooled: nothing of it may be kept once the chain has returned.
/// The packet is copied in (most have 40 to 80 octets), so a query may wait while the listener goes on.
/// </summary>
internal sealed class Query : IDisposable
{
    private const int UsualPacketSize = 512;

    private byte[] _packet = GC.AllocateUninitializedArray<byte>(UsualPacketSize);
    private QueryFields _fields;

    /// <summary>The name asked for: lower case, cut into labels.</summary>
    public QuestionName Name { get; } = new();

    public Reply Reply { get; private set; } = new();

    public ushort Id => _fields.Id;

    /// <summary>The second 16 bits of the header, as sent.</summary>
    public ushort Flags => _fields.Flags;

    public RecordType Type => _fields.Type;

    public RecordClass Class => _fields.Class;

    public ref readonly QueryFields Fields => ref _fields;

    public Edns Edns => _fields.Edns;

    /// <summary>The name as it was spelt.</summary>
    public ReadOnlySpan<byte> NameAsSent => Packet.Slice(MessageHeader.Size, Name.Length);

    public ReadOnlySpan<byte> Packet => _packet.AsSpan(0, PacketLength);

    /// <summary>Octets of the query as it arrived.</summary>
    public int PacketLength { get; private set; }

    /// <summary>
    /// Octets of the query as the plugins behind a rewrite saw it, else <see cref="PacketLength"/>: what CoreDNS logs.
    /// </summary>
    public int ServedLength { get; private set; }

    public TransportProtocol Protocol { get; private set; }

    public TransportAddress Client { get; private set; }

    /// <summary>The address that was asked.</summary>
    public TransportAddress Local { get; private set; }

    /// <summary>Index of the listener's worker: counters are kept apart by it.</summary>
    public int Worker { get; private set; }

    /// <summary>When the packet was taken up, by the server's <see cref="TimeProvider"/>.</summary>
    public long StartTimestamp { get; set; }

    /// <summary>
    /// When the chain was done with it, by the same clock, as far as anybody looked; else 0. Outlives the query where the
    /// next one follows at once: reading the clock costs a tenth of answering from memory.
    /// </summary>
    public long EndTimestamp { get; set; }

    /// <summary>The zone whose server block was chosen; the root until then.</summary>
    public DnsName Zone { get; set; } = DnsName.Root;

    /// <summary>
    /// The listener that took the query in, as <c>dns://:53</c> or <c>dns://10.0.0.1:53</c>: one string per listener, so
    /// that counters may find theirs by reference.
    /// </summary>
    public string ServerLabel { get; set; } = "";

    /// <summary>Name of the plugin that wrote the reply; empty for the server itself.</summary>
    public string AnsweredBy { get; set; } = "";

    /// <summary>
    /// What went wrong, in a sentence for the <c>errors</c> plugin; a query that was answered may have one too.
    /// </summary>
    public string? Error { get; set; }

    /// <summary>What a client with EDNS is told of a failure.</summary>
    public FailureReason Reason { get; set; }

    /// <summary>The listener's routes: where a lookup of our own begins.</summary>
    public IQueryRouter? Router { get; set; }

    /// <summary>How many lookups of our own led here: 0 for a client's query.</summary>
    public int Depth { get; set; }

    /// <summary>
    /// The reply states what a watch keeps true in memory. A cache passes it on and keeps none: it would only grow old
    /// there. Whoever copies such an answer into another reply copies this too.
    /// </summary>
    public bool IsLive { get; set; }

    /// <summary>
    /// The reply is what a rule wants clients to see, whether or not there is such a name: NODATA that proves nothing to
    /// those who ask in order to find out.
    /// </summary>
    public bool IsByRule { get; set; }

    /// <summary>The upstream that gave the reply, as <c>10.0.0.2:53</c>; null when none was asked.</summary>
    public string? Upstream { get; set; }

    /// <summary>What can tell more about this query; null unless the block has <c>metadata</c>.</summary>
    public IReadOnlyList<IMetadataSource>? MetadataSources { get; set; }

    /// <summary>
    /// The messages behind <see cref="Reply"/> of an answer that is <see cref="ServeOutcome.Streamed"/>; null for any other.
    /// Whoever takes the query back ends it.
    /// </summary>
    public ReplyStream? Rest { get; set; }

    /// <summary>
    /// Where everything that decides about this query says so; null for the queries of clients. Of a pooled query only:
    /// it goes when the query is given back.
    /// </summary>
    public QueryTrace? Trace { get; set; }

    /// <summary>Largest reply that may be sent, in octets. Whoever asked for a lookup of our own cuts the whole reply.</summary>
    public int ReplyLimit =>
        Protocol == TransportProtocol.Udp && Depth == 0 ? Edns.UdpLimit : MessageHeader.MaxMessageSize;

    /// <summary>Reads a packet. When the verdict lets it be answered, the reply stands ready behind the question.</summary>
    public QueryVerdict Read(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        Protocol = path.Protocol;
        Client = path.Client;
        Local = path.Local;
        Worker = path.Worker;
        Depth = 0;
        StartTimestamp = path.FollowsAtOnce ? EndTimestamp : 0;
        EndTimestamp = 0;
        ServerLabel = "";
        return Read(packet);
    }

    /// <summary>Reads a question of our own, asked on behalf of <paramref name="cause"/>.</summary>
    public QueryVerdict Read(ReadOnlySpan<byte> packet, Query cause)
    {
        TakeSenderOf(cause);
        Depth = cause.Depth + 1;
        return Read(packet);
    }

    /// <summary>
    /// Reads a packet that goes on in the place of <paramref name="original"/>, from the same link of the same chain: how
    /// a plugin changes the question. Its reply is then told to the client as the original's.
    /// </summary>
    public QueryVerdict ReadInPlaceOf(Query original, ReadOnlySpan<byte> packet)
    {
        TakeSenderOf(original);
        Depth = original.Depth;
        var verdict = Read(packet);
        Zone = original.Zone;
        MetadataSources = original.MetadataSources;
        return verdict;
    }

    /// <summary>
    /// Reads the packet of <paramref name="original"/> with another name in its question, to go on in its place as
    /// <see cref="ReadInPlaceOf"/> does. Nothing but the name is changed.
    /// </summary>
    /// <param name="original">The query; another one than this.</param>
    /// <param name="name">A whole name, uncompressed.</param>
    public QueryVerdict RenameInPlaceOf(Query original, ReadOnlySpan<byte> name)
    {
        var rest = original.Packet[(MessageHeader.Size + original.Name.Length)..];
        var length = MessageHeader.Size + name.Length + rest.Length;
        if (length > _packet.Length)
        {
            _packet = GC.AllocateUninitializedArray<byte>(length);
        }

        var packet = _packet.AsSpan(0, length);
        original.Packet[..MessageHeader.Size].CopyTo(packet);
        name.CopyTo(packet[MessageHeader.Size..]);
        rest.CopyTo(packet[(MessageHeader.Size + name.Length)..]);
        var verdict = ReadInPlaceOf(original, packet);
        LimitPayloadSize(original.Edns.PayloadSize);
        return verdict;
    }

    /// <summary>
    /// Takes over what the chain made of a query that went on in this one's place, unchanged: its reply, and what there is
    /// to know about that. Costs three references; the other query is left with this one's reply.
    /// </summary>
    public void TakeAnswerOf(Query other)
    {
        (Reply, other.Reply) = (other.Reply, Reply);
        _fields = _fields with { Edns = other.Edns };
        (Rest, other.Rest) = (other.Rest, null);
        TakeFactsOf(other);
    }

    /// <summary>
    /// Tells as this query's own what there is to know about the answer to <paramref name="other"/>, which went on in its
    /// place with another question; the reply is the caller's to write.
    /// </summary>
    public void TakeFactsOf(Query other)
    {
        AnsweredBy = other.AnsweredBy;
        Error = other.Error;
        Reason = other.Reason;
        IsLive = other.IsLive;
        IsByRule = other.IsByRule;
        Upstream = other.Upstream;
        ServedLength = other.ServedLength;
    }

    /// <summary>
    /// Makes the client's EDNS payload size smaller, for whoever is asked next and for the reply. Nothing changes for a
    /// client without EDNS or with a smaller size.
    /// </summary>
    public void LimitPayloadSize(ushort octets)
    {
        if (!Edns.IsPresent || Edns.PayloadSize <= octets)
        {
            return;
        }

        _fields = _fields with { Edns = Edns with { PayloadSize = octets } };
        Reply.Begin(Packet, _fields);
    }

    /// <summary>
    /// Changes the header for whoever is asked next. The reply begins anew, so its RD and CD are then those of
    /// <paramref name="flags"/>.
    /// </summary>
    public void ChangeFlags(ushort flags)
    {
        _fields = _fields with { Flags = flags };
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), flags);
        Reply.Begin(Packet, _fields);
    }

    /// <summary>A label's value, such as <c>kubernetes/service</c>; null where nothing knows it.</summary>
    public string? MetadataOf(string label)
    {
        foreach (var source in MetadataSources ?? [])
        {
            if (source.MetadataOf(this, label) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A failure, its reason in a sentence for the log, and what of it a client may be told.</summary>
    public ServeResult Fail(ResponseCode code, string error, FailureReason reason = FailureReason.None)
    {
        Error = error;
        Reason = reason;
        return ServeResult.Failed(code);
    }

    /// <summary>Ends <see cref="Rest"/>, if there is any.</summary>
    /// <param name="isWhole">All of it was sent.</param>
    public void EndRest(bool isWhole)
    {
        Rest?.End(isWhole);
        Rest = null;
    }

    public void Dispose()
    {
        EndRest(isWhole: false);
        EndTimestamp = 0;
        Trace = null;
        Reply.Dispose();
    }

    private void TakeSenderOf(Query other)
    {
        Protocol = other.Protocol;
        Client = other.Client;
        Local = other.Local;
        Worker = other.Worker;
        Router = other.Router;
        StartTimestamp = other.StartTimestamp;
        ServerLabel = other.ServerLabel;
        if (other.Trace is not null)
        {
            Trace = other.Trace;
        }
    }

    private QueryVerdict Read(ReadOnlySpan<byte> packet)
    {
        AnsweredBy = "";
        Error = null;
        Reason = FailureReason.None;
        IsLive = false;
        IsByRule = false;
        Upstream = null;
        MetadataSources = null;
        Zone = DnsName.Root;
        if (packet.Length > _packet.Length)
        {
            _packet = GC.AllocateUninitializedArray<byte>(packet.Length);
        }

        packet.CopyTo(_packet);
        PacketLength = packet.Length;
        ServedLength = packet.Length;
        var verdict = QueryReader.Read(packet, Name, out _fields);
        if (verdict is QueryVerdict.Accepted or QueryVerdict.BadVersion)
        {
            Reply.Begin(packet, _fields);
        }

        return verdict;
    }
}
