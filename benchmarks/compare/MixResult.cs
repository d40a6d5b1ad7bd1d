using ClusterDns.Compare.Servers;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>What one server showed with one mix over all rounds.</summary>
internal sealed class MixResult(Mix mix, Server server)
{
    public Mix Mix => mix;

    public string Server => server.Name;

    public bool IsOurs => server.IsOurs;

    public bool IsPeer => server.IsPeer;

    public List<Measurement> Rounds { get; } = [];

    /// <summary>Null where latency was not measured.</summary>
    public PacedLatency? Latency { get; set; }

    public double Median(Func<Measurement, double> value) => new Quantiles(Rounds.Select(value)).Median;

    /// <summary>Of what each round showed here to what the same round showed there, so that a machine that is slow for a while is in both.</summary>
    public MedianInterval RatioTo(MixResult other, Func<Measurement, double> value) =>
        new(Rounds.Zip(other.Rounds, (mine, theirs) => value(mine) / value(theirs)));
}
