using System.Buffers.Binary;
using System.Text;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// Something about the query: <c>{qname}</c> and <c>{protocol}</c> as text, <c>{qtype}</c> and ports as two octets,
/// addresses as four or sixteen, or a metadata label as text.
/// </summary>
internal sealed class VariableData(string name) : OptionData
{
    /// <summary>Whether there is such a variable; any <c>PLUGIN/LABEL</c> may be one.</summary>
    public static bool IsKnown(string name) =>
        name is "qname" or "qtype" or "client_ip" or "client_port" or "protocol" or "server_ip" or "server_port"
        || (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < name.Length - 1);

    public override int Write(QuestionDraft question, Span<byte> destination)
    {
        var query = question.Query;
        return name switch
        {
            "qname" => WriteText(destination, question.Name.Text),
            "qtype" => WriteNumber(destination, (ushort)question.Type),
            "client_ip" => query.Client.WriteAddress(destination),
            "client_port" => WriteNumber(destination, query.Client.Port),
            "server_ip" => query.Local.WriteAddress(destination),
            "server_port" => WriteNumber(destination, query.Local.Port),
            "protocol" => WriteText(destination, query.Protocol == TransportProtocol.Udp ? "udp" : "tcp"),
            _ => WriteText(destination, query.MetadataOf(name)),
        };
    }

    private static int WriteNumber(Span<byte> destination, ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, number);
        return sizeof(ushort);
    }

    // What is longer than an option may be is cut.
    private static int WriteText(Span<byte> destination, ReadOnlySpan<char> text)
    {
        Encoding.UTF8.TryGetBytes(text[..Math.Min(text.Length, destination.Length / 4)], destination, out var written);
        return written;
    }
}
