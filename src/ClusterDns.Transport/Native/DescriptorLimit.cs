using System.Globalization;

namespace ClusterDns.Transport.Native;

/// <summary>How many descriptors this process may have open, sockets among them.</summary>
internal static class DescriptorLimit
{
    private const string LimitsPath = "/proc/self/limits";
    private const string LineStart = "Max open files";

    /// <summary>Null when there is no limit or the system does not say.</summary>
    public static int? Read()
    {
        try
        {
            return File.Exists(LimitsPath) ? Parse(File.ReadLines(LimitsPath)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc, or none for us: then there is nothing to go by.
            return null;
        }
    }

    /// <summary>The soft limit out of the lines of <c>/proc/self/limits</c>.</summary>
    public static int? Parse(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(LineStart, StringComparison.Ordinal));
        var words = line?[LineStart.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 0 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }
}
