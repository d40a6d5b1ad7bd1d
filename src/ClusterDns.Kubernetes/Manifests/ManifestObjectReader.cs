using System.Text.Json;
using ClusterDns.Kubernetes.Manifests.Documents;
using ClusterDns.Kubernetes.Manifests.Files;
using ClusterDns.Kubernetes.Manifests.Selection;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>
/// Makes a document's object, by the readers that the API server's objects pass too, or cuts a list into its objects.
/// Keeps buffers between documents: one reader for one loop.
/// </summary>
internal sealed class ManifestObjectReader
{
    private static readonly JsonReaderOptions JsonOptions = new() { MaxDepth = ManifestLimits.MaxNesting };

    private readonly ILogger _logger;
    private readonly Dictionary<ResourceKind, ObjectReader> _readers;
    private readonly ObjectProblems _problems = new();
    private readonly ServiceSelectionReader _selectionReader;
    private readonly PodTraitsReader _traitsReader;

    public ManifestObjectReader(bool keepPodNames, ILogger logger)
    {
        var options = new ObjectReaderOptions { KeepPodNames = keepPodNames, KeepLabels = true, DefaultNamespace = "default" };
        _logger = logger;
        _readers = Enum.GetValues<ResourceKind>().ToDictionary(kind => kind, kind => ObjectReader.Create(kind, options));
        _selectionReader = new ServiceSelectionReader(_problems);
        _traitsReader = new PodTraitsReader(_problems);
    }

    /// <summary>Adds the document's objects to its file; what cannot be read becomes a problem.</summary>
    public void Read(ManifestDocument document, ManifestFileBuilder file) => Read(document, DocumentHeader.None, file);

    private void Read(ManifestDocument document, DocumentHeader list, ManifestFileBuilder file)
    {
        var position = file.At(document.Line);
        try
        {
            var header = list.Complete(DocumentHeader.Read(document.Json.Span));
            if (header.Kind.Length == 0)
            {
                file.Problems.Add(position, "The document has no kind, so it is no Kubernetes object.");
            }
            else if (header is { IsList: true, Items: { } items })
            {
                ReadItems(document.Part(items), header, file);
            }
            else if (ManifestKinds.Find(header.ApiVersion, header.Kind) is { } kind)
            {
                ReadObject(document.Json.Span, kind, position, file);
            }
            else
            {
                ManifestLog.PassedOver(_logger, position, ObjectProblems.Show(header.Kind), ObjectProblems.Show(header.ApiVersion));
            }
        }
        catch (JsonException)
        {
            // The text was measured before: only aliases can have put levels inside each other behind that.
            file.Problems.Add(position, $"Aliases put more than {ManifestLimits.MaxNesting} levels inside each other.");
        }
        catch (InvalidOperationException malformed)
        {
            // Utf8JsonReader's way to tell of half a surrogate pair in a text.
            file.Problems.Add(position, malformed.Message);
        }
    }

    private void ReadItems(ManifestDocument items, DocumentHeader list, ManifestFileBuilder file)
    {
        foreach (var range in FindItems(items.Json.Span))
        {
            var item = items.Part(range);
            if (item.Json.Span[0] == '{')
            {
                Read(item, list, file);
            }
            else
            {
                file.Problems.Add(file.At(item.Line), "An item of the list is not an object.");
            }
        }
    }

    private static List<Range> FindItems(ReadOnlySpan<byte> array)
    {
        var items = new List<Range>();
        var json = new Utf8JsonReader(array, JsonOptions);
        json.Read();
        while (json.NextItem())
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            items.Add(start..(int)json.BytesConsumed);
        }

        return items;
    }

    private void ReadObject(ReadOnlySpan<byte> text, ResourceKind kind, ManifestPosition position, ManifestFileBuilder file)
    {
        var json = new Utf8JsonReader(text, JsonOptions);
        var reader = _readers[kind];
        var reading = reader.Read(ref json);
        if (reading.IsRefused)
        {
            var name = reading.Key.Name.Length == 0 ? $"{kind}" : $"{kind} {reading.Key}";
            file.Problems.Add(position, $"{name} {reading.Problem}");
            return;
        }

        _problems.Clear();
        json = new Utf8JsonReader(text, JsonOptions);
        var read = new ManifestObject(kind, reading.Key, reading.Record, position)
        {
            Labels = reader.Metadata.Labels,
            Selection = kind == ResourceKind.Service ? _selectionReader.Read(ref json) : null,
            Traits = kind == ResourceKind.Pod ? _traitsReader.Read(ref json) : null,
        };

        // What both readers stumble over is told once.
        var problem = reading.Problem ?? _problems.Text;
        if (problem is not null)
        {
            file.Problems.Add(position, $"{read}: {problem}; that part is left out", isBroken: false);
        }

        file.Objects.Add(read with { HasProblem = problem is not null });
    }
}
