using System.Globalization;

namespace ClusterDns.Measuring;

/// <summary>CPU time and memory of a process and its children, as <c>/proc</c> counts them.</summary>
/// <param name="User">Seconds in user mode since it began.</param>
/// <param name="System">Seconds in the kernel since it began.</param>
internal readonly record struct ProcessUsage(double User, double System)
{
    /// <summary>USER_HZ: the same on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private const double KibibytesPerMebibyte = 1024;

    public static ProcessUsage operator -(ProcessUsage later, ProcessUsage earlier) =>
        new(later.User - earlier.User, later.System - earlier.System);

    public static ProcessUsage OfTree(int process)
    {
        var user = 0d;
        var system = 0d;
        foreach (var fields in Tree(process).Select(Stat).OfType<string[]>())
        {
            user += double.Parse(fields[11], CultureInfo.InvariantCulture) / TicksPerSecond;
            system += double.Parse(fields[12], CultureInfo.InvariantCulture) / TicksPerSecond;
        }

        return new ProcessUsage(user, system);
    }

    /// <summary>
    /// Resident memory in MiB: RSS of a process alone; of several, which share pages by forking, the sum of their
    /// proportional shares.
    /// </summary>
    public static double MemoryOfTree(int process)
    {
        var tree = Tree(process);
        return tree.Count == 1
            ? Field($"/proc/{process}/status", "VmRSS:")
            : tree.Sum(member => Field($"/proc/{member}/smaps_rollup", "Pss:"));
    }

    /// <summary>The most that was ever resident, in MiB.</summary>
    public static double PeakOf(int process) => Field($"/proc/{process}/status", "VmHWM:");

    /// <summary>Makes now the beginning of <see cref="PeakOf"/>.</summary>
    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    /// <summary>The process and what came of it, parents first.</summary>
    public static IReadOnlyList<int> Tree(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Stat: Stat(id)))
            .Where(entry => entry.Stat is not null)
            .ToLookup(entry => int.Parse(entry.Stat![1], CultureInfo.InvariantCulture), entry => entry.Id);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(parents[tree[i]]);
        }

        return tree;
    }

    // The fields behind the command, whose name may hold anything; null for a process that is gone.
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Field(string path, string name)
    {
        var line = File.ReadLines(path).FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
        var number = line?[name.Length..].Trim().Split(' ')[0];
        return number is null ? 0 : double.Parse(number, CultureInfo.InvariantCulture) / KibibytesPerMebibyte;
    }
}
