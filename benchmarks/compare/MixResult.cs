using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>What one server showed with one mix over all rounds.</summary>
internal sealed class MixResult(Mix mix, string server, bool isOurs)
{
    public Mix Mix => mix;

    public string Server => server;

    public bool IsOurs => isOurs;

    public List<Measurement> Rounds { get; } = [];

    /// <summary>Seconds at the offered rate, all rounds together; null where latency was not measured.</summary>
    public Quantiles? Latency { get; set; }

    /// <summary>Queries a second that <see cref="Latency"/> was measured at.</summary>
    public double OfferedRate { get; set; }

    public double Median(Func<Measurement, double> value) => new Quantiles(Rounds.Select(value)).Median;
}
