using ClusterDns.Testing;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>Servers that hand over the zones of a cluster made of manifests.</summary>
internal static class TransferFixture
{
    /// <summary>Services of each kind, two families, ports with and without names.</summary>
    public const string Cluster = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: bank}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          clusterIP: 10.96.0.7
          clusterIPs: [10.96.0.7, "fd00::7"]
          ports: [{name: http, port: 80, protocol: TCP}, {name: quic, port: 80, protocol: UDP}, {port: 9000, protocol: TCP}]
        status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: bank}
        spec: {clusterIP: 10.96.0.8, ports: []}
        status: {loadBalancer: {ingress: [{hostname: lb.example.net}]}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {clusterIP: None, ports: [{name: sql, port: 5432, protocol: TCP}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
        addressType: IPv4
        endpoints:
        - {addresses: [10.244.0.1], hostname: db-0, conditions: {ready: true}}
        - {addresses: [10.244.0.2], conditions: {ready: true}}
        - {addresses: [10.244.0.3], conditions: {ready: false}}
        ports: [{name: sql, port: 5432, protocol: TCP}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cdn, namespace: shop}
        spec: {type: ExternalName, externalName: cdn.example.net}
        """;

    public const string Corefile = """
        .:0 {
            bind 127.0.0.1
            transfer {
                to *
            }
            k8s_external example.test
            kubernetes cluster.local in-addr.arpa {
                ttl 7
            }
        }
        """;

    /// <summary>The cluster with so many Services more.</summary>
    public static string ClusterWith(int more) => Cluster + string.Concat(Enumerable.Range(0, more).Select(i =>
        $$"""

        ---
        apiVersion: v1
        kind: Service
        metadata: {name: more-{{i}}, namespace: shop}
        spec: {clusterIP: 10.97.{{i / 250}}.{{i % 250}}}
        """));

    public static async Task<RunningServer> StartAsync(string corefile = Corefile, string cluster = Cluster)
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), ".yaml");
        await File.WriteAllTextAsync(file, cluster);
        try
        {
            return await RunningServer.StartAsync(corefile, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The records without the serial, which is a time.</summary>
    public static string WithoutSerial(IEnumerable<string> records) => string.Join('\n', records.Select(record =>
        record.Split(' ') is [var owner, var ttl, "SOA", var primary, var mailbox, _, .. var times]
            ? $"{owner} {ttl} SOA {primary} {mailbox} SERIAL {string.Join(' ', times)}"
            : record));
}
