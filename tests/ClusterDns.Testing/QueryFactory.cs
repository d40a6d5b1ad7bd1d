using System.Buffers.Binary;
using System.Net;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>Queries as a client sends them: a real packet, read by the reader that serves.</summary>
internal static class QueryFactory
{
    public const string Client = "10.244.0.5:46018";
    public const string Server = "10.96.0.10:53";
    public const ushort Id = 18386;

    /// <summary>A query that was read and accepted; <paramref name="udpSize"/> adds an OPT record.</summary>
    public static Query Ask(
        string name,
        RecordType type,
        RecordClass recordClass = RecordClass.IN,
        ushort? udpSize = null,
        bool dnssecOk = false,
        ushort flags = MessageHeader.RecursionDesiredFlag,
        TransportProtocol protocol = TransportProtocol.Udp,
        string client = Client,
        string server = Server)
    {
        var query = new Query();
        var packet = Packet(name, type, recordClass, udpSize, dnssecOk, flags);
        var path = new RecordingReplyPath(protocol, IPEndPoint.Parse(client), IPEndPoint.Parse(server));
        var verdict = query.Read(packet, path);
        return verdict == QueryVerdict.Accepted
            ? query
            : throw new ArgumentException($"The query for {name} was read as {verdict}", nameof(name));
    }

    /// <summary>The packet of such a query; the name keeps its letter case.</summary>
    public static byte[] Packet(
        string name,
        RecordType type,
        RecordClass recordClass = RecordClass.IN,
        ushort? udpSize = null,
        bool dnssecOk = false,
        ushort flags = MessageHeader.RecursionDesiredFlag)
    {
        var packet = new byte[MessageHeader.Size + WireName.MaxLength + 4 + Edns.RecordSize];
        MessageHeader.Write(packet, Id, flags, 1, 0, 0, udpSize is null ? 0 : 1);
        if (!WireName.TryParse(name, packet.AsSpan(MessageHeader.Size), out var length))
        {
            throw new FormatException($"'{name}' is not a domain name");
        }

        var end = MessageHeader.Size + length;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 2), (ushort)recordClass);
        end += 4;
        if (udpSize is { } size)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 1), (ushort)RecordType.OPT);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 3), size);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(end + 5), dnssecOk ? Edns.DnssecOkBit : 0);
            end += Edns.RecordSize;
        }

        return packet[..end];
    }
}
