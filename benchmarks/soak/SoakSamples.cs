using System.Diagnostics;

namespace ClusterDns.Soak;

/// <summary>One sample each second, from the beginning of the load to its end.</summary>
/// <param name="server">Looked at.</param>
/// <param name="tell">Told of one each minute.</param>
internal sealed class SoakSamples(SoakedBinary server, Action<SoakSample> tell)
{
    private const int SamplesInMinute = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly List<SoakSample> _all = [];

    public IReadOnlyList<SoakSample> All => _all;

    /// <summary>Seconds in which the metrics page did not come; a reload may replace it.</summary>
    public int Missed { get; private set; }

    public async Task RunAsync(CancellationToken ended)
    {
        using var client = new HttpClient { Timeout = Timeout };
        var clock = Stopwatch.StartNew();
        while (!ended.IsCancellationRequested)
        {
            try
            {
                _all.Add(await SoakSample.ReadAsync(clock.Elapsed.TotalSeconds, server, client));
                if (_all.Count % SamplesInMinute == 0)
                {
                    tell(_all[^1]);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                Missed++;
            }

            await Task.Delay(Interval, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public IReadOnlyList<SoakSample> Between(double from, double to) =>
        [.. _all.Where(sample => sample.Seconds >= from && sample.Seconds < to)];

    /// <summary>By the line through all samples behind the first minute that is nearest to them, how much it grew until the end.</summary>
    public double Growth(Func<SoakSample, double> value)
    {
        const double FirstMinute = 60;
        var samples = Between(FirstMinute, double.MaxValue);
        var time = samples.Average(sample => sample.Seconds);
        var mean = samples.Average(value);
        var slope = samples.Sum(sample => (sample.Seconds - time) * (value(sample) - mean))
            / samples.Sum(sample => (sample.Seconds - time) * (sample.Seconds - time));
        return slope * (samples[^1].Seconds - samples[0].Seconds);
    }
}
