using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>
/// The endpoints that a cluster's controller would make of a Service's selector and the pods. Pods that resolve a named
/// port differently stand in groups of their own.
/// </summary>
internal sealed class SelectedEndpoints
{
    private readonly ServiceRecord _service;
    private readonly ServiceSelection _selection;
    private readonly bool _keepPodNames;
    private readonly Dictionary<(bool IsIPv4, string Ports), PackedEndpoints.Builder> _groups = [];

    private SelectedEndpoints(ServiceRecord service, ServiceSelection selection, bool keepPodNames)
    {
        _service = service;
        _selection = selection;
        _keepPodNames = keepPodNames;
    }

    public static IReadOnlyList<PackedEndpoints> Build(
        ServiceRecord service, ServiceSelection selection, IEnumerable<ManifestObject> pods, bool keepPodNames)
    {
        var endpoints = new SelectedEndpoints(service, selection, keepPodNames);
        foreach (var pod in pods)
        {
            if (pod is { Record: PodRecord record, Traits: { } traits })
            {
                endpoints.Add(record, traits);
            }
        }

        return [.. endpoints._groups.Values.Select(group => group.Build())];
    }

    private void Add(PodRecord pod, PodTraits traits)
    {
        var ports = _selection.Ports.Select(port => Resolve(port, traits)).Where(port => port.Number != PortRecord.None).ToArray();
        var portsKey = string.Join(',', ports.Select(port => $"{port.Name}:{port.Number}"));
        foreach (var address in Addresses(pod))
        {
            if (!_groups.TryGetValue((address.IsIPv4, portsKey), out var group))
            {
                _groups[(address.IsIPv4, portsKey)] = group = new PackedEndpoints.Builder(address.IsIPv4) { Ports = ports };
            }

            if (traits.IsReady || _selection.PublishesNotReady)
            {
                var hostname = traits.Subdomain == _service.Key.Name ? traits.Hostname : null;
                group.TryAdd(address, hostname, _keepPodNames ? pod.Key.Name : null);
            }
            else
            {
                group.NotReadyCount++;
            }
        }
    }

    private static PortRecord Resolve(PortTarget port, PodTraits traits)
    {
        var number = port.Number;
        if (port.ContainerPortName.Length > 0)
        {
            var named = traits.Ports.FirstOrDefault(known => known.Name == port.ContainerPortName && known.Protocol == port.Protocol);
            number = named.Name is null ? PortRecord.None : named.Number;
        }

        return new PortRecord(port.Name.ToLowerInvariant(), port.Protocol.ToLowerInvariant(), number);
    }

    private IEnumerable<NetworkAddress> Addresses(PodRecord pod)
    {
        if (Wants(pod.Address, isPrimary: true))
        {
            yield return pod.Address;
        }

        if (pod.OtherAddress is { } other && Wants(other, isPrimary: false))
        {
            yield return other;
        }
    }

    // A Service that says nothing of families is single-stack in a cluster, of the family that pods have first.
    private bool Wants(NetworkAddress address, bool isPrimary)
    {
        if (_selection.WantsIPv4 || _selection.WantsIPv6)
        {
            return address.IsIPv4 ? _selection.WantsIPv4 : _selection.WantsIPv6;
        }

        return _service.ClusterAddresses.Count > 0
            ? _service.ClusterAddresses.Any(cluster => cluster.IsIPv4 == address.IsIPv4)
            : isPrimary || _selection.IsDualStack;
    }
}
