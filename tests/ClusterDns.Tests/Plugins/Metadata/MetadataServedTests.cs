using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Metadata;

/// <summary>A whole server whose log tells which pod asks for which Service.</summary>
[TestFixture]
internal sealed class MetadataServedTests
{
    private const string Manifests =
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web-0
          namespace: shop
        status:
          phase: Running
          podIP: 127.0.0.1
          podIPs:
          - ip: 127.0.0.1
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
        spec:
          clusterIP: 10.96.0.7
          clusterIPs: [10.96.0.7]
          ports:
          - port: 80
        """;

    private const string Line = """
        log . "{type} {name} ns={/kubernetes/client-namespace} pod={/kubernetes/client-pod-name} svc={/kubernetes/service} up={/forward/upstream} {rcode}"
        """;

    [TestCase("metadata", "cart.shop.svc.cluster.local.", "A cart.shop.svc.cluster.local. ns=shop pod=web-0 svc=cart up=- NOERROR")]
    [TestCase("metadata", "gone.shop.svc.cluster.local.", "A gone.shop.svc.cluster.local. ns=shop pod=web-0 svc=gone up=- NXDOMAIN")]
    [TestCase("metadata", "example.org.", "A example.org. ns=shop pod=web-0 svc=- up=- NOERROR")]
    [TestCase("metadata cluster.local", "example.org.", "A example.org. ns=- pod=- svc=- up=- NOERROR")]
    [TestCase("", "cart.shop.svc.cluster.local.", "A cart.shop.svc.cluster.local. ns=- pod=- svc=- up=- NOERROR")]
    [TestCase("metadata\n cancel 5s", "cart.shop.svc.cluster.local.", "A cart.shop.svc.cluster.local. ns=shop pod=web-0 svc=cart up=- NOERROR")]
    public async Task Log_QueryOfAPod_TellsPodAndService(string metadata, string name, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("manifests-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop.yaml"), Manifests);
            await using var server = await RunningServer.StartAsync(
                $".:0 {{\n bind 127.0.0.1\n {metadata}\n {Line}\n kubernetes cluster.local {{\n pods verified\n }}\n whoami\n}}",
                folder.FullName);
            await server.AskUdpAsync(QueryFactory.Packet(name, RecordType.A));

            Assert.That(() => server.Log, Has.Some.EqualTo($"[INFO] {expected}").After(30_000, 5));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
