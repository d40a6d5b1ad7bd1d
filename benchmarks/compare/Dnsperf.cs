using System.Globalization;
using System.Text.RegularExpressions;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>Runs dnsperf on its own core and reads what it says.</summary>
internal static partial class Dnsperf
{
    private const int Core = 1;
    // At the end it waits so long for what was lost, which peers do flat out; at a fixed rate a long stall is to be seen.
    private const string FlatOutTimeout = "1";
    private const string PacedTimeout = "2";
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    /// <summary>Answers taken and what they were.</summary>
    /// <param name="Completed">Answers.</param>
    /// <param name="Lost">Queries without one.</param>
    /// <param name="Rate">Answers a second.</param>
    /// <param name="Codes">Share of each rcode, as dnsperf prints it.</param>
    /// <param name="Output">Everything it printed.</param>
    public sealed record Outcome(double Completed, double Lost, double Rate, string Codes, string Output)
    {
        /// <summary>Seconds that each answer took; only of a run that asked for them.</summary>
        public IEnumerable<double> Latencies() =>
            Output.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(LastNumber).OfType<double>();
    }

    /// <summary>Asks as fast as answers come.</summary>
    public static Outcome RunFlatOut(int port, string file, double seconds, IEnumerable<string> flags) =>
        Run(port, file, seconds, FlatOutTimeout, flags);

    /// <summary>Asks at a fixed rate and notes each answer's latency.</summary>
    public static Outcome RunPaced(int port, string file, double seconds, IEnumerable<string> flags, double rate) =>
        Run(port, file, seconds, PacedTimeout, flags.Concat(["-v", "-Q", rate.ToString("0", CultureInfo.InvariantCulture)]));

    private static Outcome Run(int port, string file, double seconds, string timeout, IEnumerable<string> flags)
    {
        string[] command =
        [
            "dnsperf", "-s", "127.0.0.1", "-p", Text(port), "-d", file, "-l", Text(seconds), "-t", timeout, .. flags,
        ];
        using var process = PinnedProcess.Start(Core, file + ".out", command);
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds) + Margin))
        {
            throw new TimeoutException($"dnsperf did not end: {string.Join(' ', command)}");
        }

        var output = process.Log;
        return new Outcome(
            Number(CompletedPattern(), output), Number(LostPattern(), output), Number(RatePattern(), output), CodesPattern().Match(output).Groups[1].Value, output);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static double? LastNumber(string line) =>
        double.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Number(Regex pattern, string output) =>
        double.TryParse(pattern.Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"Queries completed:\s+(\d+)")]
    private static partial Regex CompletedPattern();

    [GeneratedRegex(@"Queries lost:\s+(\d+)")]
    private static partial Regex LostPattern();

    [GeneratedRegex(@"Queries per second:\s+([\d.]+)")]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"Response codes:\s+(.*)")]
    private static partial Regex CodesPattern();
}
