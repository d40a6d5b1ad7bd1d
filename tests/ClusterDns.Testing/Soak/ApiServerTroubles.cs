using ClusterDns.Testing.Faults;

namespace ClusterDns.Testing.Soak;

/// <summary>What goes wrong between the server and its API server, one after the other.</summary>
internal sealed class ApiServerTroubles(FaultProxy proxy, FakeApiServer api, SoakCluster cluster, Disturbances outages)
{
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, int> _counts = [];

    public string Counts => string.Join(", ", _counts.Select(count => $"{count.Value} {count.Key}"));

    public async Task OneAsync(Random random, TimeSpan longest, CancellationToken cancellation)
    {
        switch (random.Next(7))
        {
            case 0:
                Count("compactions");
                cluster.Between(api.Compact);
                cluster.Between(proxy.ForgetVersions);
                cluster.Between(proxy.Reset);
                break;
            case 1:
                Count("expired watches");
                cluster.Between(proxy.Expire);
                break;
            case 2:
                Count("half lines");
                cluster.Between(proxy.CutNext);
                break;
            case 3:
                Count("restarts");
                await AwayAsync(proxy.GoDown, Restart, Return(isForgetful: true), cancellation);
                break;
            case 4:
                Count("refusals");
                await AwayAsync(Refuse, longest * random.NextDouble(), () => proxy.Refuses = null, cancellation);
                break;
            default:
                Count("outages");
                await AwayAsync(proxy.GoDown, longest * random.NextDouble(), Return(isForgetful: random.Next(2) == 0), cancellation);
                break;
        }
    }

    private async Task AwayAsync(Action begin, TimeSpan time, Action end, CancellationToken cancellation)
    {
        outages.Begin();
        cluster.Between(begin);
        await Task.Delay(time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end();
        outages.End();
    }

    private Action Return(bool isForgetful) => () =>
    {
        if (isForgetful)
        {
            proxy.ForgetVersions();
        }

        proxy.ComeBack();
    };

    private void Refuse()
    {
        proxy.Refuses = static _ => (503, null);
        proxy.Reset();
    }

    private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;
}
