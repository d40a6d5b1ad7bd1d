using ClusterDns.Testing;
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
        _manifests = new RunningManifests(RepositoryFiles.PathOf("deploy/example"));
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
        frontend-service.example ClusterIP found=True
          at 10.96.173.32 ports http/tcp/3000
          to -
          outside
          2 ready, 0 not: 10.244.0.16 10.244.0.9
          http/tcp/3000
        gateway.example ClusterIP found=True
          at 10.96.44.80 fd00:10:96::4450 ports https/tcp/443
          to -
          outside
          2 ready, 0 not: 10.244.0.31 fd00:10:244::31
          https/tcp/8443 | https/tcp/8443
        kube-dns.kube-system ClusterIP found=True
          at 10.96.0.10 ports dns/udp/53 dns-tcp/tcp/53
          to -
          outside
          0 ready, 0 not:

        kubernetes.default ClusterIP found=True
          at 10.96.0.1 ports https/tcp/443
          to -
          outside
          0 ready, 0 not:

        pg-service.example ClusterIP found=True
          at 10.96.191.239 ports postgres/tcp/5432
          to -
          outside
          1 ready, 0 not: 10.244.0.8
          postgres/tcp/5432
        queue.example Headless found=True
          at  ports amqp/tcp/5672
          to -
          outside
          2 ready, 1 not: 10.244.0.41=queue-0 10.244.0.42=queue-1
          amqp/tcp/5672
        reports-db.example Headless found=True
          at  ports postgres/tcp/5432
          to -
          outside
          3 ready, 0 not: 192.0.2.11 192.0.2.12 192.0.2.13
          postgres/tcp/5432

        """));

    [Test]
    public void Example_HasItsNamespaces() =>
        Assert.That(new[] { "default", "example", "kube-system" }.Count(_manifests.HasNamespace), Is.EqualTo(_manifests.Zone.NamespaceCount));

    private static string WithoutTrailingBlanks(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
