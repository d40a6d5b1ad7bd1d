using System.Buffers.Binary;
using System.Text;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using RecordType = ClusterDns.Wire.RecordType;

namespace ClusterDns.Tests.Wire;

/// <summary>The records of a message, one line each, as our reader and as the second opinion reads them; OPT left out.</summary>
internal static class RecordLines
{
    /// <exception cref="FormatException">The message is malformed, or names are compressed as they may not be.</exception>
    public static List<string> ByUs(byte[] packet, int questionEnd)
    {
        var lines = new List<string>();
        var records = new RecordReader(packet, questionEnd);
        while (records.TryRead(out var record))
        {
            if (record.Type != RecordType.OPT)
            {
                var owner = ReadName(packet, record.Offset, out _);
                lines.Add($"{record.Section} {owner} {record.TimeToLive} {record.Type} {Data(packet, record)}");
            }
        }

        return records.IsMalformed || records.Position != packet.Length
            ? throw new FormatException($"Malformed at octet {records.Position}")
            : lines;
    }

    public static List<string> ByOther(DnsMessage message) =>
    [
        .. message.AnswerRecords.Select(record => Line(Section.Answer, record)),
        .. message.AuthorityRecords.Select(record => Line(Section.Authority, record)),
        .. message.AdditionalRecords.Where(record => record is not OptRecord).Select(record => Line(Section.Additional, record)),
    ];

    private static string Data(byte[] packet, in RecordView record)
    {
        var data = record.Data(packet);
        switch (record.Type)
        {
            case RecordType.SRV:
                var target = ReadName(packet, record.DataOffset + 6, out var pointer);
                return pointer
                    ? throw new FormatException("The target of an SRV record is compressed")
                    : $"{Number(data)} {Number(data[2..])} {Number(data[4..])} {target}";
            case RecordType.SOA:
                var primary = record.DataOffset;
                NameReader.TrySkip(packet, ref primary);
                var times = packet.AsSpan((record.End - 20)..record.End).ToArray().Chunk(4).Select(time => BinaryPrimitives.ReadUInt32BigEndian(time));
                return $"{ReadName(packet, record.DataOffset, out _)} {ReadName(packet, primary, out _)} {string.Join(' ', times)}";
            case RecordType.NS or RecordType.CNAME or RecordType.PTR:
                return ReadName(packet, record.DataOffset, out _);
            default:
                return Convert.ToHexString(record.Type == RecordType.TXT ? data[1..] : data);
        }
    }

    // Besides reading it, makes sure that a pointer has 14 bits, leads back, behind the header, and to a label.
    private static string ReadName(byte[] packet, int position, out bool hasPointer)
    {
        var at = position;
        while (packet[at] is not 0 and < 0xC0)
        {
            at += packet[at] + 1;
        }

        hasPointer = packet[at] != 0;
        var target = hasPointer ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at)) & 0x3FFF : at;
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        return NameReader.TryRead(packet, ref position, name, out var length)
            && (!hasPointer || (target >= MessageHeader.Size && target < at && packet[target] is > 0 and < 64))
            ? WireName.ToText(name[..length])
            : throw new FormatException($"No name stands at octet {position}");
    }

    private static string Line(Section section, DnsRecordBase record)
    {
        var data = record switch
        {
            ARecord a => Convert.ToHexString(a.Address.GetAddressBytes()),
            AaaaRecord aaaa => Convert.ToHexString(aaaa.Address.GetAddressBytes()),
            CNameRecord cname => Text(cname.CanonicalName),
            NsRecord ns => Text(ns.NameServer),
            PtrRecord ptr => Text(ptr.PointerDomainName),
            SrvRecord srv => $"{srv.Priority} {srv.Weight} {srv.Port} {Text(srv.Target)}",
            SoaRecord soa => $"{Text(soa.MasterName)} {Text(soa.ResponsibleName)} {soa.SerialNumber} {(uint)soa.RefreshInterval} "
                + $"{(uint)soa.RetryInterval} {(uint)soa.ExpireInterval} {(uint)soa.NegativeCachingTTL}",
            TxtRecord txt => Convert.ToHexString(Encoding.ASCII.GetBytes(string.Concat(txt.TextParts))),
            _ => $"{record}",
        };
        return $"{section} {Text(record.Name)} {(uint)record.TimeToLive} {(RecordType)record.RecordType} {data}";
    }

    private static string Text(DomainName name) => WireName.ToText(SecondOpinion.Octets(name));

    private static ushort Number(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);
}
