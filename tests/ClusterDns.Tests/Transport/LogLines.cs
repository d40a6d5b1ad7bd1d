using ClusterDns.Testing;

namespace ClusterDns.Tests.Transport;

internal static class LogLines
{
    /// <summary>How many of the lines have the words in them.</summary>
    public static int CountOf(this LogCapture log, string words) =>
        log.Lines.Count(line => line.Contains(words, StringComparison.Ordinal));
}
