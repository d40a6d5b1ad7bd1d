using System.Globalization;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// <c>process_*</c> with the names that Prometheus's Go client gives them, because dashboards for CoreDNS ask for these.
/// Read from <c>/proc</c> (proc(5)) at each scrape.
/// </summary>
internal sealed class ProcessMetrics
{
    /// <summary>USER_HZ: what the kernel counts CPU time for user space in, whatever its own clock.</summary>
    private const double TicksPerSecond = 100;

    // Fields of /proc/self/stat behind the command's name, counted from 0 at "state", which proc(5) numbers 3.
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int StartTime = 19;
    private const int VirtualSize = 20;
    private const int ResidentPages = 21;

    private readonly Counter _cpu;
    private readonly Gauge _resident;
    private readonly Gauge _virtual;
    private readonly Gauge _start;
    private readonly Gauge _openFiles;
    private readonly Gauge _mostFiles;

    private ProcessMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        _cpu = factory.CreateCounter("process_cpu_seconds_total", "CPU time spent, user and system.");
        _resident = factory.CreateGauge("process_resident_memory_bytes", "Resident memory.");
        _virtual = factory.CreateGauge("process_virtual_memory_bytes", "Virtual memory.");
        _start = factory.CreateGauge("process_start_time_seconds", "Start of the process, in Unix time.");
        _openFiles = factory.CreateGauge("process_open_fds", "Open file descriptors.");
        _mostFiles = factory.CreateGauge("process_max_fds", "File descriptors that may be open.");
    }

    /// <summary>Exports the figures; where there is no <c>/proc</c> they are left out.</summary>
    public static void Register(CollectorRegistry registry)
    {
        if (File.Exists("/proc/self/stat"))
        {
            registry.AddBeforeCollectCallback(new ProcessMetrics(registry).Read);
        }
    }

    private void Read()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        // The command's name may hold blanks and parentheses: the last parenthesis ends it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        _cpu.IncTo((Number(fields[UserTime]) + Number(fields[SystemTime])) / TicksPerSecond);
        _resident.Set(Number(fields[ResidentPages]) * Environment.SystemPageSize);
        _virtual.Set(Number(fields[VirtualSize]));
        _start.Set(BootTime() + (Number(fields[StartTime]) / TicksPerSecond));
        _openFiles.Set(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        _mostFiles.Set(SoftLimit("Max open files"));
    }

    private static double BootTime()
    {
        var line = File.ReadLines("/proc/stat").First(l => l.StartsWith("btime ", StringComparison.Ordinal));
        return Number(line["btime ".Length..]);
    }

    private static double SoftLimit(string name)
    {
        var line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith(name, StringComparison.Ordinal));
        var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? double.PositiveInfinity : Number(soft);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
