using ClusterDns.Measuring;
using ClusterDns.Testing.Faults;

namespace ClusterDns.Faults;

/// <summary>The table, and whether everything in it holds.</summary>
internal sealed class FaultReport
{
    private const double PeakLimit = 1.2;
    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(5);

    private readonly MarkdownTable _table = new(
        "fault", "asked", "unanswered", "wrong", "SERVFAIL of known", "right again, s", "of at most", "memory at rest, MiB", "peak to rest", "");

    /// <summary>Every row holds.</summary>
    public bool Holds { get; private set; } = true;

    /// <param name="result">What the client saw.</param>
    /// <param name="rest">Resident memory before the fault, MiB.</param>
    /// <param name="peak">The most from then on, or since its start for a server that was started again.</param>
    public void Add(FaultResult result, double rest, double peak)
    {
        var limit = result.Case.Detection + ConvergenceLimit;
        var holds = result is { Wrong: 0, Failed: 0, Unanswered: 0 } && result.Convergence <= limit && peak <= rest * PeakLimit;
        Holds &= holds;
        _table.Add(
            result.Case.Name, $"{result.Asked}", $"{result.Unanswered}", $"{result.Wrong}", $"{result.Failed}", $"{result.Convergence.TotalSeconds:0.00}",
            $"{limit.TotalSeconds:0}", $"{rest:0.0}", $"{peak / rest:0.00}", holds ? "holds" : "does not hold");
        foreach (var complaint in result.Complaints)
        {
            Console.WriteLine($"  {complaint}");
        }
    }

    public void AddFailure(FaultCase fault, string reason)
    {
        Holds = false;
        _table.Add(fault.Name, "", "", "", "", "", "", "", "", reason);
    }

    public override string ToString() => _table.ToString();
}
