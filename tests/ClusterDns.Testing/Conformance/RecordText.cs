using System.Buffers.Binary;
using System.Net;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Conformance;

/// <summary>Records as <c>owner ttl type rdata</c>, for the types that the set has.</summary>
internal static class RecordText
{
    /// <exception cref="FormatException">A name in the record is none.</exception>
    public static string Format(ReadOnlySpan<byte> message, in RecordView record)
    {
        var position = record.Offset;
        var owner = ReadName(message, ref position);
        return $"{owner} {record.TimeToLive} {record.Type} {FormatData(message, record)}";
    }

    private static string FormatData(ReadOnlySpan<byte> message, in RecordView record)
    {
        var data = record.Data(message);
        var position = record.DataOffset;
        switch (record.Type)
        {
            case RecordType.A or RecordType.AAAA:
                return new IPAddress(data).ToString();
            case RecordType.CNAME or RecordType.PTR or RecordType.NS:
                return ReadName(message, ref position);
            case RecordType.SRV:
                position += 6;
                return $"{Number(data)} {Number(data[2..])} {Number(data[4..])} {ReadName(message, ref position)}";
            case RecordType.SOA:
                var primary = ReadName(message, ref position);
                var mailbox = ReadName(message, ref position);
                return $"{primary} {mailbox} {FormatTimes(message[position..record.End])}";
            case RecordType.TXT:
                return FormatStrings(data);
            default:
                return Convert.ToHexString(data);
        }
    }

    private static ushort Number(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    private static string FormatTimes(ReadOnlySpan<byte> times)
    {
        var texts = new List<string>();
        for (; !times.IsEmpty; times = times[4..])
        {
            texts.Add($"{BinaryPrimitives.ReadUInt32BigEndian(times)}");
        }

        return string.Join(' ', texts);
    }

    private static string FormatStrings(ReadOnlySpan<byte> data)
    {
        var texts = new List<string>();
        for (; !data.IsEmpty; data = data[(data[0] + 1)..])
        {
            texts.Add($"\"{Encoding.ASCII.GetString(data.Slice(1, data[0]))}\"");
        }

        return string.Join(' ', texts);
    }

    private static string ReadName(ReadOnlySpan<byte> message, ref int position)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        return NameReader.TryRead(message, ref position, name, out var length)
            ? WireName.ToText(name[..length])
            : throw new FormatException($"No name stands at octet {position}");
    }
}
