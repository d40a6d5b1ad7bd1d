using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// <c>/top?by=FAMILY&amp;count=N</c> in JSON: one family or all, the first 20 or so many of each list. To be mounted on
/// any HTTP address of the server.
/// </summary>
internal sealed class TopPage(TopTalkers talkers, TimeProvider time)
{
    private const int UsualCount = 20;

    /// <summary>Adding up takes a millisecond and garbage, and anybody may ask: it is done so often at most.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _reading = new();
    private TopReport? _last;
    private long _readAt;

    public async Task WriteAsync(HttpContext context)
    {
        var request = context.Request.Query;
        TopFamily? family = null;
        if (request.TryGetValue("by", out var by))
        {
            if (!TopFamilies.TryParse(by, out var parsed))
            {
                await RefuseAsync(context, $"by is one of {string.Join(", ", TopFamilies.Names)}").ConfigureAwait(false);
                return;
            }

            family = parsed;
        }

        var count = UsualCount;
        if (request.TryGetValue("count", out var text) && !TryReadCount(text, out count))
        {
            await RefuseAsync(context, $"count is a number from 1 to {TopTalkers.MostEntries}").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(TopJson.Write(Report(), family, count), context.RequestAborted).ConfigureAwait(false);
    }

    public static bool TryReadCount(string? text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= TopTalkers.MostEntries;

    private TopReport Report()
    {
        lock (_reading)
        {
            if (_last is null || time.GetElapsedTime(_readAt) >= Fresh)
            {
                _last = talkers.Read(TopTalkers.MostEntries);
                _readAt = time.GetTimestamp();
            }

            return _last;
        }
    }

    private static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
