using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// The objects of a snapshot, one after the other, as a source would tell them. Judges only the form; what a name may be is
/// for the zone to say, as with any source.
/// </summary>
internal sealed class SnapshotObjects(SnapshotDecoder decoder)
{
    private const int SmallestAddress = 1 + 4;
    private const int SmallestPort = 3;
    private const int SmallestGroup = 3;

    private PortRecord[] _lastPorts = [];

    /// <summary>The end was read, and is the file's.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>False at the end, and at what is no object.</summary>
    public bool TryRead(out ClusterChange change)
    {
        var tag = decoder.ReadByte();
        change = tag switch
        {
            SnapshotFormat.End => default,
            1 + (int)ResourceKind.Namespace => ClusterChange.Put(new NamespaceRecord(decoder.ReadString())),
            1 + (int)ResourceKind.Service => ClusterChange.Put(ReadService()),
            1 + (int)ResourceKind.EndpointSlice or 1 + (int)ResourceKind.Endpoints =>
                ClusterChange.Put((ResourceKind)(tag - 1), ReadEndpoints()),
            1 + (int)ResourceKind.Pod => ClusterChange.Put(ReadPod()),
            _ => Unknown(),
        };
        IsWhole = tag == SnapshotFormat.End && decoder is { IsBroken: false, Remaining: 0 };
        return tag != SnapshotFormat.End && !decoder.IsBroken;
    }

    private ClusterChange Unknown()
    {
        decoder.Break();
        return default;
    }

    private ObjectKey ReadKey() => new(decoder.ReadString(), decoder.ReadString());

    private ServiceRecord ReadService()
    {
        var key = ReadKey();
        var kind = (ServiceKind)decoder.ReadByte();
        if (kind > ServiceKind.ExternalName)
        {
            decoder.Break();
        }

        return new ServiceRecord
        {
            Key = key,
            Kind = kind,
            ClusterAddresses = ReadAddresses(),
            Ports = ReadPorts(),
            ExternalName = decoder.ReadName() is { Length: > 0 } target ? target : null,
            ExternalAddresses = ReadAddresses(),
            ExternalHostnames = ReadNames(),
        };
    }

    private EndpointsRecord ReadEndpoints()
    {
        var key = ReadKey();
        var service = decoder.ReadString();
        var notReady = decoder.ReadNumber();
        var groups = new PackedEndpoints[decoder.ReadCount(SmallestGroup) + (notReady > 0 ? 1 : 0)];
        for (var i = 0; i < groups.Length; i++)
        {
            // What is not ready was only counted: it comes as one more group that has nothing else.
            groups[i] = notReady > 0 && i == groups.Length - 1
                ? new PackedEndpoints.Builder(isIPv4: true) { NotReadyCount = notReady }.Build()
                : ReadGroup();
        }

        return new EndpointsRecord(key, service, groups);
    }

    private PackedEndpoints ReadGroup()
    {
        var flags = decoder.ReadByte();
        var isIPv4 = (flags & SnapshotFormat.IsIPv4) != 0;
        var builder = new PackedEndpoints.Builder(isIPv4) { Ports = ReadPorts() };
        Span<byte> octets = stackalloc byte[isIPv4 ? 4 : 16];
        var count = decoder.ReadCount(octets.Length);
        for (var i = 0; i < count && !decoder.IsBroken; i++)
        {
            decoder.ReadOctets(octets);
            var hostname = (flags & SnapshotFormat.HasHostnames) != 0 ? decoder.ReadString() : null;
            var podName = (flags & SnapshotFormat.HasPodNames) != 0 ? decoder.ReadString() : null;
            builder.TryAdd(NetworkAddress.FromOctets(octets), hostname, podName);
        }

        return builder.Build();
    }

    private PodRecord ReadPod()
    {
        var key = ReadKey();
        var flags = decoder.ReadByte();
        var address = decoder.ReadAddress();
        return new PodRecord(
            key,
            address,
            (flags & SnapshotFormat.HasOtherAddress) != 0 ? decoder.ReadAddress() : null,
            (flags & SnapshotFormat.IsHostNetwork) != 0);
    }

    private NetworkAddress[] ReadAddresses()
    {
        var addresses = new NetworkAddress[decoder.ReadCount(SmallestAddress)];
        foreach (ref var address in addresses.AsSpan())
        {
            address = decoder.ReadAddress();
        }

        return addresses;
    }

    private PortRecord[] ReadPorts()
    {
        var ports = new PortRecord[decoder.ReadCount(SmallestPort)];
        foreach (ref var port in ports.AsSpan())
        {
            port = new PortRecord(
                Encoding.ASCII.GetString(decoder.ReadText()),
                Encoding.ASCII.GetString(decoder.ReadText()),
                decoder.ReadNumber() + PortRecord.None);
        }

        // Neighbours mostly have the same ports; 10,000 lists of them would be garbage all at once.
        return _lastPorts = ports.AsSpan().SequenceEqual(_lastPorts) ? _lastPorts : ports;
    }

    private string[] ReadNames()
    {
        var names = new string[decoder.ReadCount(smallest: 1)];
        foreach (ref var name in names.AsSpan())
        {
            name = decoder.ReadName();
        }

        return names;
    }
}
