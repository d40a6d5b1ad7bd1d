using System.Text.Json;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.State;

/// <summary>The server blocks: zones, listeners, chain, and how many queries they had where that is counted.</summary>
internal static class BlockJson
{
    public static void Write(Utf8JsonWriter json, StatusBoard board, ConfigurationSetup configuration)
    {
        QuerySeries[] series = [.. board.Services.Metrics.Queries.Series, .. board.Queries.Series];
        json.WriteStartArray("blocks");
        foreach (var block in configuration.Blocks.Take(StatusLimits.Rows))
        {
            string[] zones = [.. block.Zones.Select(zone => zone.ToString())];
            json.WriteStartObject();
            Write(json, "zones", zones);
            Write(json, "listeners", block.ServerLabels);
            Write(json, "chain", block.Plugins.Select(plugin => plugin.Name));
            if (block.DirectiveNames.Contains("prometheus") || block.DirectiveNames.Contains("status"))
            {
                json.WriteNumber("queries", Count(series.Where(one => one.View == block.ViewName), zones, block.ServerLabels));
            }
            else
            {
                json.WriteNull("queries");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.Take(StatusLimits.Rows))
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static long Count(IEnumerable<QuerySeries> all, string[] zones, List<string> listeners)
    {
        var totals = new QueryTotals();
        foreach (var series in all)
        {
            if (listeners.Contains(series.Server) && zones.Contains(series.Zone))
            {
                series.AddTo(totals);
            }
        }

        return totals.Queries;
    }
}
