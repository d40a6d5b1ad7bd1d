using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>
/// Writes one YAML document as JSON, event by event, so that one set of readers serves files and the API server. A
/// mistake is a <see cref="YamlException"/> that knows its line.
/// </summary>
internal sealed class YamlToJson : IDisposable
{
    // Items of a list stand at depth 3; messages name no finer place.
    private const int MappedDepth = 3;

    // Escapes only what JSON demands: the text never meets a browser.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly YamlEvents _events;
    private readonly int _firstLine;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly YamlAnchors _anchors = new();
    private readonly MappedLines _lines = new();
    private int _depth;

    /// <param name="events">Inside a document, before its root.</param>
    /// <param name="firstLine">Line of the file that the events' line 1 is.</param>
    public YamlToJson(YamlEvents events, int firstLine)
    {
        _events = events;
        _firstLine = firstLine;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>The document; null for an empty one.</summary>
    public ManifestDocument? Convert()
    {
        var root = _events.Next();
        if (root is Scalar { Style: ScalarStyle.Plain, Value: "" })
        {
            return null;
        }

        if (root is not MappingStart)
        {
            throw new YamlException(root.Start, root.End, $"The document is {(root is SequenceStart ? "a list" : "a text")}, not an object.");
        }

        Write(root);
        _json.Flush();
        return new ManifestDocument(_buffer.WrittenMemory, _lines);
    }

    public void Dispose() => _json.Dispose();

    private void Write(ParsingEvent node)
    {
        if (node is AnchorAlias alias)
        {
            _anchors.Write(_json, alias);
            return;
        }

        // The parser takes some broken text for a mapping that ends between a key and its value.
        if (node is not NodeEvent { Anchor: var anchor })
        {
            throw new YamlException(node.Start, node.End, "A key has no value.");
        }

        var start = anchor.IsEmpty ? 0 : Written();
        WriteValue(node);
        if (!anchor.IsEmpty)
        {
            var end = Written();
            _anchors.Add(anchor, _buffer.WrittenSpan[start..end]);
        }
    }

    private int Written()
    {
        _json.Flush();
        return _buffer.WrittenCount;
    }

    private void WriteValue(ParsingEvent node)
    {
        if (node is Scalar scalar)
        {
            YamlScalar.Write(_json, scalar);
            return;
        }

        if (++_depth > ManifestLimits.MaxNesting)
        {
            throw new YamlException(node.Start, node.End, $"More than {ManifestLimits.MaxNesting} levels lie inside each other.");
        }

        if (node is MappingStart)
        {
            NoteLine(node.Start);
            WriteMapping();
        }
        else
        {
            WriteSequence();
        }

        _depth--;
    }

    private void NoteLine(Mark start)
    {
        if (_depth <= MappedDepth)
        {
            _lines.Add((int)(_json.BytesCommitted + _json.BytesPending), _firstLine + (int)start.Line - 1);
        }
    }

    private void WriteMapping()
    {
        var names = new HashSet<string>();
        _json.WriteStartObject();
        for (var key = _events.Next(); key is not MappingEnd; key = _events.Next())
        {
            _json.WritePropertyName(ReadKey(key, names));
            Write(_events.Next());
        }

        _json.WriteEndObject();
    }

    private static string ReadKey(ParsingEvent key, HashSet<string> names)
    {
        if (key is not Scalar { Value: var name } scalar)
        {
            throw new YamlException(key.Start, key.End, "A key is not a text.");
        }

        if (name == "<<" && scalar.Style == ScalarStyle.Plain)
        {
            throw new YamlException(key.Start, key.End, "Merge keys (<<) are not part of YAML 1.2.");
        }

        return names.Add(name)
            ? name
            : throw new YamlException(key.Start, key.End, $"Key {ObjectProblems.Show(name)} stands here for the second time.");
    }

    private void WriteSequence()
    {
        _json.WriteStartArray();
        for (var item = _events.Next(); item is not SequenceEnd; item = _events.Next())
        {
            Write(item);
        }

        _json.WriteEndArray();
    }
}
