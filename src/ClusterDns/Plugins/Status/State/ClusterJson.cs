using System.Text.Json;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.State;

/// <summary>Each cluster that the configuration watches, and how much of it is known.</summary>
internal static class ClusterJson
{
    public static void Write(Utf8JsonWriter json, ConfigurationSetup configuration)
    {
        json.WriteStartArray("clusters");
        var plugins = configuration.Blocks.SelectMany(block => block.Plugins.OfType<KubernetesPlugin>());
        foreach (var cluster in plugins.GroupBy(plugin => plugin.Zone).Take(StatusLimits.Rows))
        {
            var zone = cluster.Key;
            json.WriteStartObject();
            json.WriteStartArray("zones");
            foreach (var name in cluster.SelectMany(plugin => plugin.Options.Zones).Distinct().Take(StatusLimits.Rows))
            {
                json.WriteStringValue(name.ToString());
            }

            json.WriteEndArray();
            json.WriteBoolean("synced", zone.IsSynced);
            json.WriteBoolean("stale", zone.IsStale);
            json.WriteNumber("serial", zone.Serial);
            json.WriteNumber("namespaces", zone.NamespaceCount);
            json.WriteNumber("services", zone.ServiceCount);
            json.WriteNumber("endpoints", zone.EndpointCount);
            json.WriteNumber("pods", zone.PodCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
