using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Measuring;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Benchmarks;

/// <summary>The objects of a <see cref="ClusterShape"/> as a source would tell them to the zone.</summary>
internal sealed class ClusterRecords(ClusterShape shape)
{
    private static readonly PortRecord[] Ports = [new("http", "tcp", 80)];

    /// <summary>A zone that has all of them.</summary>
    public ZoneWriter Fill()
    {
        ResourceKind[] kinds = [ResourceKind.Namespace, ResourceKind.Service, ResourceKind.EndpointSlice];
        var writer = new ZoneWriter(kinds, TimeProvider.System, NullLogger.Instance);
        foreach (var change in Relist())
        {
            writer.Apply(change);
        }

        return writer;
    }

    /// <summary>All three kinds, each from its beginning to its end.</summary>
    public IEnumerable<ClusterChange> Relist()
    {
        var numbers = Enumerable.Range(0, shape.Services);
        return
        [
            ClusterChange.RelistStarted(ResourceKind.Namespace),
            .. Enumerable.Range(0, shape.Namespaces).Select(number => ClusterChange.Put(new NamespaceRecord(ClusterShape.Namespace(number)))),
            ClusterChange.RelistFinished(ResourceKind.Namespace),
            ClusterChange.RelistStarted(ResourceKind.Service),
            .. numbers.Select(number => Service(number)),
            ClusterChange.RelistFinished(ResourceKind.Service),
            ClusterChange.RelistStarted(ResourceKind.EndpointSlice),
            .. numbers.Select(number => Slice(number)),
            ClusterChange.RelistFinished(ResourceKind.EndpointSlice),
        ];
    }

    public ClusterChange Service(int number, int turn = 0)
    {
        var key = new ObjectKey(ClusterShape.NamespaceOf(number), ClusterShape.NameOf(number));
        return ClusterChange.Put(shape.IsHeadless(number)
            ? new ServiceRecord { Key = key, Kind = ServiceKind.Headless, Ports = Ports }
            : new ServiceRecord { Key = key, Kind = ServiceKind.ClusterIP, Ports = Ports, ClusterAddresses = [Address(ClusterShape.AddressOf(number, turn))] });
    }

    public ClusterChange Slice(int number, int missing = 0)
    {
        var endpoints = new PackedEndpoints.Builder(isIPv4: true) { Ports = Ports };
        for (var endpoint = 0; endpoint < shape.EndpointsOf(number) - missing; endpoint++)
        {
            endpoints.TryAdd(Address(shape.EndpointAddress(number, endpoint)), hostname: null, podName: null);
        }

        var name = ClusterShape.NameOf(number);
        return ClusterChange.Put(
            ResourceKind.EndpointSlice, new EndpointsRecord(new ObjectKey(ClusterShape.NamespaceOf(number), name + "-8xk2p"), name, [endpoints.Build()]));
    }

    private static NetworkAddress Address(string text) =>
        NetworkAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
