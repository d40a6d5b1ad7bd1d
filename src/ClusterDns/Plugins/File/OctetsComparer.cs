using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Rdata by what it holds.</summary>
internal sealed class OctetsComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static readonly OctetsComparer Instance = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
