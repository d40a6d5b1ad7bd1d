using System.Globalization;

namespace ClusterDns.Overload;

/// <summary>How long the threads of a process could have run while others had their core, as <c>/proc</c> counts it.</summary>
internal static class CoreWait
{
    /// <summary>Seconds, all threads together.</summary>
    public static double Of(int process) => Directory.EnumerateDirectories($"/proc/{process}/task").Sum(OfThread) / 1e9;

    private static double OfThread(string folder)
    {
        try
        {
            return double.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // The thread has ended.
            return 0;
        }
    }
}
