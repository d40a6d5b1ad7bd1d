using System.Text.Json;
using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.State;

/// <summary>The caches, and the memory that they share.</summary>
internal static class CacheJson
{
    public static void Write(Utf8JsonWriter json, ServerServices services)
    {
        json.WriteStartObject("budget");
        json.WriteNumber("used", services.CacheBudget.Used);
        json.WriteNumber("limit", services.CacheBudget.Limit);
        json.WriteEndObject();
        json.WriteStartArray("caches");
        foreach (var (gauges, series) in services.Caches.Metrics.Shown.Take(StatusLimits.Rows))
        {
            json.WriteStartObject();
            json.WriteString("server", gauges.Server);
            json.WriteString("zones", gauges.Zones);
            json.WriteNumber("requests", series.Total(CacheCount.Requests));
            json.WriteNumber("hits", series.Total(CacheCount.SuccessHits) + series.Total(CacheCount.DenialHits));
            json.WriteNumber("stale", series.Total(CacheCount.ServedStale));
            json.WriteNumber("drops", series.Total(CacheCount.Drops));
            Write(json, "success", gauges.Store.Success);
            Write(json, "denial", gauges.Store.Denial);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, CacheTable table)
    {
        json.WriteStartObject(name);
        json.WriteNumber("entries", table.Count);
        json.WriteNumber("capacity", table.Capacity);
        json.WriteNumber("bytes", table.Bytes);
        json.WriteNumber("evictions", table.Evictions);
        json.WriteEndObject();
    }
}
