using System.Buffers;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Status.Feed;
using ClusterDns.Plugins.Status.Sampling;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>
/// <c>/events</c>: the page's figures as server-sent events, one a second; the first one has all samples and changes that
/// are kept, the others what is new.
/// </summary>
internal sealed class EventsPage(StatusBoard board, StatusOptions options)
{
    public async Task WriteAsync(HttpContext context)
    {
        if (!board.Streams.TryEnter())
        {
            context.Response.Headers.RetryAfter = "10";
            await StatusGuard.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "too many pages are open").ConfigureAwait(false);
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await StreamAsync(context).ConfigureAwait(false);
            }
        }
        finally
        {
            board.Streams.Leave();
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var writer = new TimedWriter(context);
        var message = new ArrayBufferWriter<byte>();
        var (sample, change, isFirst, isLocal) = (0L, 0L, true, StatusGuard.IsLocal(context));
        while (board.IsActive)
        {
            // Before the figures are read, so that no tick is missed.
            var next = board.NextTick;
            message.ResetWrittenCount();
            message.Write("data: "u8);
            Write(message, ref sample, ref change, isFirst, isLocal);
            isFirst = false;
            message.Write("\n\n"u8);
            if (!await writer.TryWriteAsync(message.WrittenMemory).ConfigureAwait(false))
            {
                return;
            }

            await next.WaitAsync(writer.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One line: the writer escapes all control characters, and puts nothing between tokens.
    private void Write(ArrayBufferWriter<byte> message, ref long sample, ref long change, bool isFirst, bool isLocal)
    {
        using var json = new Utf8JsonWriter(message);
        json.WriteStartObject();
        json.WriteBoolean("first", isFirst);
        json.WriteBoolean("local", isLocal);
        json.WriteBoolean("control", isLocal && options.HasControls);
        json.WriteBoolean("top", isLocal && board.Configuration?.Blocks.Exists(block => block.DirectiveNames.Contains("top")) == true);
        json.WriteStartArray("samples");
        foreach (var one in board.Samples.Read(sample, out sample))
        {
            Write(json, one);
        }

        json.WriteEndArray();
        json.WriteStartArray("changes");
        foreach (var one in board.Changes.ReadAfter(change))
        {
            Write(json, one);
            change = one.Number;
        }

        json.WriteEndArray();
        json.WritePropertyName("state");
        json.WriteRawValue(board.State.Span, skipInputValidation: true);
        json.WriteEndObject();
    }

    // An array: 900 of them are the first event of each page.
    private static void Write(Utf8JsonWriter json, in QuerySample sample)
    {
        json.WriteStartArray();
        json.WriteNumberValue(sample.Time);
        json.WriteNumberValue(sample.Milliseconds);
        json.WriteNumberValue(sample.Median);
        json.WriteNumberValue(sample.Slowest);
        json.WriteNumberValue(sample.NoError);
        json.WriteNumberValue(sample.NameError);
        json.WriteNumberValue(sample.ServerFailure);
        json.WriteNumberValue(sample.Refused);
        json.WriteNumberValue(sample.Other);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, in ZoneEvent change)
    {
        json.WriteStartObject();
        json.WriteNumber("number", change.Number);
        json.WriteNumber("time", change.Time);
        json.WriteString("action", change.Action switch
        {
            ClusterAction.Put => "put",
            ClusterAction.Remove => "removed",
            _ => "listed",
        });
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("namespace", change.Key.Namespace);
        json.WriteString("name", change.Key.Name);
        json.WriteNumber("count", change.Count);
        json.WriteEndObject();
    }
}
