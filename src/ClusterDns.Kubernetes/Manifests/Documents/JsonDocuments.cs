using System.Text.Json;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>
/// The documents of a JSON file: objects one after the other, as JSON is, without comments. Behind a mistake nothing can
/// be read, since JSON has no marker where the next document begins.
/// </summary>
internal static class JsonDocuments
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ManifestLimits.MaxNesting };

    public static IEnumerable<ManifestDocument> Read(ReadOnlyMemory<byte> text, string file, ManifestProblems problems)
    {
        var lines = new TextLines(text, 1);
        var start = SkipBlanks(text, 0);
        while (start < text.Length)
        {
            var position = new ManifestPosition(file, lines.LineAt(start));
            if (!TryMeasure(text.Span[start..], position, problems, out var length))
            {
                yield break;
            }

            var document = text.Slice(start, length);
            if (document.Span[0] == '{')
            {
                yield return new ManifestDocument(document, new TextLines(document, position.Line));
            }
            else
            {
                problems.Add(position, "The document is not an object.");
            }

            start = SkipBlanks(text, start + length);
        }
    }

    private static int SkipBlanks(ReadOnlyMemory<byte> text, int start) =>
        text.Span[start..].IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var length ? start + length : text.Length;

    private static bool TryMeasure(ReadOnlySpan<byte> text, ManifestPosition position, ManifestProblems problems, out int length)
    {
        var json = new Utf8JsonReader(text, Options);
        length = 0;
        try
        {
            json.Read();
            json.Skip();
            length = (int)json.BytesConsumed;
            return true;
        }
        catch (JsonException mistake)
        {
            var line = position.Line + (int)(mistake.LineNumber ?? 0);
            problems.Add(position with { Line = line }, WithoutPlace(mistake.Message));
            return false;
        }
    }

    // The place stands in front of our messages already.
    private static string WithoutPlace(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
}
