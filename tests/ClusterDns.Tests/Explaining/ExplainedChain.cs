using System.Net;
using ClusterDns.Explaining;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Plugins.Any;
using ClusterDns.Plugins.Dns64;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Plugins.Local;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Explaining;

/// <summary>
/// <c>local</c>, <c>dns64</c>, <c>any</c>, <c>k8s_external</c>, <c>kubernetes</c> and <c>aaaa</c> in one block, in front of an
/// upstream; asked twice for everything, once as by a client and once with a trace.
/// </summary>
internal sealed class ExplainedChain
{
    private readonly PacketHandler _handler;

    /// <param name="cluster">The <c>kubernetes</c> directive, and the cluster.</param>
    /// <param name="external">What follows the word <c>k8s_external</c>.</param>
    /// <param name="dns64">What follows the word <c>dns64</c>.</param>
    /// <param name="mode">Of <c>aaaa</c>.</param>
    public ExplainedChain(KubernetesUnderTest cluster, string external, string dns64, AaaaMode mode)
    {
        Cluster = cluster;
        Dns64 = Dns64Directive.Parse(PluginFixture.ParseOne($"dns64 {dns64}"));
        External = K8sExternalDirective.Parse(PluginFixture.ParseOne($"k8s_external {external}"), [DnsName.Root], NullLogger.Instance);
        var registry = Metrics.NewCustomRegistry();
        var pool = new QueryPool();
        var lookup = new ServerLookup(pool);
        var outside = new K8sExternalPlugin(External, lookup);
        outside.Connect(cluster.Plugin);
        var aaaa = new AaaaPlugin(mode, serverHasIPv6: false);
        aaaa.Use(cluster.Cluster.Zone);
        var chain = PluginChain.Build(
        [
            new LocalPlugin(hasPrefix: true, new LocalMetrics(registry), NullLogger.Instance),
            new Dns64Plugin(Dns64, lookup, new Dns64Metrics(registry)),
            new AnyPlugin(),
            outside,
            cluster.Plugin,
            aaaa,
            new ConformanceUpstream(),
        ]);
        var router = new ZoneRouter([new ZoneRoute(DnsName.Root, chain, LogStackTraces: false)]);
        _handler = new PacketHandler(
            new ListenerRoutes(
                new ListenerKey("dns", null, 53), router, new QueryMetrics(registry, TimeProvider.System, new SeriesBudget(1))),
            pool,
            TimeProvider.System,
            Metrics.WithCustomRegistry(registry).CreateCounter("panics", ""),
            NullLogger.Instance);
    }

    public KubernetesUnderTest Cluster { get; }

    public K8sExternalOptions External { get; }

    public Dns64Options Dns64 { get; }

    /// <summary>The reply, which is the same with and without a trace, and the trace.</summary>
    public (byte[] Reply, TraceReading Reading) Ask(string name, RecordType type, string client)
    {
        var packet = QueryFactory.Packet(name, type, udpSize: 4096);
        var trace = new QueryTrace();
        var plain = Path(client);
        var traced = Path(client);
        _handler.Handle(packet, plain);
        _handler.Handle(packet, traced, trace);
        Assert.That(traced.Sent, Is.EqualTo(plain.Sent), $"{name} {type} {client}");
        return (plain.Sent!, new TraceReading(trace.Steps));
    }

    private static RecordingReplyPath Path(string client) =>
        new(TransportProtocol.Udp, IPEndPoint.Parse(client), IPEndPoint.Parse(QueryFactory.Server));
}
