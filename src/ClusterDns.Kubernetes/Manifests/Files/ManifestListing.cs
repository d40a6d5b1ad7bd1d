namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>The manifest files there are, in the order in which they count; equal to another where nothing has changed.</summary>
/// <param name="Entries">Empty with an error; one more than the limit where there are more.</param>
/// <param name="Error">Why nothing is known about the files; else null.</param>
internal sealed record ManifestListing(IReadOnlyList<ManifestEntry> Entries, string? Error)
{
    public static ManifestListing Failed(string error) => new([], error);

    public bool Equals(ManifestListing? other) =>
        other is not null && Error == other.Error && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => HashCode.Combine(Error, Entries.Count);
}
