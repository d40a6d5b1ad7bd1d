namespace ClusterDns.Measuring;

/// <summary>Says what was measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var name = model is null ? "unknown processor" : model[(model.IndexOf(':') + 1)..].Trim();
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return $"{name}, {Environment.ProcessorCount} cores, Linux {kernel}; {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC";
    }

    /// <summary>Processes that wanted a core, on average over the last minute: over the number of cores, others were measured too.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
