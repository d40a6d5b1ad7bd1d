using System.Net;
using ClusterDns.Testing.Network;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>
/// Every sample Corefile that serves. In the cluster, <c>kubernetes.default</c> is 10.96.0.1; out in the world,
/// <c>www.example.com</c> is 192.0.2.80 and there is another cluster's DNS server, which NodeLocal DNSCache asks.
/// </summary>
internal static class SampleCases
{
    private const string ClusterName = "kubernetes.default.svc.cluster.local. A -> NOERROR A 10.96.0.1";
    private const string Reverse = "1.0.96.10.in-addr.arpa. PTR -> NOERROR PTR kubernetes.default.svc.cluster.local.";
    private const string External = "www.example.com. A -> NOERROR A 192.0.2.80";
    private const string Missing = "missing.default.svc.cluster.local. A -> NXDOMAIN";
    private const string MissingOutside = "missing.example.com. A -> NXDOMAIN";

    private const string ZoneFile = """
        @ 300 IN SOA ns hostmaster 1 7200 3600 1209600 300
          300 IN NS ns
        ns 300 IN A 192.0.2.91
        www 300 IN A 192.0.2.92
        *.wild 300 IN A 192.0.2.93
        alias 300 IN CNAME www

        """;

    private static readonly IPEndPoint NodeLocal = new(IPAddress.Parse("169.254.20.10"), 53);
    private static readonly IPEndPoint OtherPort = new(ClusterNetwork.ServerAddress, 5353);
    private static readonly IPEndPoint Unprivileged = new(ClusterNetwork.ServerAddress, 8053);

    public static IReadOnlyList<SampleCase> All { get; } =
    [
        Whole("kubeadm"), Whole("kubeadm-older"), Whole("kind"), Whole("deployment-repo"), Whole("digitalocean"), Whole("eks"),
        Whole("helm-chart"), Whole("kops"), Whole("kubespray"), Whole("microk8s"), Whole("rke2"), Whole("scaleway-kapsule"),
        Whole("aks", "a.b.c.d.internal.cloudapp.net. A -> NXDOMAIN", "a.reddog.microsoft.com. A -> NXDOMAIN"),
        Whole("minikube", "host.minikube.internal. A -> NOERROR A 192.168.49.1"),
        Whole("k3s", "node-1. A -> NOERROR A 10.0.0.11") with
        {
            Files = Pod("NodeHosts", "10.0.0.11 node-1\n"),
        },
        Whole("kops-nodns-ipv6", "www.example.com. AAAA -> NOERROR AAAA 64:ff9b::c000:250") with
        {
            AskAt = new(ClusterNetwork.ServerAddress6, 53),
        },
        Whole("kubespray-full", "kubernetes.default.svc.old.cluster.local. A -> NOERROR A 10.96.0.1",
            "kubernetes.default.my.domain. A -> NOERROR A 10.96.0.1", "localhost. A -> NOERROR A 127.0.0.1",
            "lb.demo.k8s_external.local. A -> NOERROR A 1.2.3.4",
            "db.internal.example.com. A -> NOERROR A 192.0.2.90", "printer.lan. A -> NOERROR A 10.0.0.99") with
        {
            Files = Pod("hosts", "10.0.0.99 printer.lan\n"),
        },
        Whole("openshift") with { AskAt = OtherPort },
        Whole("openshift-full", "www.foo.com. A -> NOERROR A 192.0.2.81", "www.bar.com. A -> NOERROR A 192.0.2.82") with { AskAt = OtherPort },
        Whole("gardener", "kubernetes.default.svc.cluster.local.svc.cluster.local. A -> NOERROR A 10.96.0.1") with { AskAt = Unprivileged },
        Whole("nodelocaldns-rendered") with { AskAt = NodeLocal },
        Whole("gardener-nodelocaldns") with { AskAt = NodeLocal },
        Whole("kubespray-nodelocaldns") with
        {
            AskAt = new(IPAddress.Parse("169.254.25.10"), 53),
            Variables = new Dictionary<string, string> { ["MY_HOST_IP"] = $"{ClusterNetwork.ServerAddress}" },
        },
        Part("custom/disable-aks-template.server", "aks", "a.b.c.d.internal.cloudapp.net. A -> NOERROR A 192.0.2.83"),
        Part("custom/forward-other-zone-aks.server", "aks", "www.contoso.com. A -> SERVFAIL"),
        Part("custom/hosts-inline-aks.override", "aks", "example2.org. A -> NOERROR A 10.0.0.2"),
        Part("custom/gardener-custom.override", "gardener") with { AskAt = Unprivileged },
        Part("custom/gardener-custom.server", "gardener", "www.global. A -> NOERROR A 192.0.2.84") with { AskAt = Unprivileged },
        new("custom/autopath.Corefile", ClusterName, Missing, "www.example.net. A -> NOERROR A 192.0.2.92",
            "missing.example.net. A -> NXDOMAIN", "www.example.com. A -> SERVFAIL")
        {
            Files = Pod("Zonefile", ZoneFile),
        },
        Whole("custom/dns64", "www.example.net. AAAA -> NOERROR AAAA 64:ff9b::c000:255"),
        new("custom/dot-upstream.Corefile", External, MissingOutside),
        new("custom/fallthrough-namespaces.Corefile", "www.cluster.local. A -> NOERROR A 192.0.2.92",
            "kubernetes.default.svc.cluster.local. A -> NXDOMAIN", "alias.cluster.local. A -> NOERROR A 192.0.2.92 CNAME www.cluster.local.")
        {
            Files = Pod("Zonefile", ZoneFile),
        },
        new("custom/k8s-external.Corefile", ClusterName, External, Missing, "lb.demo.example.org. A -> NOERROR A 1.2.3.4"),
        new("custom/acl-transfer.Corefile", ClusterName, Missing, "cluster.local. AXFR -> REFUSED"),
        Whole("custom/metadata-log"),
        Whole("custom/multi-cluster-eks", "web.camunda-paris.svc.cluster.local. A -> NOERROR A 192.0.2.85"),
        Whole("custom/multi-forward-homelab", "www.home.macro.network. A -> NOERROR A 192.0.2.86") with
        {
            Files = Pod("NodeHosts", "10.0.0.11 node-1\n"),
        },
        Whole("custom/rewrite-hairpin", "www.example.org. A -> NOERROR A 192.0.2.92", "x.wild.example.org. A -> NOERROR A 192.0.2.93",
            "foo.example.com. A -> NXDOMAIN") with
        {
            Files = Pod("example.db", ZoneFile),
        },
        Whole("custom/rewrite-issue2347", "kubernetes.my.domain. A -> NOERROR A 10.96.0.1"),
        new("custom/rewrite-regex-answer.Corefile", "kubernetes.example.com. A -> NOERROR A 10.96.0.1", "missing.example.com. A -> NXDOMAIN"),
        Whole("custom/serve-stale-tuned"),
        new("custom/snippets-env.Corefile", External, MissingOutside, "x.example.org. A -> NOERROR")
        {
            Variables = new Dictionary<string, string> { ["PORT"] = "9153" },
        },
        new("custom/split-horizon-hosts.Corefile", "site1.com. A -> NOERROR A 172.0.0.1", External, MissingOutside),
        new("custom/split-horizon-view.Corefile", "test. A -> NOERROR A 3.3.3.3", "test. AAAA -> NOERROR", "missing.example.com. A -> SERVFAIL"),
        Whole("custom/stub-domain", "web.service.consul.local. A -> NOERROR A 192.0.2.87"),
        Whole("custom/template-block", "ip-10-1-2-3.example. A -> NOERROR A 10.1.2.3", "www.example.com. AAAA -> NOERROR",
            "foogle.com. A -> NOERROR A 192.0.2.88 CNAME google.com."),
        new("custom/wildcard-template-kubernetes.Corefile", "kubernetes.default.svc. A -> NOERROR A 10.96.0.1", External,
            "1.0.96.10.in-addr.arpa. PTR -> NOERROR PTR kubernetes.default.svc.fzen.pro.",
            "a.fzen.pro. A -> NOERROR A 192.168.2.2", "kubernetes.default.svc.fzen.pro. A -> NOERROR A 10.96.0.1"),
    ];

