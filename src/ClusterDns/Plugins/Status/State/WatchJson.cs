using System.Text.Json;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Plugins.Status.State;

/// <summary>How each kind of each API server is followed. Manifests have no watches.</summary>
internal static class WatchJson
{
    public static void Write(Utf8JsonWriter json, WatchMetrics? watches)
    {
        json.WriteStartArray("watches");
        var states = (watches?.States ?? []).OrderBy(state => state.Host, StringComparer.Ordinal).ThenBy(state => state.Kind, StringComparer.Ordinal);
        foreach (var state in states.Take(StatusLimits.Rows))
        {
            json.WriteStartObject();
            json.WriteString("kind", state.Kind);
            json.WriteString("host", state.Host);
            json.WriteBoolean("established", state.IsEstablished);
            json.WriteNumber("silence", (long)state.Silence.TotalMilliseconds);
            if (state.Version is { } version)
            {
                // A number of 64 bits is more than a script's numbers hold.
                json.WriteString("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
