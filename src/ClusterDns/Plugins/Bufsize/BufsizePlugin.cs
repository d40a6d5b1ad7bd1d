using ClusterDns.Serving;

namespace ClusterDns.Plugins.Bufsize;

/// <summary>Makes the payload size that a client names in its OPT record smaller, for upstreams and for the reply.</summary>
internal sealed class BufsizePlugin(ushort octets) : Plugin
{
    public override string Name => "bufsize";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Trace is { } trace && query.Edns.IsPresent && query.Edns.PayloadSize > octets)
        {
            trace.Add(new BufsizeStep(octets));
        }

        query.LimitPayloadSize(octets);
        return new ValueTask<ServeResult>(ServeResult.Declined);
    }
}
