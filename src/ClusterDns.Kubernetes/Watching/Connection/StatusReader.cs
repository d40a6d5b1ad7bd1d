using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>
/// Reads the API server's Status object: the body of a refusal, and the object of an ERROR event. Anything may stand there
/// instead when a proxy answers for the server.
/// </summary>
internal static class StatusReader
{
    /// <summary>What a refusal says.</summary>
    public static async Task<ApiOutcome> ReadAsync(
        HttpResponseMessage response, WatchLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var body = PipeReader.Create(stream);
        var result = await body.ReadAtLeastAsync(limits.MaxStatusBytes, cancellation).ConfigureAwait(false);
        var text = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, limits.MaxStatusBytes));
        var status = TryParse(text, out var parsed) ? parsed : default;
        await body.CompleteAsync().ConfigureAwait(false);
        var code = (int)response.StatusCode;
        return new ApiOutcome(
            ApiOutcome.VerdictOf(code, status.Reason),
            Describe(code, response.ReasonPhrase, status.Message),
            RetryAfter(response, time));
    }

    /// <summary>What the object of an ERROR event says; on entry the reader stands on its first token.</summary>
    public static ApiOutcome Read(ref Utf8JsonReader json)
    {
        var status = Parse(ref json);
        return new ApiOutcome(ApiOutcome.VerdictOf(status.Code, status.Reason), Describe(status.Code, status.Reason, status.Message));
    }

    private static string Describe(int code, string? reason, string? message)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"the API server answered {code} {reason}").TrimEnd();
        return Printable.Of(string.IsNullOrEmpty(message) ? text : $"{text}: {message}");
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var delay = header?.Delta ?? header?.Date - time.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : null;
    }

    private static bool TryParse(ReadOnlySequence<byte> text, out Status status)
    {
        status = default;
        try
        {
            var json = new Utf8JsonReader(text);
            json.Read();
            status = Parse(ref json);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // No Status but a proxy's words, or one cut at the limit: the HTTP status has to speak for itself.
            return false;
        }
    }

    private static Status Parse(ref Utf8JsonReader json)
    {
        var status = default(Status);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.TrySkip();
            return status;
        }

        while (json.NextField())
        {
            if (json.IsField("code"u8))
            {
                status = status with { Code = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var code) ? code : 0 };
                json.TrySkip();
            }
            else if (json.IsField("reason"u8))
            {
                status = status with { Reason = Text(ref json) };
            }
            else if (json.IsField("message"u8))
            {
                status = status with { Message = Text(ref json) };
            }
            else
            {
                json.SkipField();
            }
        }

        return status;
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        var text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        json.TrySkip();
        return text;
    }

    private readonly record struct Status(int Code, string? Reason, string? Message);
}
