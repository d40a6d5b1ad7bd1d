using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// <c>coredns_plugin_enabled</c>: 1 for each plugin of each zone and server. Configurations overlap during a reload, so
/// each series lives as long as one of them holds it.
/// </summary>
internal sealed class EnabledPluginMetrics(CollectorRegistry registry)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, int> _holders = [];
    private readonly Gauge _enabled = Metrics.WithCustomRegistry(registry).CreateGauge(
        "coredns_plugin_enabled",
        "1 for each plugin that a server block has.",
        ["server", "zone", "view", "name"]);

    /// <summary>Shows a block's plugins; gives what is to be released when the block is gone.</summary>
    public IReadOnlyList<string[]> Hold(BlockSetup block)
    {
        string[][] all =
        [
            .. from server in block.ServerLabels.Distinct()
               from zone in block.Zones.Distinct()
               from plugin in block.Plugins.Select(plugin => plugin.Name).Distinct()
               select new[] { server, zone.ToString(), block.ViewName, plugin },
        ];
        lock (_changing)
        {
            foreach (var labels in all)
            {
                _holders[Key(labels)] = _holders.GetValueOrDefault(Key(labels)) + 1;
                _enabled.WithLabels(labels).Set(1);
            }
        }

        return all;
    }

    public void Release(IReadOnlyList<string[]> held)
    {
        lock (_changing)
        {
            foreach (var labels in held)
            {
                if (--_holders[Key(labels)] == 0)
                {
                    _holders.Remove(Key(labels));
                    _enabled.RemoveLabelled(labels);
                }
            }
        }
    }

    // No word of a Corefile holds a NUL.
    private static string Key(string[] labels) => string.Join('\0', labels);
}