    /// <summary>What does not start here or with CoreDNS 1.14, and what each is told.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["nodelocaldns.Corefile"] = "not a valid IP address or interface name: \"__PILLAR__LOCAL__DNS__\"",
        ["kops-nodelocaldns.Corefile"] = "not an IP address or file: \"__PILLAR__UPSTREAM__SERVERS__\"",
        ["openshift-dnsnameresolver.Corefile"] = "Unknown directive 'ocp_dnsnameresolver'",
        ["custom/route53-eks.Corefile"] = "directive 'route53' is not supported by ClusterDns",
        ["custom/multicluster.Corefile"] = "property 'multicluster' is not supported by this version of ClusterDns yet",
    };

    /// <summary>What the world's DNS servers know, as lines of a zone file; any other name does not exist.</summary>
    public static IReadOnlyList<string> World { get; } =
    [
        "www.example.com. 300 A 192.0.2.80", "www.foo.com. 300 A 192.0.2.81", "www.bar.com. 300 A 192.0.2.82",
        "a.b.c.d.internal.cloudapp.net. 300 A 192.0.2.83", "www.global. 300 A 192.0.2.84",
        "web.camunda-paris.svc.cluster.local. 300 A 192.0.2.85", "www.home.macro.network. 300 A 192.0.2.86",
        "web.service.consul.local. 300 A 192.0.2.87", "google.com. 300 A 192.0.2.88", "db.internal.example.com. 300 A 192.0.2.90",
        "www.example.net. 300 A 192.0.2.85", "kubernetes.default.svc.cluster.local. 300 A 10.96.0.1",
        "1.0.96.10.in-addr.arpa. 300 PTR kubernetes.default.svc.cluster.local.",
    ];

    /// <summary>The name that each upstream over TLS shows a certificate for.</summary>
    public static IReadOnlyDictionary<string, string> TlsNames { get; } = new Dictionary<string, string>
    {
        ["8.8.8.8"] = "dns.google",
        ["8.8.4.4"] = "dns.google",
        ["1.1.1.1"] = "cloudflare-dns.com",
        ["1.0.0.1"] = "cloudflare-dns.com",
        ["3.3.3.3"] = "dns.example.com",
    };

    private static SampleCase Whole(string name, params string[] more) =>
        new($"{name}.Corefile", [ClusterName, Reverse, External, Missing, .. more]);

    private static SampleCase Part(string file, string importedBy, params string[] more) =>
        new(file, [ClusterName, Reverse, External, Missing, .. more]) { ImportedBy = $"{importedBy}.Corefile" };

    private static Dictionary<string, string> Pod(string file, string text) => new() { [$"/etc/coredns/{file}"] = text };
}
