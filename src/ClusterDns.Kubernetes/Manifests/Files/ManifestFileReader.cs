using System.Text;
using System.Text.Unicode;
using ClusterDns.Kubernetes.Manifests.Documents;

namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>Makes the objects of a file's bytes: JSON by the name <c>.json</c>, else YAML.</summary>
internal sealed class ManifestFileReader(ManifestObjectReader objectReader)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    public ManifestFile Read(string path, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> fingerprint)
    {
        var file = new ManifestFileBuilder(path);
        var count = 0;
        foreach (var document in ReadDocuments(path, bytes, file.Problems))
        {
            if (++count > ManifestLimits.MaxDocuments)
            {
                file.Problems.Add(file.At(document.Line), $"More than {ManifestLimits.MaxDocuments} documents in one file.");
                break;
            }

            objectReader.Read(document, file);
        }

        return file.Build(fingerprint);
    }

    private static IEnumerable<ManifestDocument> ReadDocuments(string path, ReadOnlyMemory<byte> bytes, ManifestProblems problems)
    {
        bytes = bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        if (!Utf8.IsValid(bytes.Span))
        {
            problems.Add(new ManifestPosition(path, FirstBrokenLine(bytes.Span)), "The text is not UTF-8.");
            return [];
        }

        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonDocuments.Read(bytes, path, problems)
            : YamlDocuments.Read(Encoding.UTF8.GetString(bytes.Span), path, problems);
    }

    // No octet of a longer character is a line break, so that lines can be judged one by one.
    private static int FirstBrokenLine(ReadOnlySpan<byte> text)
    {
        var line = 1;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(text[range]))
            {
                break;
            }

            line++;
        }

        return line;
    }
}
