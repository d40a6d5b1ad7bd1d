using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>The documents of a YAML file; a broken one becomes a problem and the others are read.</summary>
internal static class YamlDocuments
{
    // YAML has no C0 controls but tab and line breaks (section 5.1), and the parser takes a NUL for the end of the text.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public static IEnumerable<ManifestDocument> Read(string text, string file, ManifestProblems problems)
    {
        var documents = new List<ManifestDocument>();
        foreach (var chunk in YamlStreamSplitter.Split(text))
        {
            documents.Clear();
            ReadChunk(chunk, file, documents, problems);
            foreach (var document in documents)
            {
                yield return document;
            }
        }
    }

    private static void ReadChunk(TextChunk chunk, string file, List<ManifestDocument> documents, ManifestProblems problems)
    {
        if (chunk.Text.AsSpan().IndexOfAny(Controls) is >= 0 and var place)
        {
            var line = chunk.FirstLine + chunk.Text.AsSpan(0, place).Count('\n');
            problems.Add(new ManifestPosition(file, line), $"Control character 0x{(int)chunk.Text[place]:x2} is not YAML.");
            return;
        }

        try
        {
            ReadDocuments(new YamlEvents(chunk.Text), chunk.FirstLine, documents);
        }
        catch (YamlException mistake)
        {
            // What is noticed at the end is told of the last line, not of the next document's first.
            var line = Math.Clamp((int)mistake.Start.Line, 1, 1 + chunk.Text.AsSpan().TrimEnd().Count('\n'));
            problems.Add(new ManifestPosition(file, chunk.FirstLine + line - 1), mistake.Message);
        }
    }

    private static void ReadDocuments(YamlEvents events, int firstLine, List<ManifestDocument> documents)
    {
        for (var next = events.Next(); next is not StreamEnd; next = events.Next())
        {
            if (next is not DocumentStart)
            {
                continue;
            }

            using var writer = new YamlToJson(events, firstLine);
            if (writer.Convert() is { } document)
            {
                documents.Add(document);
            }
        }
    }
}
