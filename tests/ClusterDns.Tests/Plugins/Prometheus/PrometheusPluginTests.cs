using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Prometheus;

[TestFixture]
internal sealed class PrometheusPluginTests
{
    private const string Server = "dns://:53";
    private const string Labels = "server=\"dns://:53\",zone=\"example.org.\",view=\"\"";

    private static readonly DnsName Zone = DnsName.Parse("example.org");

    [Test]
    public async Task Query_Answered_IsCountedUnderCoreDnsNamesAndLabels()
    {
        await using var fixture = Prometheus();
        fixture.Rest = Answer;
        fixture.Ask(Query("a.example.org", RecordType.A));

        Assert.That(
            await fixture.ScrapeAsync(),
            Is.SupersetOf(
            [
                $"coredns_dns_requests_total{{{Labels},proto=\"udp\",family=\"1\",type=\"A\"}} 1",
                $"coredns_dns_responses_total{{{Labels},rcode=\"NOERROR\",plugin=\"kubernetes\"}} 1",
                $"coredns_dns_request_duration_seconds_count{{{Labels}}} 1",
                $"coredns_dns_request_size_bytes_sum{{{Labels},proto=\"udp\"}} 31",
                $"coredns_dns_request_size_bytes_count{{{Labels},proto=\"udp\"}} 1",
                $"coredns_dns_response_size_bytes_sum{{{Labels},proto=\"udp\"}} 60",
                $"coredns_dns_response_size_bytes_count{{{Labels},proto=\"udp\"}} 1",
                "coredns_panics_total 0",
            ]));
    }

    [TestCase(RecordType.HTTPS, "HTTPS")]
    [TestCase(RecordType.NSEC3, "NSEC3")]
    [TestCase(RecordType.AXFR, "AXFR")]
    [TestCase(RecordType.ANY, "ANY")]
    [TestCase(RecordType.CAA, "other")]
    [TestCase((RecordType)0, "other")]
    [TestCase((RecordType)65535, "other")]
    public async Task Query_OfAnyType_HasALabelFromAFixedSet(RecordType type, string label)
    {
        await using var fixture = Prometheus();
        fixture.Ask(Query("example.org", type));

        Assert.That(
            await fixture.ScrapeAsync(),
            Does.Contain($"coredns_dns_requests_total{{{Labels},proto=\"udp\",family=\"1\",type=\"{label}\"}} 1"));
    }

    [Test]
    public async Task Query_OverTcpAndIPv6WithDnssecOk_HasThoseLabels()
    {
        await using var fixture = Prometheus();
        var query = QueryFactory.Ask(
            "example.org", RecordType.AAAA, udpSize: 1232, dnssecOk: true, protocol: TransportProtocol.Tcp, client: "[fd00::1]:5353");
        fixture.Ask(In(query, Server, Zone));

        Assert.That(
            await fixture.ScrapeAsync(),
            Is.SupersetOf(
            [
                $"coredns_dns_requests_total{{{Labels},proto=\"tcp\",family=\"2\",type=\"AAAA\"}} 1",
                $"coredns_dns_do_requests_total{{{Labels}}} 1",
                $"coredns_dns_request_size_bytes_count{{{Labels},proto=\"tcp\"}} 1",
            ]));
    }

    [Test]
    public async Task Query_Failed_IsCountedByTheCodeThatIsSentAndNoPlugin()
    {
        await using var fixture = Prometheus();
        fixture.Rest = query =>
        {
            query.AnsweredBy = "kubernetes";
            return query.Fail(ResponseCode.ServerFailure, "no");
        };
        fixture.Ask(Query("example.org", RecordType.A));

        Assert.That(
            await fixture.ScrapeAsync(),
            Is.SupersetOf(
            [
                $"coredns_dns_responses_total{{{Labels},rcode=\"SERVFAIL\",plugin=\"\"}} 1",
                $"coredns_dns_response_size_bytes_bucket{{{Labels},proto=\"udp\",le=\"0\"}} 1",
            ]));
    }

