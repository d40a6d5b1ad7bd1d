namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>Every time and size that bounds snapshots.</summary>
internal sealed record SnapshotLimits
{
    /// <summary>
    /// Between two writes, and so the most that a killed server forgets. A cluster of 10,000 Services is some two
    /// megabytes: written more often, a node's disk would do little else.
    /// </summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two lines about writes that fail.</summary>
    public TimeSpan FailureLogInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The last write may take so long when the server stops.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far ahead of our clock a snapshot may be: clocks are set back a little by their own correction.</summary>
    public TimeSpan ClockLead { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A file beside the snapshot that a killed server left half written is removed when it is older than this.</summary>
    public TimeSpan LeftoverAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest file that is read, in octets: ten times the largest clusters with all their pods.</summary>
    public long MaxFileSize { get; init; } = 256L << 20;
}
