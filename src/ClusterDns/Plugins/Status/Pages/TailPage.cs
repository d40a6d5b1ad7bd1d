using System.Buffers;
using System.Text.Json;
using ClusterDns.Plugins.Status.Tail;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>
/// <c>/tail?name=PART&amp;type=TYPE&amp;rcode=RCODE&amp;client=ADDRESS</c>: queries as they are answered, as server-sent events; each
/// second an event with how many there were, and how many of them were shown.
/// </summary>
internal sealed class TailPage(StatusBoard board)
{
    public async Task WriteAsync(HttpContext context)
    {
        var asked = context.Request.Query;
        if (!TailFilter.TryParse(
            asked["name"].ToString(), asked["type"].ToString(), asked["rcode"].ToString(), asked["client"].ToString(), out var filter, out var mistake))
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status400BadRequest, mistake).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (board.Tail.Follow(filter) is not { } follower)
        {
            await StatusGuard.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "too many follow queries").ConfigureAwait(false);
            return;
        }

        try
        {
            await StreamAsync(context, follower).ConfigureAwait(false);
        }
        finally
        {
            board.Tail.Unfollow(follower);
        }
    }

    // Once a second: the queue holds more than may come in one.
    private async Task StreamAsync(HttpContext context, TailFollower follower)
    {
        using var writer = new TimedWriter(context);
        var message = new ArrayBufferWriter<byte>();
        while (board.IsActive)
        {
            var next = board.NextTick;
            message.ResetWrittenCount();
            message.Write("data: "u8);
            Write(message, follower);
            message.Write("\n\n"u8);
            if (!await writer.TryWriteAsync(message.WrittenMemory).ConfigureAwait(false))
            {
                return;
            }

            await next.WaitAsync(writer.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Write(ArrayBufferWriter<byte> message, TailFollower follower)
    {
        using var json = new Utf8JsonWriter(message);
        json.WriteStartObject();
        json.WriteNumber("matched", follower.Matched);
        json.WriteNumber("shown", follower.Passed);
        json.WriteStartArray("queries");
        for (var i = 0; i < StatusLimits.TailQueue && follower.Lines.TryRead(out var line); i++)
        {
            json.WriteStartObject();
            json.WriteNumber("time", line.Time);
            json.WriteString("client", line.Client);
            json.WriteString("protocol", line.Protocol);
            json.WriteString("name", line.Name);
            json.WriteString("type", line.Type);
            json.WriteString("rcode", line.Code);
            json.WriteString("plugin", line.Plugin);
            json.WriteString("upstream", line.Upstream);
            json.WriteNumber("microseconds", line.Microseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
