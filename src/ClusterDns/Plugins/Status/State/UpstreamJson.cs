using System.Text.Json;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.State;

/// <summary>The servers that queries are forwarded to, as each <c>forward</c> line knows them.</summary>
internal static class UpstreamJson
{
    public static void Write(Utf8JsonWriter json, ConfigurationSetup configuration)
    {
        json.WriteStartArray("upstreams");
        var rows = from block in configuration.Blocks
                   from plugin in block.Plugins.OfType<ForwardPlugin>()
                   from upstream in plugin.Upstreams
                   select (plugin, upstream);
        foreach (var (plugin, upstream) in rows.Take(StatusLimits.Rows))
        {
            json.WriteStartObject();
            json.WriteString("address", upstream.Address);
            json.WriteString("zone", plugin.From.ToString());
            json.WriteString("health", HealthOf(upstream));
            json.WriteString("reason", upstream.OutOfServiceReason);
            json.WriteNumber("latency", (long)upstream.Latency.TotalMicroseconds);
            json.WriteNumber("late", (long)upstream.LateAfter.TotalMicroseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string HealthOf(Upstream upstream) => upstream switch
    {
        { OutOfServiceReason: not null } => "out of service",
        { IsDown: true } => "down",
        { IsDoubtful: true } => "doubtful",
        _ => "healthy",
    };
}
