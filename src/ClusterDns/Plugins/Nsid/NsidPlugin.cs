using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Nsid;

/// <summary>Tells which server answered to clients that ask for it (RFC 5001).</summary>
internal sealed class NsidPlugin(byte[] identifier) : ReplyPlugin
{
    public override string Name => "nsid";

    protected override ServeResult After(Query query, ServeResult result)
    {
        if (result.IsAnswered
            && query.Edns.IsPresent
            && query.Edns.TryFindOption(query.Packet, EdnsOption.NameServerId, out _))
        {
            query.Reply.AddOption(EdnsOption.NameServerId, identifier);
        }

        return result;
    }
}
