using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Whoami;

/// <summary>Tells the client its own address and port: no answer, but A or AAAA and SRV in the additional section.</summary>
internal sealed class WhoamiPlugin : Plugin
{
    public override string Name => "whoami";

    private static ReadOnlySpan<byte> Udp => "\x04_udp"u8;

    private static ReadOnlySpan<byte> Tcp => "\x04_tcp"u8;

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Class != RecordClass.IN)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        query.Trace?.Add(new WhoamiStep(query.Client.ToString()));
        var reply = query.Reply;
        reply.Clear();
        reply.IsAuthoritative = true;
        Span<byte> address = stackalloc byte[16];
        var size = query.Client.WriteAddress(address);
        reply.AddAddress(Section.Additional, NameParts.Question, 0, address[..size]);

        var protocol = query.Protocol == TransportProtocol.Udp ? Udp : Tcp;
        var service = NameParts.BeforeQuestion(protocol, 0);
        reply.AddService(Section.Additional, service, 0, 0, 0, query.Client.Port, NameParts.Whole(WireName.Root));
        query.AnsweredBy = Name;
        return new ValueTask<ServeResult>(ServeResult.Answered);
    }
}
