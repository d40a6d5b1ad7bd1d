using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// A zone's SOA, its NS records and their addresses, as the zone's plugin answers for them: asked for once, kept for a
/// transfer.
/// </summary>
internal sealed class ApexRecords
{
    /// <summary>The serial in a SOA is followed by four times, and nothing else (RFC 1035, 3.3.13).</summary>
    private const int SerialFromEnd = 20;

    private readonly byte[] _authority;
    private readonly RecordView _startOfAuthority;
    private readonly byte[] _servers;
    private readonly RecordView[] _serverRecords;

    private ApexRecords(byte[] authority, RecordView startOfAuthority, byte[] servers, RecordView[] serverRecords)
    {
        _authority = authority;
        _startOfAuthority = startOfAuthority;
        _servers = servers;
        _serverRecords = serverRecords;
    }

    public uint Serial => BinaryPrimitives.ReadUInt32BigEndian(_startOfAuthority.Data(_authority)[^SerialFromEnd..]);

    /// <summary>NS records and addresses.</summary>
    public int ServerCount => _serverRecords.Length;

    /// <summary>Null if the plugin has no SOA for the zone, which may be too long a name for one.</summary>
    /// <param name="plugin">Answers for the zone from memory.</param>
    /// <param name="cause">The query on whose behalf this is.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="addressTimeToLive">TTL of the servers' addresses in seconds; null leaves it.</param>
    public static ApexRecords? Read(Plugin plugin, Query cause, DnsName zone, uint? addressTimeToLive)
    {
        var authority = Ask(plugin, cause, zone, RecordType.SOA, out var soa);
        var servers = Ask(plugin, cause, zone, RecordType.NS, out var records);
        return soa is [{ Type: RecordType.SOA } only]
            ? new ApexRecords(authority, only, servers, [.. records.Select(record => Retime(record, addressTimeToLive))])
            : null;
    }

    public bool TryAddStartOfAuthority(Reply reply) => reply.AddCopy(Section.Answer, _authority, _startOfAuthority);

    public bool TryAddServer(Reply reply, int index) => reply.AddCopy(Section.Answer, _servers, _serverRecords[index]);

    private static RecordView Retime(RecordView record, uint? addressTimeToLive) =>
        record.Type != RecordType.NS && addressTimeToLive is { } seconds ? record with { TimeToLive = seconds } : record;

    private static byte[] Ask(Plugin plugin, Query cause, DnsName zone, RecordType type, out List<RecordView> records)
    {
        using var query = new Query();
        records = [];
        if (query.Read(WriteQuestion(zone, type), cause) == QueryVerdict.Accepted)
        {
            var pending = plugin.ServeAsync(query);
            var isAnswered = pending.IsCompletedSuccessfully && pending.Result.IsAnswered;
            var reader = query.Reply.ReadRecords();
            while (isAnswered && reader.TryRead(out var record))
            {
                if (record.Section != Section.Authority)
                {
                    records.Add(record);
                }
            }
        }

        return query.Reply.Message.ToArray();
    }

    private static byte[] WriteQuestion(DnsName zone, RecordType type)
    {
        var packet = new byte[MessageHeader.Size + zone.Wire.Length + MessageHeader.QuestionFixedPart];
        MessageHeader.Write(packet, 0, 0, 1, 0, 0, 0);
        zone.Wire.CopyTo(packet.AsSpan(MessageHeader.Size));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - 4), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - 2), (ushort)RecordClass.IN);
        return packet;
    }
}
