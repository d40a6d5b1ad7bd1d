using ClusterDns.Corefile;
using ClusterDns.Plugins.Hosts;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Lines of a <c>hosts</c> block that name no host: they are passed over, with no more than a line in the log.</summary>
internal static class HostsLineRule
{
    private static readonly ZoneList Everything = new([DnsName.Root]);
    private static readonly string[] Properties = ["fallthrough", "fallthrough_unsupported", "no_reverse", "reload", "ttl"];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from line in block.Source.Lines("hosts")
        from property in line.Properties
        where !Properties.Contains(property.Name)
        let text = string.Join(' ', property.Arguments.Select(argument => argument.Text).Prepend(property.Name))
        let mistake = HostsLines.Read(text, new HostsTableBuilder(Everything, hasReverse: true))
        where mistake is not null
        select Finding.Warning(
            property.NameToken,
            $"hosts passes this line over: {mistake}",
            NearestName.Find(property.Name, Properties) is { } nearest ? $"did you mean '{nearest}'?" : "write 'ADDRESS NAME...'");
}
