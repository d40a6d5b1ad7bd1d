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

    public Reply Reply { get; } = new();

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

    public TransportProtocol Protocol { get; private set; }

    public TransportAddress Client { get; private set; }

    /// <summary>The address that was asked.</summary>
    public TransportAddress Local { get; private set; }

    /// <summary>Index of the listener's worker: counters are kept apart by it.</summary>
    public int Worker { get; private set; }

    /// <summary>When the packet was taken up, by the server's <see cref="TimeProvider"/>.</summary>
    public long StartTimestamp { get; set; }

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

    /// <summary>The listener's routes: where a lookup of our own begins.</summary>
    public IQueryRouter? Router { get; set; }

    /// <summary>How many lookups of our own led here: 0 for a client's query.</summary>
    public int Depth { get; set; }

    /// <summary>Largest reply that may be sent, in octets.</summary>
    public int ReplyLimit => Protocol == TransportProtocol.Udp ? Edns.UdpLimit : MessageHeader.MaxMessageSize;

    /// <summary>Reads a packet. When the verdict lets it be answered, the reply stands ready behind the question.</summary>
    public QueryVerdict Read(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        Protocol = path.Protocol;
        Client = path.Client;
        Local = path.Local;
        Worker = path.Worker;
        Depth = 0;
        ServerLabel = "";
        return Read(packet);
    }

    /// <summary>Reads a question of our own, asked on behalf of <paramref name="cause"/>.</summary>
    public QueryVerdict Read(ReadOnlySpan<byte> packet, Query cause)
    {
        // Answers of our own lookups are never cut to a datagram: whoever asked cuts the whole reply.
        Protocol = TransportProtocol.Tcp;
        Client = cause.Client;
        Local = cause.Local;
        Worker = cause.Worker;
        Depth = cause.Depth + 1;
        Router = cause.Router;
        StartTimestamp = cause.StartTimestamp;
        ServerLabel = cause.ServerLabel;
        return Read(packet);
    }

    /// <summary>A failure and its reason.</summary>
    public ServeResult Fail(ResponseCode code, string error)
    {
        Error = error;
        return ServeResult.Failed(code);
    }

    public void Dispose() => Reply.Dispose();

    private QueryVerdict Read(ReadOnlySpan<byte> packet)
    {
        AnsweredBy = "";
        Error = null;
        Zone = DnsName.Root;
        if (packet.Length > _packet.Length)
        {
            _packet = GC.AllocateUninitializedArray<byte>(packet.Length);
        }

        packet.CopyTo(_packet);
        PacketLength = packet.Length;
        var verdict = QueryReader.Read(packet, Name, out _fields);
        if (verdict is QueryVerdict.Accepted or QueryVerdict.BadVersion)
        {
            Reply.Begin(packet, _fields);
        }

        return verdict;
    }
}
