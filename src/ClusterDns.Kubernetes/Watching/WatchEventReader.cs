using System.Buffers;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching.Connection;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>Reads one line of a watch: a type and an object, in either order.</summary>
internal sealed class WatchEventReader(ObjectReader reader)
{
    /// <exception cref="JsonException">The line is not a JSON object.</exception>
    public WatchEvent Read(ReadOnlySequence<byte> line)
    {
        try
        {
            return ReadLine(line);
        }
        catch (InvalidOperationException malformed)
        {
            // Utf8JsonReader's way to tell of broken UTF-8 or UTF-16 in a text. Only as broken JSON it leads to a new list.
            throw new JsonException(malformed.Message, malformed);
        }
    }

    private WatchEvent ReadLine(ReadOnlySequence<byte> line)
    {
        var json = new Utf8JsonReader(line);
        var type = WatchEventType.Unknown;
        var hasContent = false;
        Utf8JsonReader content = default;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (json.NextField())
        {
            if (json.IsField("type"u8))
            {
                type = TypeOf(in json);
                json.TrySkip();
            }
            else if (json.IsField("object"u8))
            {
                content = json;
                hasContent = true;
                json.TrySkip();
            }
            else
            {
                json.SkipField();
            }
        }

        return hasContent ? Read(type, ref content) : throw new JsonException("no object");
    }

    private WatchEvent Read(WatchEventType type, ref Utf8JsonReader content)
    {
        if (type == WatchEventType.Error)
        {
            return new WatchEvent(type, Error: StatusReader.Read(ref content));
        }

        var reading = reader.Read(ref content);
        return new WatchEvent(type, reading, reader.Metadata.ResourceVersion, reader.Metadata.EndsInitialEvents);
    }

    private static WatchEventType TypeOf(ref readonly Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return WatchEventType.Unknown;
        }

        return json.ValueTextEquals("MODIFIED"u8) || json.ValueTextEquals("ADDED"u8) ? WatchEventType.Put
            : json.ValueTextEquals("DELETED"u8) ? WatchEventType.Deleted
            : json.ValueTextEquals("BOOKMARK"u8) ? WatchEventType.Bookmark
            : json.ValueTextEquals("ERROR"u8) ? WatchEventType.Error
            : WatchEventType.Unknown;
    }
}
