using System.Buffers;
using System.Text.Json;
using ClusterDns.Operations;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.State;

/// <summary>
/// Everything but samples and changes as one JSON object, made once for all pages that are open. Counters are totals since
/// the start: a page makes rates of two of them.
/// </summary>
internal static class StateJson
{
    public static byte[] Write(StatusBoard board, ConfigurationSetup configuration)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets))
        {
            json.WriteStartObject();
            WriteServer(json, board);
            ClusterJson.Write(json, configuration);
            WatchJson.Write(json, board.Services.Watches);
            CacheJson.Write(json, board.Services);
            UpstreamJson.Write(json, configuration);
            BlockJson.Write(json, board, configuration);
            json.WriteEndObject();
        }

        return octets.WrittenSpan.ToArray();
    }

    private static void WriteServer(Utf8JsonWriter json, StatusBoard board)
    {
        json.WriteStartObject("server");
        json.WriteString("version", BuildInfo.Version);
        json.WriteNumber("now", board.Services.Time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteNumber("started", board.StartedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("resident", Environment.WorkingSet);
        json.WriteBoolean("debug", board.Services.Debug.IsOn);
        json.WriteNumber("pages", board.Streams.Taken);
        json.WriteEndObject();
    }
}
