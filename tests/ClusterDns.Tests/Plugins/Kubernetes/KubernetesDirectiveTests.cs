using ClusterDns.Corefile;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Testing;
using ClusterDns.Tests.Corefile;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class KubernetesDirectiveTests
{
    private readonly LogCapture _log = new();

    [Test]
    public void NoProperties_Parsed_GivesDefaults()
    {
        var options = Parse("cluster.local");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.TimeToLive, Is.EqualTo(5));
            Assert.That(options.Pods, Is.EqualTo(PodMode.Disabled));
            Assert.That(options.Namespaces.IsEmpty, Is.True);
            Assert.That(options.IgnoreEmptyServices, Is.False);
            Assert.That(options.StartupTimeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(options.Source, Is.EqualTo(new ClusterSourceOptions()));
            Assert.That(Covers(options.Fallthrough, "cluster.local"), Is.False);
        }
    }

    [TestCase("cluster.local in-addr.arpa", "cluster.local.", "1.2.in-addr.arpa.")]
    [TestCase("10.0.0.0/8 Cluster.Local", "cluster.local.", "1.10.in-addr.arpa.")]
    [TestCase("", "block.test.", "x.block.test.", TestName = "The block's zones")]
    [TestCase("10.0.0.0/23 cluster.local", "cluster.local.", "7.1.0.10.in-addr.arpa.")]
    [TestCase("in-addr.arpa cluster.local", "in-addr.arpa.", "cluster.local.", TestName = "A whole arpa zone slips through")]
    public void Zones_Parsed_AreServed(string zones, string primary, string served)
    {
        var options = Parse(zones);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.PrimaryZone.ToString(), Is.EqualTo(primary));
            Assert.That(Covers(options.Zones, served), Is.True);
            Assert.That(Covers(options.Zones, "example.org."), Is.False);
        }
    }

    [Test]
    public void ArgumentThatIsNoZone_Parsed_IsPassedOverAloud()
    {
        var options = Parse("a..b cluster.local");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.PrimaryZone.ToString(), Is.EqualTo("cluster.local."));
            Assert.That(_log.Lines, Has.Count.EqualTo(1));
            Assert.That(_log.Lines[0], Does.StartWith("[Warning] plugin/kubernetes: Corefile:2 - "));
        }
    }

    [TestCase("endpoint https://10.0.0.1:6443", "Endpoint", "https://10.0.0.1:6443")]
    [TestCase("kubeconfig /etc/kubeconfig", "KubeconfigPath", "/etc/kubeconfig")]
    [TestCase("kubeconfig /etc/kubeconfig admin", "KubeconfigContext", "admin")]
    [TestCase("labels environment in (production, qa),application=nginx", "LabelSelector", "environment in (production, qa),application=nginx")]
    [TestCase("namespace_labels team=dns", "NamespaceLabelSelector", "team=dns")]
    [TestCase("noendpoints", "EndpointSource", EndpointSource.None)]
    [TestCase("endpoint_source auto", "EndpointSource", EndpointSource.Auto)]
    [TestCase("endpoint_source slices", "EndpointSource", EndpointSource.Slices)]
    [TestCase("endpoint_source endpoints", "EndpointSource", EndpointSource.Endpoints)]
    [TestCase("endpoint_pod_names", "KeepPodNames", true)]
    [TestCase("pods verified", "WatchPods", true)]
    [TestCase("pods insecure", "WatchPods", false)]
    [TestCase("apiserver_qps 12.5", "MaxRequestsPerSecond", 12.5)]
    [TestCase("apiserver_burst 40", "RequestBurst", 40)]
    [TestCase("apiserver_max_inflight 3", "MaxRequestsPerSecond", 0.0, TestName = "Accepted, without meaning")]
    public void SourceProperty_Parsed_IsKept(string property, string name, object expected) =>
        Assert.That(Parse("cluster.local", property).Source, Has.Property(name).EqualTo(expected));

    [Test]
    public void CertificateFiles_Parsed_AreKept() =>
        Assert.That(
            Parse("cluster.local", "tls cert.pem key.pem ca.pem").Source.Certificate,
            Is.EqualTo(new ClientCertificateFiles("cert.pem", "key.pem", "ca.pem")));

    [TestCase("ttl 0", 0u)]
    [TestCase("ttl 30", 30u)]
    [TestCase("ttl 3600", 3600u)]
    [TestCase("ttl 30 40", 30u, TestName = "Further words are passed over")]
    public void TimeToLive_Parsed_IsKept(string property, uint expected) =>
        Assert.That(Parse("cluster.local", property).TimeToLive, Is.EqualTo(expected));

    [TestCase("startup_timeout 0", 0)]
    [TestCase("startup_timeout 1m30s", 90_000)]
    [TestCase("startup_timeout 500ms", 500)]
    public void StartupTimeout_Parsed_IsKept(string property, int milliseconds) =>
        Assert.That(Parse("cluster.local", property).StartupTimeout, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("snapshot names", 24 * 3600, 1000)]
    [TestCase("snapshot names 1h30m", 5400, 1000)]
    [TestCase("snapshot names 8760h", 8760 * 3600, 1000)]
    [TestCase("snapshot other \n snapshot names 1s", 1, 1000)]
    [TestCase("snapshot names \n startup_timeout 200ms", 24 * 3600, 200, TestName = "The start does not wait for the snapshot")]
    public void Snapshot_Parsed_IsKept(string property, int age, int grace) =>
        Assert.That(
            Parse("cluster.local", property).Source.Snapshot,
            Is.EqualTo(new SnapshotOptions("names", TimeSpan.FromSeconds(age), TimeSpan.FromMilliseconds(grace))));

    [TestCase("pods disabled", PodMode.Disabled)]
    [TestCase("pods insecure", PodMode.Insecure)]
    [TestCase("pods verified", PodMode.Verified)]
    [TestCase("pods verified \n pods disabled", PodMode.Disabled)]
    public void Pods_Parsed_AreKept(string property, object expected) =>
        Assert.That(Parse("cluster.local", property).Pods, Is.EqualTo(expected));

    [TestCase("ignore empty_service", true)]
    [TestCase("ignore", false)]
    [TestCase("ignore empty_service \n ignore", true)]
    public void Ignore_Parsed_IsKept(string property, bool expected) =>
        Assert.That(Parse("cluster.local", property).IgnoreEmptyServices, Is.EqualTo(expected));

    [Test]
    public void Namespaces_ParsedFromSeveralLines_AddUp()
    {
        var namespaces = Parse("cluster.local", "namespaces b a \n namespaces c").Namespaces;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(namespaces.Passes("a"u8) && namespaces.Passes("b"u8) && namespaces.Passes("c"u8), Is.True);
            Assert.That(namespaces.Passes("d"u8), Is.False);
        }
    }

    [TestCase("fallthrough", "example.org", true)]
    [TestCase("fallthrough in-addr.arpa 10.0.0.0/8", "1.in-addr.arpa", true)]
    [TestCase("fallthrough in-addr.arpa", "cluster.local", false)]
    [TestCase("fallthrough \n fallthrough in-addr.arpa", "cluster.local", false)]
    public void Fallthrough_Parsed_CoversItsZones(string property, string name, bool expected) =>
        Assert.That(Covers(Parse("cluster.local", property).Fallthrough, name), Is.EqualTo(expected));

    [Test]
    public void SeveralEndpoints_Parsed_UseTheFirstAloud()
    {
        var options = Parse("cluster.local", "endpoint http://a http://b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Source.Endpoint, Is.EqualTo("http://a"));
            Assert.That(_log.Lines, Is.EqualTo(new[]
            {
                "[Warning] plugin/kubernetes: Multiple endpoints have been deprecated, only the first specified endpoint 'http://a' is used",
            }));
        }
    }

    [TestCase("10.0.0.0/8", "", "2 - Error during parsing: non-reverse zone name must be used")]
    [TestCase("cluster.local", "upstream", "3 - Error during parsing: unknown property 'upstream'")]
    [TestCase("cluster.local", "transfer to *", "3 - Error during parsing: unknown property 'transfer'")]
    [TestCase("cluster.local", "resyncperiod 5m", "3 - Error during parsing: unknown property 'resyncperiod'")]
    [TestCase("cluster.local", "ttl x", "3 - Error during parsing: strconv.Atoi: parsing \"x\": invalid syntax")]
    [TestCase("cluster.local", "ttl 1.5", "3 - Error during parsing: strconv.Atoi: parsing \"1.5\": invalid syntax")]
    [TestCase("cluster.local", "ttl 99999999999999999999", "3 - Error during parsing: strconv.Atoi: parsing \"99999999999999999999\": value out of range")]
    [TestCase("cluster.local", "ttl 3601", "3 - Error during parsing: ttl must be in range [0, 3600]: 3601")]
    [TestCase("cluster.local", "ttl -1", "3 - Error during parsing: ttl must be in range [0, 3600]: -1")]
    [TestCase("cluster.local", "pods maybe", "3 - Error during parsing: wrong value for pods: maybe,  must be one of: disabled, verified, insecure")]
    [TestCase("cluster.local", "ignore everything", "3 - Error during parsing: unable to parse ignore value: 'everything'")]
    [TestCase("cluster.local", "labels a in (", "3 - Error during parsing: unable to parse label selector value: 'a in ('")]
    [TestCase("cluster.local", "namespace_labels =", "3 - Error during parsing: unable to parse namespace_label selector value: '='")]
    [TestCase("cluster.local", "namespaces a \n namespace_labels b", "2 - Error during parsing: namespaces and namespace_labels cannot both be set")]
    [TestCase("cluster.local", "noendpoints \n endpoint_source slices", "2 - Error during parsing: noendpoints and endpoint_source cannot both be set")]
    [TestCase("cluster.local", "endpoint_source both", "3 - Error during parsing: wrong value for endpoint_source: both, must be one of: auto, slices, endpoints")]
    [TestCase("cluster.local", "apiserver_qps x", "3 - Error during parsing: invalid apiserver_qps \"x\": strconv.ParseFloat: parsing \"x\": invalid syntax")]
    [TestCase("cluster.local", "apiserver_qps -1", "3 - Error during parsing: apiserver_qps must be >= 0")]
    [TestCase("cluster.local", "apiserver_burst 1.5", "3 - Error during parsing: invalid apiserver_burst \"1.5\": strconv.Atoi: parsing \"1.5\": invalid syntax")]
    [TestCase("cluster.local", "apiserver_burst -2", "3 - Error during parsing: apiserver_burst must be >= 0")]
    [TestCase("cluster.local", "apiserver_max_inflight -2", "3 - Error during parsing: apiserver_max_inflight must be >= 0")]
    [TestCase("cluster.local", "startup_timeout soon", "3 - Error during parsing: failed to parse startup_timeout: soon, time: invalid duration \"soon\"")]
    [TestCase("cluster.local", "startup_timeout -5s", "3 - Error during parsing: startup_timeout must be in range [0s, 1h]: -5s")]
    [TestCase("cluster.local", "startup_timeout 61m", "3 - Error during parsing: startup_timeout must be in range [0s, 1h]: 61m")]
    [TestCase("cluster.local", "snapshot names old", "3 - Error during parsing: failed to parse snapshot max_age: old, time: invalid duration \"old\"")]
    [TestCase("cluster.local", "snapshot names 0s", "3 - Error during parsing: snapshot max_age must be in range [1s, 8760h]: 0s")]
    [TestCase("cluster.local", "snapshot names 8761h", "3 - Error during parsing: snapshot max_age must be in range [1s, 8760h]: 8761h")]
    [TestCase("cluster.local", "zonal", "3 - Error during parsing: property 'zonal' is not supported by this version of ClusterDns yet")]
    [TestCase("cluster.local", "multicluster clusterset.local", "3 - Error during parsing: property 'multicluster' is not supported by this version of ClusterDns yet")]
    public void Mistake_Parsed_IsToldWithItsLine(string zones, string properties, string expected) =>
        Assert.That(ErrorOf(zones, properties), Is.EqualTo($"Corefile:{expected}"));

    [TestCase("endpoint", "endpoint")]
    [TestCase("tls cert.pem key.pem", "key.pem")]
    [TestCase("tls a b c d", "d")]
    [TestCase("kubeconfig", "kubeconfig")]
    [TestCase("kubeconfig a b c", "c")]
    [TestCase("namespaces", "namespaces")]
    [TestCase("labels", "labels")]
    [TestCase("namespace_labels", "namespace_labels")]
    [TestCase("pods", "pods")]
    [TestCase("pods insecure verified", "verified")]
    [TestCase("endpoint_pod_names yes", "yes")]
    [TestCase("noendpoints yes", "yes")]
    [TestCase("endpoint_source", "endpoint_source")]
    [TestCase("ttl", "ttl")]
    [TestCase("snapshot", "snapshot")]
    [TestCase("snapshot a 1h b", "b")]
    [TestCase("startup_timeout", "startup_timeout")]
    [TestCase("apiserver_qps", "apiserver_qps")]
    [TestCase("apiserver_burst 1 2", "2")]
    public void WrongNumberOfArguments_Parsed_IsToldWithItsLine(string property, string last) =>
        Assert.That(
            ErrorOf("cluster.local", property),
            Is.EqualTo($"Corefile:3 - Error during parsing: Wrong argument count or unexpected line ending after '{last}'"));

    private KubernetesOptions Parse(string zones, string properties = "")
    {
        var document = new CorefileFixture().Load($"block.test:53 {{\nkubernetes {zones} {{\n{properties}\n}}\n}}\n");
        var directive = document.Blocks[0].Directives[0];
        return KubernetesDirective.Parse(directive, [DnsName.Parse("block.test")], _log.CreateLogger("plugin/kubernetes"));
    }

    private string ErrorOf(string zones, string properties) =>
        Assert.Throws<CorefileException>(() => Parse(zones, properties))!.Message;

    private static bool Covers(ZoneList zones, string text)
    {
        var name = new QuestionName();
        Assert.That(name.TrySet(DnsName.Parse(text).Wire), Is.True);
        return zones.Find(name) is not null;
    }
}
