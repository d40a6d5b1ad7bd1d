using ClusterDns.Operations.Bounds;
using ClusterDns.Testing;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations.Bounds;

[TestFixture]
internal sealed class ServerBoundsTests
{
    private const long Mebibyte = 1024 * 1024;

    [TestCase(null)]
    [TestCase(170 * Mebibyte)]
    public void Bounds_WithoutALimitOrWithTheUsualOne_AreTheDefaults(long? memory)
    {
        var bounds = ServerBounds.For(memory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bounds.UpstreamQueries, Is.EqualTo(5000));
            Assert.That(bounds.UpstreamSockets, Is.EqualTo(UpstreamOptions.DefaultMaxUdpSockets));
            Assert.That(bounds.TcpConnections, Is.EqualTo(TcpOptions.DefaultMaxConnections));
            Assert.That(bounds.TcpBufferOctets, Is.EqualTo(TcpOptions.DefaultMaxBufferedOctets));
            Assert.That(bounds.MetricsSeries, Is.EqualTo(2000));
        }
    }

    [Test]
    public void Bounds_WithHalfOfTheUsualMemory_AreHalf()
    {
        var (half, whole) = (ServerBounds.For(85 * Mebibyte), ServerBounds.For(170 * Mebibyte));
        Assert.That(
            half.All.Select(bound => (double)bound.Value),
            Is.EqualTo(whole.All.Select(bound => bound.Value / 2.0)).Within(1));
    }

    [Test]
    public void Bounds_WithAnyMemory_StayBetweenTheirEndsAndGrowWithIt()
    {
        long[] memories = [1, Mebibyte, 20 * Mebibyte, 64 * Mebibyte, 170 * Mebibyte, 512 * Mebibyte, 4096 * Mebibyte, long.MaxValue];
        var all = memories.Select(memory => ServerBounds.For(memory).All.Select(bound => bound.Value).ToArray()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.SelectMany(values => values), Has.All.Positive);
            for (var bound = 0; bound < all[0].Length; bound++)
            {
                Assert.That(all.Select(values => values[bound]), Is.Ordered);
            }
        }
    }

    [Test]
    public void Cache_WithALimit_HasAFourthOfWhatTheHeapMayHave() =>
        Assert.That(ServerBounds.For(170 * Mebibyte).CacheOctets, Is.EqualTo(170 * Mebibyte * 3 / 16).Within(4));

    [Test]
    public async Task Server_WithLittleMemory_UsesAndShowsItsBounds()
    {
        var bounds = ServerBounds.For(64 * Mebibyte);
        await using var server = await RunningServer.StartAsync(
            ".:0 {\n bind 127.0.0.1\n prometheus 127.0.0.1:0\n cache\n forward . 127.0.0.1:9\n}", bounds: bounds);
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Services.CacheBudget.Limit, Is.EqualTo(bounds.CacheOctets));
            Assert.That(server.Services.ForwardAdmission.Most, Is.EqualTo(bounds.UpstreamQueries).And.EqualTo(1882));
            foreach (var (name, value) in bounds.All)
            {
                Assert.That(page, Does.Contain($"clusterdns_bound{{bound=\"{name}\"}} {value}\n"));
            }
        }
    }
}
