using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>What is wrong with one file: the first problems in words, the others by number.</summary>
internal sealed class ManifestProblems
{
    private readonly List<ManifestProblem> _shown = [];

    public IReadOnlyList<ManifestProblem> Shown => _shown;

    /// <summary>Problems behind those of <see cref="Shown"/>.</summary>
    public int HiddenCount { get; private set; }

    /// <summary>Something in the file could not be read at all: what it held before is not known to be gone.</summary>
    public bool HasBroken { get; private set; }

    public void Add(ManifestPosition position, string text, bool isBroken = true)
    {
        HasBroken |= isBroken;
        if (_shown.Count < ManifestLimits.MaxShownProblems)
        {
            _shown.Add(new ManifestProblem(position, Printable.Of(text), isBroken));
        }
        else
        {
            HiddenCount++;
        }
    }
}
