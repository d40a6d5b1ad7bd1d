using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// A zone at one moment, as references to what never changes: half a megabyte and a few milliseconds for 10,000 Services
/// with 150,000 endpoints, however long it takes to write them out. Taken in the writer's turn.
/// </summary>
internal sealed class ZoneCapture
{
    private readonly NamespaceEntry[] _namespaces;
    private readonly ServiceEntry[] _services;
    private readonly (EndpointsNode Node, PackedEndpoints[] Groups, int NotReadyCount)[] _endpoints;
    private readonly (PodPage Page, ushort[] Offsets)[] _pods;

    public ZoneCapture(ClusterZone zone)
    {
        _namespaces = [.. zone.Tables.Namespaces.Items().Where(entry => entry.Exists)];
        _services = [.. zone.Services];
        _endpoints = [.. zone.Tables.Endpoints.Items().Select(node => (node, node.Groups, node.NotReadyCount))];
        _pods = [.. zone.Tables.Pods.Pages().Select(page => (page, page.LiveOffsets().Select(offset => (ushort)offset).ToArray()))];
    }

    /// <summary>Every object, and their end.</summary>
    /// <exception cref="IOException">The encoder's stream takes no more.</exception>
    public void WriteTo(SnapshotEncoder encoder)
    {
        foreach (var (page, offsets) in _pods)
        {
            foreach (var offset in offsets)
            {
                Write(encoder, page.At(offset));
            }
        }

        foreach (var (node, groups, notReadyCount) in _endpoints)
        {
            Write(encoder, node, groups, notReadyCount);
        }

        foreach (var service in _services)
        {
            Write(encoder, service);
        }

        foreach (var entry in _namespaces)
        {
            Begin(encoder, ResourceKind.Namespace);
            encoder.WriteText(entry.Label);
        }

        encoder.WriteByte(SnapshotFormat.End);
    }

    private static void Begin(SnapshotEncoder encoder, ResourceKind kind) => encoder.WriteByte((byte)(1 + (int)kind));

    private static void Write(SnapshotEncoder encoder, PodView pod)
    {
        Begin(encoder, ResourceKind.Pod);
        encoder.WriteText(pod.Namespace.Label);
        encoder.WriteText(pod.Name);
        encoder.WriteByte((byte)((pod.OtherAddress is null ? 0 : SnapshotFormat.HasOtherAddress)
            | (pod.IsHostNetwork ? SnapshotFormat.IsHostNetwork : 0)));
        encoder.WriteAddress(pod.Address);
        if (pod.OtherAddress is { } other)
        {
            encoder.WriteAddress(other);
        }
    }

    private static void Write(SnapshotEncoder encoder, EndpointsNode node, PackedEndpoints[] groups, int notReadyCount)
    {
        Begin(encoder, node.Kind);
        encoder.WriteText(node.Namespace.Label);
        encoder.WriteText(node.Name);
        encoder.WriteText(node.Service is { } service ? service.Label : []);
        encoder.WriteNumber(notReadyCount);
        encoder.WriteNumber(groups.Length);
        foreach (var group in groups)
        {
            Write(encoder, group);
        }
    }

    private static void Write(SnapshotEncoder encoder, PackedEndpoints group)
    {
        var flags = (byte)((group.IsIPv4 ? SnapshotFormat.IsIPv4 : 0)
            | (group.HasHostnames ? SnapshotFormat.HasHostnames : 0)
            | (group.HasPodNames ? SnapshotFormat.HasPodNames : 0));
        encoder.WriteByte(flags);
        Write(encoder, group.Ports);
        encoder.WriteNumber(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            encoder.WriteOctets(group.Address(i));
            if (group.HasHostnames)
            {
                encoder.WriteText(group.Hostname(i));
            }

            if (group.HasPodNames)
            {
                encoder.WriteText(group.PodName(i));
            }
        }
    }

    private static void Write(SnapshotEncoder encoder, ServiceEntry service)
    {
        Begin(encoder, ResourceKind.Service);
        encoder.WriteText(service.Namespace.Label);
        encoder.WriteText(service.Label);
        encoder.WriteByte((byte)service.Kind);
        Write(encoder, service.ClusterAddresses);
        Write(encoder, service.Ports);
        encoder.WriteText(service.ExternalName);
        Write(encoder, service.ExternalAddresses);
        encoder.WriteNumber(service.ExternalHostnames.Length);
        foreach (var hostname in service.ExternalHostnames)
        {
            encoder.WriteText(hostname.Wire);
        }
    }

    private static void Write(SnapshotEncoder encoder, ReadOnlySpan<Wire.NetworkAddress> addresses)
    {
        encoder.WriteNumber(addresses.Length);
        foreach (var address in addresses)
        {
            encoder.WriteAddress(address);
        }
    }

    private static void Write(SnapshotEncoder encoder, ReadOnlySpan<ServicePort> ports)
    {
        encoder.WriteNumber(ports.Length);
        foreach (var port in ports)
        {
            encoder.WriteText(port.Name);
            encoder.WriteText(port.Protocol);
            encoder.WriteNumber(port.Number - PortRecord.None);
        }
    }
}
