using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.LoadBalance;

/// <summary>A reply's records as text, to compare: <c>owner TTL TYPE data</c>, names and addresses only.</summary>
internal static class ReplyText
{
    public static List<string> Of(Reply reply)
    {
        var lines = new List<string>();
        var records = reply.ReadRecords();
        var message = reply.Message;
        while (records.TryRead(out var record))
        {
            lines.Add($"{NameAt(message, record.Offset)} {record.TimeToLive} {Mnemonic.Of(record.Type)} {Data(message, record)}");
        }

        return lines;
    }

    private static string Data(ReadOnlySpan<byte> message, RecordView record) => record.Type switch
    {
        RecordType.A or RecordType.AAAA => new IPAddress(record.Data(message)).ToString(),
        RecordType.CNAME or RecordType.NS => NameAt(message, record.DataOffset),
        RecordType.MX => $"{message[record.DataOffset + 1]} {NameAt(message, record.DataOffset + 2)}",
        RecordType.SRV => NameAt(message, record.DataOffset + 6),
        _ => Convert.ToHexString(record.Data(message)),
    };

    private static string NameAt(ReadOnlySpan<byte> message, int offset)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        return NameReader.TryRead(message, ref offset, name, out var length) ? WireName.ToText(name[..length]) : "?";
    }
}
