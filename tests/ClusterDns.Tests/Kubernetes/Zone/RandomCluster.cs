using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;
using CsCheck;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>
/// Random changes over so few names and addresses that objects meet: one Service with several slices, one address with
/// several owners, one name in several kinds.
/// </summary>
internal static class RandomCluster
{
    public static readonly NetworkAddress[] Addresses =
        [.. "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 ::a00:1 fd00::1 fd00::2".Split(' ').Select(TestObjects.Address)];

    private static readonly Gen<string> Namespace = OneOf("a", "b", "c");
    private static readonly Gen<string> ServiceName = OneOf("s", "t", "u");
    private static readonly Gen<string> ObjectName = OneOf("s", "t", "x.1", "x.2");
    private static readonly Gen<NetworkAddress> Address = OneOf(Addresses);
    private static readonly Gen<PortRecord[]> Ports =
        OneOf("http/tcp/80", "dns/udp/53", "/tcp/1", "Not_A_Label/tcp/2").Select(TestObjects.Port).Array[0, 2];

    private static readonly Gen<PackedEndpoints> Group =
        Gen.Select(Gen.Bool, Gen.Select(Address, OneOf("", "h1", "h2", "not.a.label")).Array[0, 4], Ports, Gen.Int[0, 2])
            .Select((isIPv4, endpoints, ports, notReady) =>
            {
                var builder = new PackedEndpoints.Builder(isIPv4) { Ports = ports, NotReadyCount = notReady };
                foreach (var (address, hostname) in endpoints)
                {
                    builder.TryAdd(address, hostname, null);
                }

                return builder.Build();
            });

    private static readonly Gen<ClusterChange> PutService =
        Gen.Select(Namespace, ServiceName, Gen.Enum<ServiceKind>(), Address.Array[0, 2], Ports, OneOf<string?>("a.example", "b.example", "192.0.2.1", null))
            .Select((parent, name, kind, addresses, ports, target) => ClusterChange.Put(new ServiceRecord
            {
                Key = new ObjectKey(parent, name),
                Kind = kind,
                ClusterAddresses = addresses,
                Ports = ports,
                ExternalName = target,
                ExternalAddresses = addresses,
            }));

    private static readonly Gen<ClusterChange> PutSlice =
        Gen.Select(Namespace, ObjectName, OneOf("s", "t", "u", "", "Not_A_Label"), Group.Array[0, 2])
            .Select((parent, name, service, groups) =>
                ClusterChange.Put(ResourceKind.EndpointSlice, new EndpointsRecord(new ObjectKey(parent, name), service, groups)));

    private static readonly Gen<ClusterChange> PutEndpoints =
        Gen.Select(Namespace, ServiceName, Group.Array[0, 3]).Select((parent, name, groups) =>
            ClusterChange.Put(ResourceKind.Endpoints, new EndpointsRecord(new ObjectKey(parent, name), name, groups)));

    private static readonly Gen<ClusterChange> PutPod =
        Gen.Select(Namespace, ObjectName, Gen.Select(Address, Address), Gen.Select(Gen.Bool, Gen.Bool)).Select(
            (parent, name, addresses, flags) => ClusterChange.Put(new PodRecord(
                new ObjectKey(parent, name),
                addresses.Item1,
                flags.Item1 && addresses.Item1 != addresses.Item2 ? addresses.Item2 : null,
                IsHostNetwork: flags.Item2)));

    private static readonly Gen<ClusterChange> PutNamespace = Namespace.Select(TestObjects.Namespace);

    private static readonly Gen<ClusterChange> Put = Gen.Frequency((1, PutNamespace), (3, PutService), (4, PutSlice), (2, PutEndpoints), (2, PutPod));

    private static readonly Gen<ClusterChange> Relist = Gen.Select(Gen.Enum<ResourceKind>(), Gen.Bool)
        .Select((kind, isStart) => isStart ? ClusterChange.RelistStarted(kind) : ClusterChange.RelistFinished(kind));

    public static Gen<ClusterChange[]> Changes { get; } =
        Gen.Frequency((6, Put), (3, Put.Select(put => ClusterChange.Remove(put.Kind, put.Key))), (1, Relist)).Array[0, 80];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
