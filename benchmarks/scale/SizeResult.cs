using ClusterDns.Measuring;

namespace ClusterDns.Scale;

/// <summary>What one size showed; memory in MiB.</summary>
internal sealed record SizeResult(ClusterSize Size)
{
    /// <summary>Seconds that reading the same lists takes a client that throws them away.</summary>
    public double ListSeconds { get; set; }

    /// <summary>Seconds from the start of the process to the first right answer.</summary>
    public double FirstAnswerSeconds { get; set; }

    /// <summary>CPU time of the process until then.</summary>
    public ProcessUsage FirstAnswerUsage { get; set; }

    public double PeakOfStart { get; set; }

    public double Steady { get; set; }

    /// <summary>Steady again, after a forced relist and time to come to rest.</summary>
    public double SteadyAfterRelist { get; set; }

    public double PeakOfRelist { get; set; }

    /// <summary>Seconds from a change to the answer that has it, by changes a second.</summary>
    public List<(int ChangesPerSecond, Quantiles Latency)> Changes { get; } = [];
}
