using System.Text;
using ClusterDns.Explaining;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Plugins.Any;
using ClusterDns.Plugins.Dns64;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Local;
using ClusterDns.Records;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>Random clusters and names, and plugins around the cluster's: what is explained is what is answered, and true.</summary>
[TestFixture]
internal sealed class ChainExplanationPropertyTests
{
    private const int Iterations = 2000;
    private const string IPv6Client = "[2001:db8::1]:40000";
    private const string TranslatedPrefix = "64:ff9b::";

    private static readonly string[] Directives =
    [
        "cluster.local in-addr.arpa {\n pods insecure\n }",
        "cluster.local {\n namespaces a b\n fallthrough\n }",
    ];

    private static readonly string[] Externals =
    [
        "example.org in-addr.arpa",
        "example.org {\n headless\n }",
        "example.org in-addr.arpa {\n headless\n apex a\n fallthrough\n }",
    ];

    private static readonly string[] Translations = ["", "{\n allow_ipv4\n }", "{\n allow_ipv4\n translate_all\n }"];

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.AAAA, RecordType.AAAA, RecordType.SRV, RecordType.PTR, RecordType.TXT, RecordType.ANY, RecordType.SOA, RecordType.NS];

    private static readonly ClusterChange[] Namespaces =
        [TestObjects.Namespace("a"), TestObjects.Namespace("b"), TestObjects.Namespace("c")];

    private static readonly Gen<string> Front = OneOf("", "", "", "h1.", "_http._tcp.", "_dns._udp.", "_tcp.", "x.y.z.");

    private static readonly Gen<string> Name = Gen.Frequency(
        (8, Gen.Select(Front, OneOf("s", "t", "u"), OneOf("a", "b", "c", "d")).Select((front, service, parent) => $"{front}{service}.{parent}.example.org.")),
        (3, Gen.Select(OneOf("s", "t", "u"), OneOf("a", "b", "c")).Select((service, parent) => $"{service}.{parent}.svc.cluster.local.")),
        (2, OneOf("example.org.", "a.example.org.", "dns.example.org.", "ns1.dns.example.org.", "b.a.example.org.", "1.0.0.10.in-addr.arpa.", "9.0.0.10.in-addr.arpa.")),
        (2, OneOf("localhost.", "x.localhost.", "localhost.example.org.", "127.in-addr.arpa.", "1.0.0.127.in-addr.arpa.", "9.0.0.127.in-addr.arpa.")),
        (2, OneOf("www.interwebs.test.", "interwebs.test.", "example.com.")));

    [Test]
    public void Explanation_OfAnyNameBehindOtherPlugins_IsWhatIsAnsweredAndTrue()
    {
        var deciders = new HashSet<string>();
        Gen.Select(
            RandomCluster.Changes,
            Gen.Select(OneOf(Directives), OneOf(Externals), OneOf(Translations), OneOf(AaaaMode.Always, AaaaMode.Auto, AaaaMode.Never)),
            Gen.Select(Name, OneOf(Types), OneOf(QueryFactory.Client, IPv6Client)).Array[1, 8],
            Gen.Bool).Sample(
            (changes, lines, questions, isKnown) =>
            {
                var (directive, external, dns64, mode) = lines;
                ResourceKind[] awaited = isKnown ? [] : [ResourceKind.Namespace];
                var cluster = new KubernetesUnderTest(directive, [.. Namespaces, .. changes], "10.0.0.1", null, awaited);
                var chain = new ExplainedChain(cluster, external, dns64, mode);
                foreach (var (name, type, client) in questions)
                {
                    var (reply, reading) = chain.Ask(name, type, client);
                    lock (deciders)
                    {
                        deciders.Add(reading.Decider);
                    }

                    CheckIsTrue(chain, reading, name, type, client, reply);
                }
            },
            iter: Iterations);

        Assert.That(deciders, Is.SupersetOf(new[] { "local", "dns64", "any", "k8s_external", "kubernetes", "aaaa", "upstream" }));
    }

    private static void CheckIsTrue(
        ExplainedChain chain, TraceReading reading, string name, RecordType type, string client, byte[] reply)
    {
        ReplyReader.TryRead(reply, out var fields);
        var answers = ReplyRecord.ReadAll(reply, fields.QuestionEnd).Where(record => record.Section == Section.Answer).ToList();
        var code = MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));
        var reason = ReasonText.Explain(reading, type);
        Assert.That(reason.Text, Is.Not.Empty.And.Not.Match("(?<!upstream) decided"), "only the upstream has no step of its own");
        Assert.That(reading.Reply!.Code, Is.EqualTo(code));
        Assert.That(reading.Reply.HasType, Is.EqualTo(answers.Exists(answer => answer.Type == type)));
        Assert.That(
            reason.Text.Contains("asks over IPv4", StringComparison.Ordinal),
            Is.EqualTo(type == RecordType.AAAA && client != IPv6Client && !chain.Dns64.AllowsIPv4 && !reading.Reply.HasType
                && code != ResponseCode.NameError && reading.Decider != "local"),
            $"{name} {type} {client}: {reason.Text}");
        switch (reading.Decider)
        {
            case "local":
                var isOfNobody = reading.Find<LocalStep>()!.Zone is null;
                Assert.That(isOfNobody, Is.EqualTo(name == "localhost.example.org."));
                break;
            case "any":
                Assert.That(reading.Find<AnyStep>(), Is.Not.Null);
                Assert.That((type, answers.Single().Type), Is.EqualTo((RecordType.ANY, RecordType.HINFO)));
                break;
            case "aaaa":
                Assert.That(reading.Find<AaaaStep>(), Is.Not.Null);
                Assert.That((type, answers.Count, code), Is.EqualTo((RecordType.AAAA, 0, ResponseCode.NoError)));
                break;
            case "dns64":
                CheckTranslation(chain, reading, answers);
                break;
            case "k8s_external":
                var end = reading.Find<ExternalStep>()!;
                Assert.That((end.FallsThrough, end.Answers), Is.EqualTo((false, answers.Count)));
                Assert.That(code, Is.EqualTo(
                    end.Miss == ExternalMiss.None ? ResponseCode.NoError : end.IsClusterKnown ? ResponseCode.NameError : ResponseCode.ServerFailure));
                Assert.That(IsTrue(chain, name, end, reading), Is.True, $"{name} {type} {end.Miss}");
                break;
            case "kubernetes":
                Assert.That(reading.Find<ClusterStep>()!.FallsThrough, Is.False);
                break;
            default:
                Assert.That(reading.Find<ExternalStep>() is null or { FallsThrough: true });
                Assert.That(reading.Find<ClusterStep>() is null or { FallsThrough: true });
                break;
        }
    }

    private static void CheckTranslation(ExplainedChain chain, TraceReading reading, List<ReplyRecord> answers)
    {
        var step = reading.Steps.OfType<Dns64Step>().Single();
        var made = answers.Where(answer => answer.Type == RecordType.AAAA).ToList();
        Assert.That(step.Outcome, Is.EqualTo(made.Count > 0 ? Dns64Outcome.Translated : Dns64Outcome.NoAddress));
        Assert.That(made.Select(answer => answer.Data), Is.All.StartsWith(TranslatedPrefix));
        Assert.That(reading.Lookups[^1].Question.Type, Is.EqualTo(RecordType.A));
        Assert.That(reading.Lookups[^1].End!.Answers, Is.EqualTo(answers.Count));
        Assert.That(reading.Before(step).Steps.OfType<Dns64Step>(), Is.Empty);
        Assert.That(chain.Dns64, Is.EqualTo(step.Options));
    }

    // What the reason says, looked up in another way.
    private static bool IsTrue(ExplainedChain chain, string name, ExternalStep end, TraceReading reading)
    {
        var labels = name.Split('.').Length - 3;
        if (reading.Find<ExternalNameStep>() is not { } step)
        {
            return end.Miss switch
            {
                ExternalMiss.BelowApex => name.EndsWith($".{chain.External.Apex}example.org.", StringComparison.Ordinal),
                ExternalMiss.NoSuchAddress => !chain.Cluster.Cluster.Zone.Services.Any(service =>
                    service.ExternalAddresses.Contains(reading.Find<ExternalPointerStep>()!.Address) && IsServed(chain, service.Namespace.Label)
                    && (service.Namespace.Exists || chain.Cluster.Options.Namespaces.IsEmpty)),
                var miss => miss == ExternalMiss.None,
            };
        }

        var parent = chain.Cluster.Cluster.Zone.FindNamespace(Octets(step.Namespace));
        var service = parent?.FindService(Octets(step.Owner));
        var isOutside = service is not null && service.ExternalAddresses.Length > 0;
        var isItself = step.Endpoint.Length + step.Port.Length + step.Protocol.Length == 0;
        return end.Miss switch
        {
            ExternalMiss.None => service is null ? step is { Owner: "", Kind: ExternalTarget.Empty }
                : step.Kind == (isOutside ? ExternalTarget.Outside : ExternalTarget.Endpoints),
            ExternalMiss.WrongShape => name.EndsWith(".in-addr.arpa.", StringComparison.Ordinal) || labels > 4,
            ExternalMiss.NamespaceNotServed => !IsServed(chain, Octets(step.Namespace)),
            ExternalMiss.NoSuchNamespace => parent is null,
            ExternalMiss.NoSuchService => parent is not null && service is null,
            ExternalMiss.NotReachedFromOutside => service is not null && !isOutside
                && (!chain.External.HasHeadless || service.Kind != ServiceKind.Headless),
            ExternalMiss.NoSuchPort => service is not null && !isItself,
            ExternalMiss.NoReadyEndpoint => service is { ReadyCount: 0 } && !isOutside,
            ExternalMiss.NoSuchEndpoint => service is { ReadyCount: > 0 } && !isOutside
                && !ServiceWords.EndpointLabels(service).Contains(step.Endpoint),
            _ => false,
        };
    }

    private static bool IsServed(ExplainedChain chain, ReadOnlySpan<byte> parent) => chain.Cluster.Options.Namespaces.Passes(parent);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
