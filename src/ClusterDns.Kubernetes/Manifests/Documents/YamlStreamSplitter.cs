namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>
/// Cuts a YAML stream at its document markers before it is parsed, so that a mistake costs one document and not the rest
/// of the file. Sound because YAML lets no content line begin with <c>---</c> or <c>...</c> and a blank, not even inside
/// quotes or a block scalar (YAML 1.2.2, section 9.1.4).
/// </summary>
internal static class YamlStreamSplitter
{
    public static IEnumerable<TextChunk> Split(string text)
    {
        var start = 0;
        var firstLine = 1;
        var line = 1;
        var hasContent = false;
        for (var position = 0; position < text.Length; line++)
        {
            var lineEnd = text.IndexOf('\n', position) is >= 0 and var end ? end + 1 : text.Length;
            var kind = Classify(text.AsSpan(position, lineEnd - position));
            if (kind == YamlLine.DocumentStart && hasContent)
            {
                yield return new TextChunk(text[start..position], firstLine);
                (start, firstLine) = (position, line);
            }

            hasContent |= kind is YamlLine.Content or YamlLine.DocumentStart;
            position = lineEnd;
            if (kind == YamlLine.DocumentEnd)
            {
                yield return new TextChunk(text[start..position], firstLine);
                (start, firstLine, hasContent) = (position, line + 1, false);
            }
        }

        if (start < text.Length)
        {
            yield return new TextChunk(text[start..], firstLine);
        }
    }

    // Directives and comments between documents belong to the document behind them.
    private static YamlLine Classify(ReadOnlySpan<char> line)
    {
        if (IsMarker(line, "---"))
        {
            return YamlLine.DocumentStart;
        }

        if (IsMarker(line, "..."))
        {
            return YamlLine.DocumentEnd;
        }

        var text = line.Trim();
        return text.IsEmpty || text[0] == '#' || line[0] == '%' ? YamlLine.Filler : YamlLine.Content;
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) =>
        line.StartsWith(marker) && (line.Length == marker.Length || line[marker.Length] is ' ' or '\t' or '\r' or '\n');
}
