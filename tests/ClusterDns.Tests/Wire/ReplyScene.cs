using ClusterDns.Testing.Packets;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Wire;

/// <summary>A query that was read, and the reply to it.</summary>
internal sealed class ReplyScene : IDisposable
{
    public ReplyScene(byte[] packet)
    {
        Packet = packet;
        Begin();
    }

    public byte[] Packet { get; }

    public QuestionName Name { get; } = new();

    public Reply Reply { get; } = new();

    /// <summary>The reply to a query for A; <paramref name="udpSize"/> adds an OPT record to it.</summary>
    public static ReplyScene Of(string name, int? udpSize = null)
    {
        var packet = new PacketBuilder().Question(name);
        return new ReplyScene((udpSize is { } size ? packet.Opt(size) : packet).ToArray());
    }

    /// <summary>Octets of a name in text.</summary>
    public static byte[] Octets(string name)
    {
        var wire = new byte[WireName.MaxLength];
        return WireName.TryParse(name, wire, out var length) ? wire[..length] : throw new FormatException(name);
    }

    /// <summary>Labels without root octet.</summary>
    public static byte[] Labels(string name) => Octets(name)[..^1];

    public static NameParts Whole(string name) => NameParts.Whole(Octets(name));

    /// <summary>The finished message, in a buffer that holds no octet more than promised.</summary>
    public byte[] Finish(int limit = MessageHeader.MaxMessageSize)
    {
        var kept = Reply.QuestionEnd + (Reply.Edns.IsPresent ? Edns.RecordSize : 0);
        var buffer = new byte[Math.Max(kept, Math.Min(limit, Reply.FinishedLength))];
        return buffer[..Reply.Finish(buffer, limit)];
    }

    public void Begin()
    {
        var verdict = QueryReader.Read(Packet, Name, out var query);
        if (verdict is not (QueryVerdict.Accepted or QueryVerdict.BadVersion))
        {
            throw new ArgumentException($"The query was read as {verdict}");
        }

        Reply.Begin(Packet, query);
    }

    public void Dispose() => Reply.Dispose();
}
