using System.Globalization;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>Where in the manifests something stands: what a message begins with.</summary>
/// <param name="File">The file's path, below the path as it was given.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct ManifestPosition(string File, int Line)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
