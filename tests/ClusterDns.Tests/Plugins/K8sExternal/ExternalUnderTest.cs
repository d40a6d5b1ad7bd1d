using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.K8sExternal;

/// <summary>A <c>k8s_external</c> directive beside a <c>kubernetes</c> one, in front of a small cluster.</summary>
internal sealed class ExternalUnderTest
{
    private readonly Plugin _next;

    /// <param name="directive">What follows the word <c>k8s_external</c>.</param>
    /// <param name="kubernetes">What follows the word <c>kubernetes</c>.</param>
    /// <param name="local">Addresses of the server itself, between blanks.</param>
    /// <param name="awaited">Kinds that have to be listed before the cluster counts as known.</param>
    public ExternalUnderTest(
        string directive = "example.org in-addr.arpa ip6.arpa",
        string kubernetes = "cluster.local",
        string local = "",
        params ResourceKind[] awaited)
    {
        Cluster = new KubernetesUnderTest(kubernetes, Objects(), local, next: null, awaited);
        var options = K8sExternalDirective.Parse(
            PluginFixture.ParseOne($"k8s_external {directive}"), [DnsName.Parse("block.test")], NullLogger.Instance);
        Plugin = new K8sExternalPlugin(options, new ServerLookup(new QueryPool()));
        Plugin.Connect(Cluster.Plugin);
        _next = new ConformanceUpstream();
    }

    public KubernetesUnderTest Cluster { get; }

    public K8sExternalPlugin Plugin { get; }

    /// <summary>See <see cref="PluginAnswers.AskFor"/>.</summary>
    public string Ask(string question)
    {
        var words = question.Split(' ');
        Mnemonic.TryParse(words[1], out RecordType type);
        using var query = QueryFactory.Ask(words[0], type, words.Length > 2 ? RecordClass.CH : RecordClass.IN, udpSize: 4096);
        query.Router = new OneChain(PluginChain.Build([Plugin, _next]));
        var result = Plugin.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        return result.Outcome == ServeOutcome.Declined ? "next" : PluginAnswers.Describe(query);
    }

    /// <summary>A Service with what it is reached by from outside.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <param name="addresses">Addresses between blanks.</param>
    /// <param name="hostnames">Host names between blanks.</param>
    /// <param name="ports">Ports between blanks.</param>
    public static ClusterChange Reached(string key, string addresses, string hostnames = "", string ports = "http/tcp/80") =>
        ClusterChange.Put(new ServiceRecord
        {
            Key = Key(key),
            Kind = ServiceKind.ClusterIP,
            ClusterAddresses = [Address("10.96.0.1")],
            Ports = [.. Split(ports).Select(Port)],
            ExternalAddresses = [.. Split(addresses).Select(Address)],
            ExternalHostnames = [.. Split(hostnames)],
        });

    private static IEnumerable<ClusterChange> Objects() =>
    [
        Namespace("shop"),
        Namespace("kube-system"),
        Reached("shop/web", "192.0.2.1 192.0.2.2 2001:db8::1", ports: "http/tcp/80 https/tcp/443 /udp/53"),
        Reached("shop/twin", "192.0.2.1"),
        Reached("shop/bare", "192.0.2.3", ports: ""),
        Reached("shop/lb", "", "www.interwebs.test"),
        Reached("shop/lost", "", "nothing.interwebs.test"),
        Reached("shop/both", "192.0.2.4", "www.interwebs.test"),
        Reached("kube-system/dns", "192.0.2.53 2001:db8::53", ports: "dns/udp/53"),
        Slice("kube-system/dns-1", "dns", Group("10.244.0.2")),
        Reached("orphan/web", "192.0.2.9"),
        Service("shop/inside", "10.96.0.7"),
        Slice("shop/inside-1", "inside", Group("10.244.0.9=pod-a")),
        Service("shop/db", ""),
        Slice("shop/db-1", "db", Group("10.244.0.10=db-0 10.244.0.11=db-1", "sql/tcp/5432"), Group("fd00::10=db-0", "sql/tcp/5432")),
        Service("shop/empty", ""),
    ];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
