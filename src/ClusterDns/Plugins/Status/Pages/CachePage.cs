using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClusterDns.Plugins.Cache;
using ClusterDns.Wire;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>
/// <c>GET /cache?name=NAME&amp;subtree=1</c> shows what the caches hold of a name; <c>POST /cache/flush</c> with the same
/// throws it away.
/// </summary>
internal sealed class CachePage(StatusBoard board)
{
    public Task WriteAsync(HttpContext context) => WalkAsync(context, (scope, json) =>
    {
        json.WriteStartArray("entries");
        var left = StatusLimits.CacheEntries;
        foreach (var (server, store) in Stores())
        {
            foreach (var entry in store.Find(scope))
            {
                if (left-- == 0)
                {
                    json.WriteEndArray();
                    json.WriteBoolean("more", true);
                    return;
                }

                Write(json, server, entry);
            }
        }

        json.WriteEndArray();
        json.WriteBoolean("more", false);
    });

    public Task FlushAsync(HttpContext context) => WalkAsync(context, (scope, json) =>
        json.WriteNumber("flushed", Stores().Sum(shown => shown.Store.Remove(scope))));

    private async Task WalkAsync(HttpContext context, Action<CacheScope, Utf8JsonWriter> walk)
    {
        if (!TryReadScope(context.Request.Query, out var scope))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status400BadRequest, "which name? name=NAME&subtree=1").ConfigureAwait(false);
            return;
        }

        if (!await board.Walks.WaitAsync(StatusLimits.Turn, context.RequestAborted).ConfigureAwait(false))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "somebody else is looking").ConfigureAwait(false);
            return;
        }

        var octets = new ArrayBufferWriter<byte>();
        try
        {
            using var json = new Utf8JsonWriter(octets);
            json.WriteStartObject();
            walk(scope, json);
            json.WriteEndObject();
        }
        finally
        {
            board.Walks.Release();
        }

        context.Response.ContentType = "application/json";
        using var writer = new TimedWriter(context);
        await writer.TryWriteAsync(octets.WrittenMemory).ConfigureAwait(false);
    }

    // A store that several listeners show is one.
    private IEnumerable<(string Server, CacheStore Store)> Stores() => board.Services.Caches.Metrics.Shown
        .GroupBy(shown => shown.Gauges.Store, shown => shown.Gauges.Server)
        .Select(group => (string.Join(' ', group), group.Key));

    private static bool TryReadScope(IQueryCollection query, [NotNullWhen(true)] out CacheScope? scope)
    {
        var text = query["name"].ToString();
        scope = text.Length is > 0 and <= StatusLimits.Words && DnsName.TryParse(text, out var name)
            ? new CacheScope(name, query["subtree"] == "1")
            : null;
        return scope is not null;
    }

    private void Write(Utf8JsonWriter json, string server, CacheEntry entry)
    {
        var time = board.Services.Time;
        var now = time.GetTimestamp();
        json.WriteStartObject();
        json.WriteString("server", server);
        json.WriteString("name", WireName.ToText(entry.Name));
        json.WriteString("type", Mnemonic.Of(entry.Type));
        json.WriteString("class", Mnemonic.Of(entry.Class));
        json.WriteString("rcode", Mnemonic.Of(entry.Code));
        json.WriteBoolean("denial", entry.IsDenial);
        json.WriteBoolean("dnssec", entry.IsForDnssec);
        json.WriteBoolean("unchecked", entry.IsUnchecked);
        json.WriteBoolean("stale", entry.FreshUntil <= now);
        json.WriteNumber("ttl", entry.FreshUntil <= now ? 0 : entry.Remaining(now, time.TimestampFrequency));
        json.WriteNumber("octets", entry.Charge);
        json.WriteEndObject();
    }
}