    [Test]
    public async Task Durations_OnBucketBounds_FallWhereCoreDnsPutsThem()
    {
        await using var fixture = Prometheus();
        foreach (var duration in new[] { 0.0, 0.00025, 0.0002501, 0.0005, 0.001, 8.192, 8.1920001, 60 })
        {
            fixture.Rest = _ =>
            {
                fixture.Clock.Advance(TimeSpan.FromSeconds(duration));
                return ServeResult.Answered;
            };
            fixture.Ask(Query("example.org", RecordType.A));
        }

        var page = await fixture.ScrapeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Buckets(page, "coredns_dns_request_duration_seconds"),
                Is.EqualTo(
                [
                    "0.00025 2", "0.0005 4", "0.001 5", "0.002 5", "0.004 5", "0.008 5", "0.016 5", "0.032 5", "0.064 5",
                    "0.128 5", "0.256 5", "0.512 5", "1.024 5", "2.048 5", "4.096 5", "8.192 6", "+Inf 8",
                ]));
            Assert.That(Value(page, "coredns_dns_request_duration_seconds_sum"), Is.EqualTo(76.386).Within(0.0001));
        }
    }

    [Test]
    public async Task Size_OfLargeReply_IsInCoreDnsBuckets()
    {
        await using var fixture = Prometheus();
        fixture.Rest = query =>
        {
            query.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.IN, 1, new byte[16_000]);
            return ServeResult.Answered;
        };
        fixture.Ask(Query("example.org", RecordType.TXT));
        var page = await fixture.ScrapeAsync();

        Assert.That(
            Buckets(page, "coredns_dns_response_size_bytes"),
            Is.EqualTo(
            [
                "0 0", "100 0", "200 0", "300 0", "400 0", "511 0", "1023 0", "2047 0", "4095 0", "8291 0", "16000 0",
                "32000 1", "48000 1", "64000 1", "+Inf 1",
            ]));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(100, 1)]
    [TestCase(101, 2)]
    [TestCase(511, 5)]
    [TestCase(512, 6)]
    [TestCase(64000, 13)]
    [TestCase(64001, 14)]
    public void SizeBucket_AroundBounds_UpperBoundBelongsToTheBucket(int size, int bucket) =>
        Assert.That(SizeBuckets.IndexOf(size), Is.EqualTo(bucket));

    [Test]
    public async Task Scrape_TwiceWithQueriesBetween_GivesTotals()
    {
        await using var fixture = Prometheus();
        fixture.Rest = Answer;
        fixture.Ask(Query("example.org", RecordType.A));
        await fixture.ScrapeAsync();
        fixture.Ask(Query("example.org", RecordType.A));
        fixture.Ask(Query("example.org", RecordType.A));
        await fixture.ScrapeAsync();
        var page = await fixture.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value(page, "coredns_dns_requests_total"), Is.EqualTo(3));
            Assert.That(Value(page, "coredns_dns_request_size_bytes_sum"), Is.EqualTo(3 * 29));
            Assert.That(Value(page, "coredns_dns_request_duration_seconds_count"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Count_ByManyThreadsWhileScraped_LosesNothing()
    {
        const int threads = 8;
        const int each = 5000;
        await using var fixture = Prometheus();
        var chain = fixture.Chain();
        var counting = Enumerable.Range(0, threads)
            .Select(index => new Thread(() =>
            {
                using var query = Query("example.org", RecordType.A);
                for (var i = 0; i < each; i++)
                {
                    _ = chain.ServeAsync(query).IsCompletedSuccessfully;
                }
            }))
            .ToList();
        counting.ForEach(thread => thread.Start());
        while (counting.Exists(thread => thread.IsAlive))
        {
            await fixture.ScrapeAsync();
        }

        var page = await fixture.ScrapeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value(page, "coredns_dns_requests_total"), Is.EqualTo(threads * each));
            Assert.That(Value(page, "coredns_dns_request_duration_seconds_count"), Is.EqualTo(threads * each));
            Assert.That(Value(page, "coredns_dns_responses_total"), Is.EqualTo(threads * each));
        }
    }

    [Test]
    public async Task Queries_OfTwoServersAndZones_AreKeptApart()
    {
        await using var fixture = Prometheus();
        fixture.Ask(In(QueryFactory.Ask("example.org", RecordType.A), Server, Zone));
        fixture.Ask(In(QueryFactory.Ask("example.org", RecordType.A), "dns://10.0.0.1:53", Zone));
        fixture.Ask(In(QueryFactory.Ask("x.", RecordType.A), Server, DnsName.Root));

        // The same label as another object: found by its text, and not made a second time.
        fixture.Ask(In(QueryFactory.Ask("x.", RecordType.A), new string(Server), DnsName.Parse(".")));
        var page = await fixture.ScrapeAsync();

        Assert.That(
            page.Where(line => line.StartsWith("coredns_dns_request_duration_seconds_count", StringComparison.Ordinal)),
            Is.EquivalentTo(
            [
                $"coredns_dns_request_duration_seconds_count{{{Labels}}} 1",
                "coredns_dns_request_duration_seconds_count{server=\"dns://10.0.0.1:53\",zone=\"example.org.\",view=\"\"} 1",
                "coredns_dns_request_duration_seconds_count{server=\"dns://:53\",zone=\".\",view=\"\"} 2",
            ]));
    }

    [Test]
    public async Task Reload_SameServer_GoesOnCounting()
    {
        await using var fixture = Prometheus();
        fixture.Ask(Query("example.org", RecordType.A));
        var reloaded = new BlockSetup([Zone], new ConfigurationSetup(fixture.Services));
        PrometheusDirective.Descriptor.SetUp(PluginFixture.Parse("prometheus"), reloaded);
        var chain = PluginChain.Build([.. reloaded.Plugins, new StubPlugin(_ => ServeResult.Answered)]);
        await chain.ServeAsync(Query("example.org", RecordType.A));

        Assert.That(Value(await fixture.ScrapeAsync(), "coredns_dns_requests_total"), Is.EqualTo(2));
    }

    [Test]
    public async Task Query_KnownSeries_AllocatesNothing()
    {
        await using var fixture = Prometheus();
        fixture.Rest = _ => ServeResult.Answered;
        var chain = fixture.Chain();
        using var query = Query("example.org", RecordType.A);

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    private static PluginFixture Prometheus() => new(PrometheusDirective.Descriptor, "prometheus");

    private static Query Query(string name, RecordType type) => In(QueryFactory.Ask(name, type), Server, Zone);

    private static Query In(Query query, string server, DnsName zone)
    {
        query.ServerLabel = server;
        query.Zone = zone;
        return query;
    }

    private static ServeResult Answer(Query query)
    {
        query.AnsweredBy = "kubernetes";
        query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 96, 0, 1]);
        return ServeResult.Answered;
    }

    private static double Value(IReadOnlyList<string> page, string name)
    {
        var line = page.Single(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..]);
    }

    // "le value" of each bucket.
    private static IEnumerable<string> Buckets(IReadOnlyList<string> page, string name) =>
        page.Where(line => line.StartsWith(name + "_bucket", StringComparison.Ordinal))
            .Select(line => line.Split("le=\"")[1].Replace("\"}", "", StringComparison.Ordinal));
}
