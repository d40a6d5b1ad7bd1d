using System.IO.Enumeration;
using System.Text;
using ClusterDns.Corefile;

namespace ClusterDns.Tests.Corefile;

/// <summary>Files that only a test sees. Relative paths are seen from the working directory, as on disk.</summary>
internal sealed class MemoryFiles : ICorefileFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    public List<string> Opened { get; } = [];

    public MemoryFiles With(string path, string text) => With(path, Encoding.UTF8.GetBytes(text));

    public MemoryFiles With(string path, byte[] content)
    {
        _files[Path.GetFullPath(path)] = content;
        return this;
    }

    public IReadOnlyList<string> Find(string pattern) =>
        [.. _files.Keys.Where(path => Matches(Segments(pattern), Segments(path))).Order(StringComparer.Ordinal)];

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool Matches(string[] pattern, string[] path) =>
        pattern.Length == path.Length
        && pattern.Zip(path).All(pair =>
            FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, ignoreCase: false));

    public Stream Open(string path)
    {
        Opened.Add(path);
        return _files.TryGetValue(Path.GetFullPath(path), out var content)
            ? new MemoryStream(content)
            : throw new FileNotFoundException($"There is no '{path}' in memory.");
    }
}
