using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests;

/// <summary><c>deploy/example</c> holds what the documentation says of it.</summary>
[TestFixture]
internal sealed class ExampleManifestsTests
{
    private RunningManifests _manifests = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _manifests = new RunningManifests(Path.Combine(RepositoryRoot(), "deploy", "example"));
        await _manifests.SyncedAsync();
    }

    [OneTimeTearDown]
    public async Task TearDown() => await _manifests.DisposeAsync();

    [Test]
    public void Example_LoadsWithoutAComplaint() => Assert.That(_manifests.Complaints, Is.Empty);

    [Test]
    public void Example_HasTheseServicesAndNoOthers() => Assert.That(WithoutTrailingBlanks(_manifests.Services), Is.EqualTo("""
        backend-service.default ExternalName found=True
          at  ports
          to backend-service.example.svc.cluster.local.
          outside
          0 ready, 0 not:

        backend-service.example ClusterIP found=True
          at 10.96.151.12 ports http/tcp/5000
          to -
          outside
          2 ready, 0 not: 10.244.0.13 10.244.0.20
          http/tcp/5000
        cassandra.stateful Headless found=True
          at  ports cql/tcp/9042
          to -
          outside
          2 ready, 1 not: 10.244.0.31=cassandra-0 10.244.0.32=cassandra-1
          cql/tcp/9042
        external-database.default Headless found=True
          at  ports postgres/tcp/5432
          to -
          outside
          3 ready, 0 not: 192.0.2.10 192.0.2.11 192.0.2.12
          postgres/tcp/5432
        frontend-service.example ClusterIP found=True
          at 10.96.173.32 ports http/tcp/3000
          to -
          outside
          2 ready, 0 not: 10.244.0.16 10.244.0.9
          http/tcp/3000
        kube-dns.kube-system ClusterIP found=True
          at 10.96.0.10 ports dns/udp/53 dns-tcp/tcp/53 metrics/tcp/9153
          to -
          outside
          2 ready, 0 not: 10.244.0.2 10.244.0.3
          dns/udp/53 dns-tcp/tcp/53 metrics/tcp/9153
        kubernetes.default ClusterIP found=True
          at 10.96.0.1 ports https/tcp/443
          to -
          outside
          1 ready, 0 not: 172.18.0.2
          https/tcp/6443
        pg-service.example ClusterIP found=True
          at 10.96.191.239 ports postgres/tcp/5432
          to -
          outside
          1 ready, 0 not: 10.244.0.8
          postgres/tcp/5432
        web.dual-stack ClusterIP found=True
          at 10.96.44.20 fd00:10:96::2c14 ports http/tcp/80
          to -
          outside
          4 ready, 0 not: 10.244.0.24 10.244.0.25 fd00:10:244::18 fd00:10:244::19
          http/tcp/8080 | http/tcp/8080

        """));

    [TestCase("default")]
    [TestCase("kube-system")]
    [TestCase("example")]
    [TestCase("dual-stack")]
    [TestCase("stateful")]
    public void Example_HasTheNamespace(string name) => Assert.That(_manifests.HasNamespace(name), Is.True);

    private static string WithoutTrailingBlanks(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ClusterDns.sln")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
