using ClusterDns.Serving;

namespace ClusterDns.Plugins;

/// <summary>
/// Every directive, outermost first. A plugin feels those above it and must not care about those below: this list is the
/// only place that knows order, whatever the order in a Corefile.
/// </summary>
internal static class PluginOrder
{
    public static IReadOnlyList<PluginDescriptor> Descriptors { get; } = [];
}
