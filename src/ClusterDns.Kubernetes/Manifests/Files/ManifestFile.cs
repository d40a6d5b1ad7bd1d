using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>What a file held when it was read.</summary>
/// <param name="Path">Below the path as it was given.</param>
/// <param name="Fingerprint">Hash of its bytes: the same bytes are not read again.</param>
/// <param name="Objects">In the order of the file.</param>
/// <param name="Problems">What was wrong with it.</param>
internal sealed record ManifestFile(
    string Path, ReadOnlyMemory<byte> Fingerprint, IReadOnlyList<ManifestObject> Objects, ManifestProblems Problems)
{
    /// <summary>Objects that are served as they were before the file got its problems.</summary>
    public int KeptCount { get; private init; }

    /// <summary>
    /// This file, and what its mistakes would take away from the state before: an edit that went wrong changes nothing.
    /// A broken document doesn't say what it was, so as long as there is one, no object of the file counts as deleted.
    /// </summary>
    public ManifestFile KeepingFrom(ManifestFile before)
    {
        var former = new Dictionary<(ResourceKind, ObjectKey), ManifestObject>();
        foreach (var known in before.Objects)
        {
            former[known.Identity] = known;
        }

        var kept = 0;
        var objects = new List<ManifestObject>();
        foreach (var current in Objects)
        {
            var hasFormer = former.Remove(current.Identity, out var known);
            var keepsFormer = hasFormer && current.HasProblem && !known!.HasProblem;
            kept += keepsFormer ? 1 : 0;
            objects.Add(keepsFormer ? known! with { IsKept = false } : current);
        }

        if (Problems.HasBroken)
        {
            kept += former.Count;
            objects.AddRange(former.Values.Select(missing => missing with { IsKept = true }));
        }

        return this with { Objects = objects, KeptCount = kept };
    }
}
