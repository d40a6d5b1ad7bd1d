namespace ClusterDns.Testing.Faults;

/// <summary>Whether a fault meets a server that runs or one that starts.</summary>
public enum FaultStart
{
    Running,

    /// <summary>Starts with the snapshot that it wrote before.</summary>
    WithSnapshot,

    /// <summary>Starts knowing nothing.</summary>
    WithoutSnapshot,
}
