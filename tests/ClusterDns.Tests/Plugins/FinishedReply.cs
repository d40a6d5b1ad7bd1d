using ClusterDns.Serving;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins;

/// <summary>What a client would see of a query's reply, over TCP.</summary>
internal static class FinishedReply
{
    public static ConformanceReply Of(Query query) => ReplyDecoder.Decode(query.Packet, Octets(query));

    public static byte[] Octets(Query query)
    {
        var buffer = new byte[MessageHeader.MaxMessageSize];
        return buffer[..query.Reply.Finish(buffer, buffer.Length)];
    }
}
