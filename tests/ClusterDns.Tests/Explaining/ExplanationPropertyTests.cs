using System.Net;
using System.Text;
using ClusterDns.Explaining;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Transport;
using ClusterDns.Wire;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Explaining;

/// <summary>Random clusters and names: what is explained is what is answered, and each reason given is true.</summary>
[TestFixture]
internal sealed class ExplanationPropertyTests
{
    private const int Iterations = 3000;

    private static readonly string[] Directives =
    [
        "cluster.local in-addr.arpa ip6.arpa {\n pods insecure\n }",
        "cluster.local in-addr.arpa {\n pods verified\n ignore empty_service\n }",
        "cluster.local ip6.arpa {\n namespaces a b\n fallthrough\n }",
        "cluster.local",
    ];

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.PTR, RecordType.TXT, RecordType.CNAME, RecordType.SOA, RecordType.NS, RecordType.MX];

    private static readonly ClusterChange[] Namespaces =
        [TestObjects.Namespace("a"), TestObjects.Namespace("b"), TestObjects.Namespace("c")];

    private static readonly Gen<string> Label = OneOf(
        "a", "b", "c", "d", "s", "t", "u", "x", "h1", "svc", "pod", "_http", "_dns", "_tcp", "_udp", "_", "10-0-0-1", "fd00--1", "ns", "dns", "dns-version");

    private static readonly Gen<string> Front = OneOf("", "", "", "h1.", "h2.", "10-0-0-1.", "_http._tcp.", "_dns._udp.", "_dns._tcp.", "fd00--1.");

    private static readonly Gen<string> Name = Gen.Frequency(
        (8, Gen.Select(Front, OneOf("s", "t", "u"), OneOf("a", "b", "c"))
            .Select((front, service, parent) => $"{front}{service}.{parent}.svc.cluster.local.")),
        (4, Gen.Select(Label.Array[0, 3], OneOf("a", "b", "c", "d"), OneOf("svc", "pod", "svc", "svcs"))
            .Select((front, parent, branch) => string.Join('.', [.. front, parent, branch, "cluster.local."]))),
        (1, Label.Array[0, 6].Select(labels => string.Join('.', [.. labels, "cluster.local."]))),
        (1, OneOf("1.0.0.10.in-addr.arpa.", "9.0.0.10.in-addr.arpa.", "0.10.in-addr.arpa.", "a.ip6.arpa.", "example.com.", "Cluster.LOCAL.")));

    [Test]
    public void Explanation_OfAnyNameInAnyCluster_IsWhatIsAnsweredAndTrue() =>
        Gen.Select(RandomCluster.Changes, OneOf(Directives), Gen.Select(Name, OneOf(Types)).Array[1, 8], Gen.Bool).Sample(
            (changes, directive, questions, isKnown) =>
            {
                ResourceKind[] awaited = isKnown ? [] : [ResourceKind.Namespace];
                var cluster = new KubernetesUnderTest(directive, [.. Namespaces, .. changes], "10.0.0.1", null, awaited);
                var handler = Handler(cluster);
                foreach (var (name, type) in questions)
                {
                    var packet = QueryFactory.Packet(name, type, udpSize: 4096);
                    var trace = new QueryTrace();
                    var plain = Path();
                    var traced = Path();
                    handler.Handle(packet, plain);
                    handler.Handle(packet, traced, trace);

                    Assert.That(traced.Sent, Is.EqualTo(plain.Sent), $"{name} {type}");
                    CheckIsTrue(cluster, new TraceReading(trace.Steps), type, plain.Sent!);
                }
            },
            iter: Iterations);

    private static void CheckIsTrue(KubernetesUnderTest cluster, TraceReading reading, RecordType type, byte[] reply)
    {
        var code = MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));
        var reason = ReasonText.Explain(reading, type);
        Assert.That(reason.Text, Is.Not.Empty);
        Assert.That(reading.Reply!.Code, Is.EqualTo(code));
        if (reading.Find<ClusterStep>() is not { } conclusion)
        {
            Assert.That(reading.Decider, Is.Not.EqualTo("kubernetes"));
            return;
        }

        var expected = conclusion switch
        {
            { FallsThrough: true } => ResponseCode.ServerFailure,
            { Outcome: not AnswerOutcome.NameError } => ResponseCode.NoError,
            { IsClusterKnown: true } => ResponseCode.NameError,
            _ => ResponseCode.ServerFailure,
        };
        Assert.That(code, Is.EqualTo(expected));
        Assert.That(conclusion.Outcome == AnswerOutcome.Answered, Is.EqualTo(MessageHeader.AnswerCount(reply) > 0));
        if (reading.Find<NameStep>() is { } name)
        {
            Assert.That(name.Reason == NameReason.None, Is.EqualTo(name.Kind != TargetKind.NameError));
            Assert.That(IsTrue(cluster, name), Is.True, $"{name.Name} {name.Reason}");
        }
    }

    // What the reason says, looked up in another way.
    private static bool IsTrue(KubernetesUnderTest cluster, NameStep name)
    {
        var parent = cluster.Cluster.Zone.FindNamespace(Octets(name.Namespace));
        var service = parent?.FindService(Octets(name.Owner));
        return name.Reason switch
        {
            NameReason.NamespaceNotServed => !cluster.Options.Namespaces.Passes(Octets(name.Namespace)),
            NameReason.NoSuchNamespace => parent is null,
            NameReason.PodsDisabled => parent is not null && cluster.Options.Pods == PodMode.Disabled,
            NameReason.NotAPodAddress => parent is not null && !IPAddress.TryParse(name.Owner.Replace('-', '.'), out _),
            NameReason.NoSuchPod => parent is not null && cluster.Options.Pods == PodMode.Verified,
            NameReason.NoSuchService => parent is not null && service is null,
            NameReason.AliasWithoutTarget => service is { Kind: ServiceKind.ExternalName } && service.ExternalName.IsEmpty,
            NameReason.BelowAlias => service is { Kind: ServiceKind.ExternalName } && !name.IsOwnerItself,
            NameReason.EmptyServiceIgnored => service is { ReadyCount: 0, Kind: ServiceKind.ClusterIP },
            NameReason.NoReadyEndpoint => service is { ReadyCount: 0 },
            NameReason.NoSuchEndpoint => service is { ReadyCount: > 0 } && !ServiceWords.EndpointLabels(service).Contains(name.Endpoint),
            NameReason.NoSuchPort => service is not null && name.Port.Length + name.Protocol.Length > 0,
            _ => true,
        };
    }

    private static PacketHandler Handler(KubernetesUnderTest cluster)
    {
        var registry = Metrics.NewCustomRegistry();
        var chain = PluginChain.Build([cluster.Plugin]);
        var router = new ZoneRouter([new ZoneRoute(DnsName.Root, chain, LogStackTraces: false)]);
        var metrics = new QueryMetrics(registry, TimeProvider.System, new SeriesBudget(1));
        return new PacketHandler(
            new ListenerRoutes(new ListenerKey("dns", null, 53), router, metrics),
            new QueryPool(),
            TimeProvider.System,
            Metrics.WithCustomRegistry(registry).CreateCounter("panics", ""),
            NullLogger.Instance);
    }

    private static RecordingReplyPath Path() =>
        new(TransportProtocol.Udp, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
