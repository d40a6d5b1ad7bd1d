using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>
/// One JSON object of one kind straight into the zone's record, without the object ever existing. Unknown fields are
/// stepped over, bad parts are left out with a problem, and nothing that stands in the JSON makes it throw. Keeps
/// buffers between objects: one reader for one loop.
/// </summary>
internal abstract class ObjectReader(ResourceKind kind, ObjectReaderOptions options)
{
    public static ObjectReader Create(ResourceKind kind, ObjectReaderOptions options) => kind switch
    {
        ResourceKind.Namespace => new NamespaceReader(options),
        ResourceKind.Service => new ServiceReader(options),
        ResourceKind.EndpointSlice => new EndpointSliceReader(options),
        ResourceKind.Endpoints => new EndpointsReader(options),
        ResourceKind.Pod => new PodReader(options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public ResourceKind Kind { get; } = kind;

    /// <summary>What the object says of itself; valid until the next object is read.</summary>
    public ObjectMetadata Metadata { get; } = new(options);

    protected ObjectReaderOptions Options { get; } = options;

    protected ObjectProblems Problems { get; } = new();

    /// <summary>
    /// Reads one object. On entry the reader stands on the object's start, or before it at the start of the text; after
    /// a readable object it stands on the object's end. The whole object must be in the reader's buffer.
    /// </summary>
    public ObjectReading Read(ref Utf8JsonReader json)
    {
        Metadata.Clear();
        Problems.Clear();
        Clear();
        try
        {
            return TryReadFields(ref json) ? Finish() : ObjectReading.Refused(Metadata.Key, "is not a whole JSON object");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Utf8JsonReader has no other way to tell of broken JSON (the first) and broken UTF-8 or UTF-16 (the second).
            return ObjectReading.Refused(Metadata.Key, $"is not JSON: {malformed.Message}");
        }
    }

    private bool TryReadFields(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.None)
        {
            json.Read();
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.TrySkip();
            return false;
        }

        var depth = json.CurrentDepth;
        while (json.NextField())
        {
            if (json.IsField("metadata"u8))
            {
                Metadata.Read(ref json, Problems);
            }
            else if (!TryReadField(ref json))
            {
                json.SkipField();
            }
        }

        return json.TokenType == JsonTokenType.EndObject && json.CurrentDepth == depth;
    }

    private ObjectReading Finish()
    {
        if (Metadata.Fault(Kind) is { } fault)
        {
            return ObjectReading.Refused(Metadata.Key, fault);
        }

        var record = TryBuild(Metadata.Key, out var refusal);
        return refusal is null
            ? new ObjectReading(Metadata.Key, record, Problems.Text)
            : ObjectReading.Refused(Metadata.Key, refusal);
    }

    /// <summary>Forgets the object before.</summary>
    protected abstract void Clear();

    /// <summary>
    /// Reads a field of the object, where the name is one that this kind wants; leaves the reader on the value's last token.
    /// </summary>
    protected abstract bool TryReadField(ref Utf8JsonReader json);

    /// <summary>The record; null where the object has no part in DNS, or is refused.</summary>
    protected abstract object? TryBuild(ObjectKey key, out string? refusal);
}
