using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins;

/// <summary>
/// Records as <c>OWNER TTL TYPE DATA</c>, to put into a reply and to read out of one; names keep their spelling. Of SOA
/// the two names are written, of NAPTR the two numbers and the name.
/// </summary>
internal static class RecordNotation
{
    public static void Add(Reply reply, Section section, string line)
    {
        var words = line.Split(' ');
        var type = Enum.Parse<RecordType>(words[2]);
        var owner = NameParts.Whole(Octets(words[0]));
        var seconds = uint.Parse(words[1], CultureInfo.InvariantCulture);
        reply.AddRaw(section, owner, type, RecordClass.IN, seconds, Data(type, words[3..]));
    }

    public static List<string> Read(Reply reply, Section? only = null)
    {
        var lines = new List<string>();
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (only is null || record.Section == only)
            {
                lines.Add($"{Name(reply.Message, record.Offset, out _)} {record.TimeToLive} {record.Type} {Text(reply.Message, record)}");
            }
        }

        return lines;
    }

    private static byte[] Data(RecordType type, string[] words) => type switch
    {
        RecordType.A or RecordType.AAAA => IPAddress.Parse(words[0]).GetAddressBytes(),
        RecordType.MX => [.. Number(words[0]), .. Octets(words[1])],
        RecordType.SRV => [.. words[..3].SelectMany(Number), .. Octets(words[3])],
        RecordType.SOA => [.. Octets(words[0]), .. Octets(words[1]), .. new byte[20]],
        RecordType.NAPTR => [.. words[..2].SelectMany(Number), 0, 0, 0, .. Octets(words[2])],
        RecordType.TXT => Convert.FromHexString(words[0]),
        _ => Octets(words[0]),
    };

    private static string Text(ReadOnlySpan<byte> message, RecordView record)
    {
        var data = record.Data(message);
        var start = record.DataOffset;
        switch (record.Type)
        {
            case RecordType.A or RecordType.AAAA:
                return new IPAddress(data).ToString();
            case RecordType.MX:
                return $"{Number(data)} {Name(message, start + 2, out _)}";
            case RecordType.SRV:
                return $"{Number(data)} {Number(data[2..])} {Number(data[4..])} {Name(message, start + 6, out _)}";
            case RecordType.SOA:
                var primary = Name(message, start, out var end);
                return $"{primary} {Name(message, end, out _)}";
            case RecordType.NAPTR:
                return $"{Number(data)} {Number(data[2..])} {Name(message, start + 7, out _)}";
            case RecordType.TXT:
                return Convert.ToHexString(data);
            default:
                return Name(message, start, out _);
        }
    }

    private static byte[] Number(string text)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, ushort.Parse(text, CultureInfo.InvariantCulture));
        return octets;
    }

    private static ushort Number(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    private static byte[] Octets(string name)
    {
        var wire = new byte[WireName.MaxLength];
        return WireName.TryParse(name, wire, out var length) ? wire[..length] : throw new FormatException(name);
    }

    private static string Name(ReadOnlySpan<byte> message, int position, out int end)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var isName = NameReader.TryRead(message, ref position, name, out var length);
        end = position;
        return isName ? WireName.ToText(name[..length]) : "?";
    }
}
