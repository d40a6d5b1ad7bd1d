namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>Tells lines that are new in a round from those that the round before had too, and that need no repeating.</summary>
internal sealed class RepeatedLines
{
    private HashSet<string> _before = [];
    private HashSet<string> _current = [];

    /// <summary>Begins a round.</summary>
    public void Begin() => (_before, _current) = (_current, []);

    /// <summary>True if the line was in neither this round nor the one before.</summary>
    public bool IsNew(string line) => _current.Add(line) && !_before.Contains(line);
}
