using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Metadata;

/// <summary>
/// Lets the plugins behind it ask each other about a query. Nothing is collected: a label is worked out when somebody
/// asks for it.
/// </summary>
internal sealed class MetadataPlugin(DnsName[] zones) : Plugin
{
    public override string Name => "metadata";

    /// <summary>Who can tell something; set once, before the first query.</summary>
    public IReadOnlyList<IMetadataSource> Sources { get; set; } = [];

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        Prepare(query);
        return new ValueTask<ServeResult>(ServeResult.Declined);
    }

    /// <summary>Lets a query in one of the zones have labels.</summary>
    public void Prepare(Query query)
    {
        foreach (var zone in zones)
        {
            if (query.Name.IsAtOrBelow(zone))
            {
                query.MetadataSources = Sources;
                break;
            }
        }
    }
}
