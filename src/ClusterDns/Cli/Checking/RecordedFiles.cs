using System.Text;
using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking;

/// <summary>Files whose text is remembered, to show the line that a finding is about.</summary>
internal sealed class RecordedFiles(ICorefileFiles files) : ICorefileFiles
{
    private readonly Dictionary<string, string[]> _lines = [];

    public IReadOnlyList<string> Find(string pattern) => files.Find(pattern);

    public Stream Open(string path)
    {
        if (!CorefileText.TryRead(() => files.Open(path), out var text, out var reason))
        {
            throw new IOException(reason);
        }

        return Record(path, text);
    }

    /// <summary>Takes a text that is no file.</summary>
    public Stream Record(string name, string text)
    {
        _lines[name] = text.TrimStart('\uFEFF').Split('\n');
        return new MemoryStream(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A line without its end, counted from 1; null if there is none.</summary>
    public string? Line(string file, int number) =>
        _lines.TryGetValue(file, out var lines) && number > 0 && number <= lines.Length
            ? lines[number - 1].TrimEnd('\r')
            : null;

    /// <summary>The whole text of a file that was read.</summary>
    public IEnumerable<(string File, string Text)> Texts =>
        _lines.Select(entry => (entry.Key, string.Join('\n', entry.Value)));
}
