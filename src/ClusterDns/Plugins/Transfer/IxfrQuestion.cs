using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Transfer;

/// <summary>What an IXFR query says of the zone that the client has (RFC 1995, 3).</summary>
internal static class IxfrQuestion
{
    /// <summary>Serial and the four times behind it.</summary>
    private const int OctetsBehindNames = 20;

    /// <summary>The serial of the SOA in the authority section; false if there is no such record, or it is malformed.</summary>
    public static bool TryReadSerial(Query query, out uint serial)
    {
        serial = 0;
        var packet = query.Packet;
        var records = new RecordReader(packet, query.Fields.QuestionEnd);
        while (records.TryRead(out var record))
        {
            if (record.Section == Section.Authority && record.Type == RecordType.SOA)
            {
                var position = record.DataOffset;
                if (!NameReader.TrySkip(packet, ref position)
                    || !NameReader.TrySkip(packet, ref position)
                    || position + OctetsBehindNames != record.End)
                {
                    return false;
                }

                serial = BinaryPrimitives.ReadUInt32BigEndian(packet[position..]);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether one serial is as new as the other, or newer (RFC 1982, 3.2). 0 is the serial of a client that has nothing,
    /// as for CoreDNS.
    /// </summary>
    public static bool IsUpToDate(uint serial, uint current) => serial != 0 && unchecked((int)(serial - current)) >= 0;
}
