namespace ClusterDns.Measuring;

/// <summary>Values in order.</summary>
internal sealed class Quantiles
{
    private readonly double[] _sorted;

    public Quantiles(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
    }

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    /// <summary>The smallest value has rank 1.</summary>
    public double Ranked(int rank) => _sorted[rank - 1];

    /// <summary>The smallest value that is not under this share of all; NaN of none.</summary>
    public double At(double share) =>
        _sorted.Length == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
