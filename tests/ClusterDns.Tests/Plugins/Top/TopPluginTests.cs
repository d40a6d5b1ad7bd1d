using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Top;
using ClusterDns.Plugins.Top.Sketches;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopPluginTests
{
    private static readonly string[] Nothing = [];

    [Test]
    public async Task Query_Answered_IsCountedByClientNameAndRcode()
    {
        await using var fixture = await StartAsync();
        fixture.Ask(QueryFactory.Ask("WWW.Example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("www.example.org", RecordType.A, client: "[fd00::1]:53"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Shown(fixture, TopFamily.Client), Is.EqualTo(["10.244.0.5 1", "fd00::1 1"]));
            Assert.That(Shown(fixture, TopFamily.Name), Is.EqualTo(["www.example.org. 2"]));
            Assert.That(Shown(fixture, TopFamily.Rcode), Is.EqualTo(["NOERROR 2"]));
            Assert.That(Shown(fixture, TopFamily.Namespace), Is.EqualTo(Nothing));
            Assert.That(Shown(fixture, TopFamily.Upstream), Is.EqualTo(Nothing));
        }
    }

    [Test]
    public async Task Query_FailedDroppedOrForwarded_IsCountedAsWhatBecameOfIt()
    {
        await using var fixture = await StartAsync();
        fixture.Rest = query =>
        {
            query.Upstream = query.Type == RecordType.MX ? "192.0.2.1:53" : null;
            query.Reply.Code = query.Type == RecordType.MX ? ResponseCode.NameError : ResponseCode.NoError;
            return query.Type == RecordType.A ? query.Fail(ResponseCode.ServerFailure, "no")
                : query.Type == RecordType.MX ? ServeResult.Answered
                : ServeResult.Dropped;
        };
        fixture.Ask(QueryFactory.Ask("a.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("mx.example.org", RecordType.MX));
        fixture.Ask(QueryFactory.Ask("txt.example.org", RecordType.TXT));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Shown(fixture, TopFamily.Rcode), Is.EquivalentTo(["SERVFAIL 1", "NXDOMAIN 1"]));
            Assert.That(Shown(fixture, TopFamily.Upstream), Is.EqualTo(["mx.example.org. 1"]));
            Assert.That(
                Shown(fixture, TopFamily.Name), Is.EquivalentTo(["a.example.org. 1", "mx.example.org. 1", "txt.example.org. 1"]));
        }
    }

    [Test]
    public async Task Query_OfAKnownPod_IsCountedByPodAndNamespaceAsOfThen()
    {
        var cluster = new KubernetesUnderTest(
            "cluster.local {\n pods verified\n }", [Namespace("shop"), Namespace("bank"), Pod("shop/web-0", "10.244.0.5")]);
        await using var fixture = await StartAsync(cluster.Plugin);
        var query = QueryFactory.Ask("www.example.org", RecordType.A);
        fixture.Ask(query);
        cluster.Cluster.Apply(
            Remove(ClusterDns.Kubernetes.Objects.ResourceKind.Pod, "shop/web-0"), Pod("bank/till-0", "10.244.0.5"));
        fixture.Ask(query);
        fixture.Ask(query);
        fixture.Ask(QueryFactory.Ask("www.example.org", RecordType.A, client: "192.0.2.9:53"));
        var clients = fixture.Services.TopTalkers.Read().Total[(int)TopFamily.Client].Entries;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                clients.Select(entry => $"{entry.Text} {entry.Namespace ?? "-"} {entry.Pod ?? "-"} {entry.Count}"),
                Is.EqualTo(["10.244.0.5 bank till-0 2", "10.244.0.5 shop web-0 1", "192.0.2.9 - - 1"]));
            Assert.That(Shown(fixture, TopFamily.Namespace), Is.EqualTo(["bank 2", "shop 1"]));
        }
    }

    [Test]
    public async Task Query_OfOurOwn_IsNotCounted()
    {
        await using var fixture = await StartAsync();
        var cause = QueryFactory.Ask("www.example.org", RecordType.A);
        using var inner = new Query();
        inner.Read(QueryFactory.Packet("target.example.net", RecordType.A), cause);
        fixture.Ask(inner);

        Assert.That(Shown(fixture, TopFamily.Name), Is.EqualTo(Nothing));
    }

    [Test]
    public async Task Query_ThatHadToWait_IsCountedWhenItIsAnswered()
    {
        await using var fixture = await StartAsync();
        var answer = new TaskCompletionSource<ServeResult>();
        var chain = PluginChain.Build(
            [.. fixture.Block.Plugins, new StubPlugin(_ => new ValueTask<ServeResult>(answer.Task))]);
        var pending = chain.ServeAsync(QueryFactory.Ask("www.example.org", RecordType.A));
        Assert.That(Shown(fixture, TopFamily.Name), Is.EqualTo(Nothing));
        answer.SetResult(ServeResult.Answered);
        await pending;

        Assert.That(Shown(fixture, TopFamily.Name), Is.EqualTo(["www.example.org. 1"]));
    }

    [Test]
    public async Task Query_OfTheLongestNameWithAnyOctets_IsShownWholeAndPrintable()
    {
        var label = string.Concat(Enumerable.Repeat("\\001\\255\\034", 21));
        var name = $"{label}.{label}.{label}.{string.Concat(Enumerable.Repeat("\\010", 61))}.";
        await using var fixture = await StartAsync();
        using var query = QueryFactory.Ask(name, RecordType.A);
        fixture.Ask(query);

        Assert.That(query.Name.Length, Is.EqualTo(WireName.MaxLength));
        var text = fixture.Services.TopTalkers.Read().Total[(int)TopFamily.Name].Entries.Single().Text;
        Assert.That(text, Is.EqualTo(name.Replace("\\034", "\\\"", StringComparison.Ordinal)));
        Assert.That(text, Does.Match("^[!-~]+$"));
    }

    [Test]
    public async Task Reload_SameSample_GoesOnCounting()
    {
        await using var fixture = await StartAsync();
        fixture.Ask(QueryFactory.Ask("example.org", RecordType.A));
        var reloaded = new BlockSetup([DnsName.Root], new ConfigurationSetup(fixture.Services));
        TopDirective.Descriptor.SetUp(PluginFixture.Parse("top {\n sample 1\n }"), reloaded);
        await reloaded.Configuration.Starts.Single()(CancellationToken.None);
        await fixture.StopAsync();
        var chain = PluginChain.Build([.. reloaded.Plugins, new StubPlugin(_ => ServeResult.Answered)]);
        await chain.ServeAsync(QueryFactory.Ask("example.org", RecordType.A));
        Assert.That(Shown(fixture, TopFamily.Name), Is.EqualTo(["example.org. 2"]));

        await reloaded.Configuration.StopAsync();
        Assert.That(fixture.Services.TopTalkers.Octets, Is.Zero, "given back with the last user");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(64)]
    public async Task Query_WithSampling_AllocatesNothing(int sample)
    {
        var cluster = new KubernetesUnderTest(
            "cluster.local {\n pods verified\n }", [Namespace("shop"), Pod("shop/web-0", "10.244.0.5")]);
        await using var fixture = await StartAsync(cluster.Plugin, sample);
        fixture.Rest = Forwarded;
        var chain = fixture.Chain();
        using var query = QueryFactory.Ask("www.example.org", RecordType.A);

        Assert.That(Allocation.Of(() => _ = chain.ServeAsync(query).Result), Is.Zero);
        Assert.That(Shown(fixture, TopFamily.Upstream), Has.Length.EqualTo(1), "it was looked at");
    }

    [Test]
    public void Generation_ThatBegins_AllocatesNothing()
    {
        var tally = new TopTally(new KeyHash(1));
        var generation = 0L;
        Assert.That(
            Allocation.Of(() =>
            {
                tally.Enter(++generation);
                tally.Add(TopFamily.Name, [1, (byte)'a', 0]);
            }),
            Is.Zero);
    }

    private static ServeResult Forwarded(Query query)
    {
        query.Upstream = "192.0.2.1:53";
        return ServeResult.Answered;
    }

    private static async Task<PluginFixture> StartAsync(KubernetesPlugin? cluster = null, int sample = 1)
    {
        var fixture = new PluginFixture(TopDirective.Descriptor, $"top {{\n sample {sample}\n }}");
        if (cluster is not null)
        {
            fixture.Block.Add(cluster);
        }

        await fixture.StartAsync();
        return fixture;
    }

    private static string[] Shown(PluginFixture fixture, TopFamily family) =>
        [.. fixture.Services.TopTalkers.Read().Total[(int)family].Entries.Select(entry => $"{entry.Text} {entry.Count}")];
}
