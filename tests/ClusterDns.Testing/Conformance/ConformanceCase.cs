using System.Buffers.Binary;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Conformance;

/// <summary>One question of the set and the reply to it.</summary>
internal sealed record ConformanceCase
{
    /// <summary>Line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Which Corefile it is asked of: <c>verified</c>, <c>insecure</c>, <c>podnames</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The name as it is sent, letter case included.</summary>
    public required string Name { get; init; }

    public required RecordType Type { get; init; }

    public required TransportProtocol Transport { get; init; }

    public required bool RecursionDesired { get; init; }

    /// <summary>UDP size of the OPT record; null to send none.</summary>
    public ushort? PayloadSize { get; init; }

    public bool DnssecOk { get; init; }

    public required ConformanceReply Expected { get; init; }

    /// <summary>The query as a packet, without the length prefix of TCP.</summary>
    public byte[] WriteQuery(ushort id)
    {
        var packet = new byte[MessageHeader.Size + WireName.MaxLength + 4 + Edns.RecordSize];
        var flags = RecursionDesired ? MessageHeader.RecursionDesiredFlag : (ushort)0;
        MessageHeader.Write(packet, id, flags, 1, 0, 0, PayloadSize is null ? 0 : 1);
        if (!WireName.TryParse(Name, packet.AsSpan(MessageHeader.Size), out var nameLength))
        {
            throw new FormatException($"Line {Line}: '{Name}' is not a domain name");
        }

        var end = MessageHeader.Size + nameLength;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end), (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 2), (ushort)RecordClass.IN);
        end += 4;
        if (PayloadSize is { } size)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 1), (ushort)RecordType.OPT);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 3), size);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(end + 5), DnssecOk ? Edns.DnssecOkBit : 0);
            end += Edns.RecordSize;
        }

        return packet[..end];
    }

    /// <summary>As one would type it: <c>verified: web.demo.svc.cluster.local. A (udp)</c>.</summary>
    public override string ToString() => $"{Profile}: {Name} {Type} ({Transport}), line {Line}";
}
