using System.Text;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Transport.Tcp;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Prometheus;

/// <summary>Connections by listener and by the reason of their end.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionMetricsTests
{
    private const string Server = "dns://:53";

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private TcpListenerCounters _counters;

    [Test]
    public async Task Scrape_CountersOfAListener_AreToldByReason()
    {
        var metrics = new ConnectionMetrics(_registry);
        _ = metrics.Show(Server, () => _counters);
        await ScrapeAsync();
        _counters = new TcpListenerCounters
        {
            Open = 7,
            Accepted = 28,
            RefusedByTotal = 1,
            RefusedByAddress = 2,
            DisplacedByTotal = 3,
            DisplacedByAddress = 4,
            TimedOut = 5,
            SlowReaders = 1,
            OverBudget = 2,
            Ended = 21,
        };

        var first = await ScrapeAsync();
        var second = await ScrapeAsync();

        string[] expected =
        [
            $"clusterdns_tcp_connections{{server=\"{Server}\"}} 7",
            Closed("ended", 6),
            Closed("timeout", 5),
            Closed("slow_reader", 1),
            Closed("over_budget", 2),
            Closed("displaced", 7),
            Closed("refused", 3),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EquivalentTo(expected));
            Assert.That(second, Is.EquivalentTo(expected), "nothing is told twice");
        }
    }

    [Test]
    public async Task Scrape_AfterTheListenerIsClosed_KeepsWhatWasCountedAndShowsNoneOpen()
    {
        var metrics = new ConnectionMetrics(_registry);
        var series = metrics.Show(Server, () => _counters);
        _counters = new TcpListenerCounters { Open = 0, TimedOut = 5, Ended = 5 };
        metrics.Hide(series);
        _counters = new TcpListenerCounters { Open = 9, TimedOut = 9, Ended = 9 };

        Assert.That(
            await ScrapeAsync(),
            Does.Contain($"clusterdns_tcp_connections{{server=\"{Server}\"}} 0").And.Contains(Closed("timeout", 5)));
    }

    private static string Closed(string reason, int count) =>
        $"clusterdns_tcp_connections_closed_total{{server=\"{Server}\",reason=\"{reason}\"}} {count}";

    private async Task<IReadOnlyList<string>> ScrapeAsync()
    {
        using var page = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(page);
        return [.. Encoding.UTF8.GetString(page.ToArray()).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
