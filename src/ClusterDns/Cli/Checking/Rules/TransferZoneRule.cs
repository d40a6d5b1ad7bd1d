using ClusterDns.Corefile;
using ClusterDns.Plugins.Transfer;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary><c>transfer</c> hands over zones of other plugins of its block; without one, every transfer is refused.</summary>
internal static class TransferZoneRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        let served = block.Setup.Plugins.OfType<ITransferableZones>().SelectMany(plugin => plugin.TransferableZones).ToList()
        from line in block.Source.Lines("transfer")
        from zone in ZonesOf(line, block)
        where !served.Exists(other => other.IsAtOrBelow(zone))
        select Finding.Warning(
            line.NameToken,
            $"transfer hands over {zone}, which no plugin of this block has as a zone of its own: it is refused",
            "name a zone of 'file', or one of 'kubernetes' or 'k8s_external' that is not a reverse zone");

    private static IReadOnlyList<DnsName> ZonesOf(Directive line, CheckedBlock block)
    {
        try
        {
            return TransferDirective.Parse(line, block.Setup.Zones).Zones;
        }
        catch (CorefileException)
        {
            // Its mistakes have been told.
            return [];
        }
    }
}
