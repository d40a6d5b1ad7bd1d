namespace ClusterDns.Plugins.Forward;

/// <summary>What <c>tls</c> names, as PEM text.</summary>
/// <param name="Certificate">Ours, for upstreams that ask for one; null for none.</param>
/// <param name="Key">Its key.</param>
/// <param name="Authority">Who signs upstreams' certificates; null for the system's authorities.</param>
internal sealed record TlsFiles(string? Certificate, string? Key, string? Authority)
{
    public static readonly TlsFiles None = new(null, null, null);
}
