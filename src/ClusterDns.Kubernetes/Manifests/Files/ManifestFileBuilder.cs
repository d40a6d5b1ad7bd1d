namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>Collects what one file holds while it is read.</summary>
internal sealed class ManifestFileBuilder(string path)
{
    public List<ManifestObject> Objects { get; } = [];

    public ManifestProblems Problems { get; } = new();

    public ManifestPosition At(int line) => new(path, line);

    public ManifestFile Build(ReadOnlyMemory<byte> fingerprint) => new(path, fingerprint, Objects, Problems);
}
