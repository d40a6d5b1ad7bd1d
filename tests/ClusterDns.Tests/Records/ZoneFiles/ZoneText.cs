using System.Text;
using ClusterDns.Records;
using ClusterDns.Records.ZoneFiles;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Records.ZoneFiles;

/// <summary>Reads zone files that exist in memory only: <c>db.test</c> in <c>/zones</c>, for <c>example.org</c>.</summary>
internal sealed class ZoneText
{
    public const string Path = "/zones/db.test";

    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Files that can be included, by path.</summary>
    public ZoneText With(string path, string text)
    {
        _files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>The records as text, and the mistake that ended them as the last line, if there was one.</summary>
    public List<string> Read(byte[] octets)
    {
        using var reader = Open(octets);
        var lines = new List<string>();
        while (reader.TryRead(out var record))
        {
            lines.Add(RecordText.Format(record));
        }

        if (reader.Error is { } error)
        {
            lines.Add(error);
        }

        return lines;
    }

    public List<string> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public ZoneFileReader Open(byte[] octets) => new(new MemoryStream(octets), Path, DnsName.Parse("example.org"), OpenIncluded);

    private MemoryStream OpenIncluded(string path) =>
        _files.TryGetValue(path, out var octets) ? new MemoryStream(octets) : throw new FileNotFoundException($"no {path}");
}
