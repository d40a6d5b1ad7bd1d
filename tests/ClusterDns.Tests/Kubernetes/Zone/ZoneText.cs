using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>What a zone answers, as text: two zones with the same text cannot be told apart by a query.</summary>
internal static class ZoneText
{
    public static string Of(ClusterZone zone, IEnumerable<NetworkAddress> addresses)
    {
        var text = new StringBuilder();
        text.AppendLine($"{zone.NamespaceCount} {zone.ServiceCount} {zone.EndpointCount} {zone.PodCount}");
        text.AppendLine($"{zone.Tables.Namespaces.Items().Count()} {zone.Tables.Services.Items().Count()} {zone.Tables.Endpoints.Items().Count()}");
        foreach (var parent in zone.Tables.Namespaces.Items().Order())
        {
            text.AppendLine($"{Ascii(parent.Label)} exists={parent.Exists} found={zone.FindNamespace(parent.Label) == parent}");
        }

        text.Append(OfServices(zone));
        foreach (var address in addresses)
        {
            var pods = zone.Tables.Namespaces.Items().Order().Where(parent => zone.HasPod(parent, address));
            var service = zone.FindServiceByClusterAddress(address);
            text.AppendLine($"{address}: service {(service is null ? "-" : Name(service))}, endpoints {OfOwners(zone.FindEndpointsByAddress(address))}");
            text.AppendLine($"  pods in {string.Join(' ', pods.Select(parent => Ascii(parent.Label)))}");
            text.AppendLine($"  client {Client(zone, address)}");
        }

        return text.ToString();
    }

    public static string OfServices(ClusterZone zone)
    {
        var text = new StringBuilder();
        foreach (var service in zone.Services.OrderBy(Name, StringComparer.Ordinal))
        {
            text.AppendLine($"{Name(service)} {service.Kind} found={service.Namespace.FindService(service.Label) == service}");
            text.AppendLine($"  at {string.Join(' ', service.ClusterAddresses.ToArray())} ports {string.Join(' ', service.Ports.ToArray())}");
            text.AppendLine($"  to {(service.ExternalName.IsEmpty ? "-" : WireName.ToText(service.ExternalName))}");
            text.AppendLine($"  outside {string.Join(' ', service.ExternalAddresses.ToArray())} {string.Join(' ', service.ExternalHostnames.ToArray().Cast<object>())}");
            text.AppendLine($"  {service.ReadyCount} ready, {service.NotReadyCount} not: {OfEndpoints(service.Endpoints)}");
            text.AppendLine($"  {string.Join(" | ", service.Endpoints.ToArray().Select(group => string.Join(' ', group.Ports.ToArray())))}");
        }

        return text.ToString();
    }

    public static string OfEndpoints(ReadOnlySpan<PackedEndpoints> groups)
    {
        var endpoints = new List<string>();
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                var hostname = group.Hostname(i);
                var address = NetworkAddress.FromOctets(group.Address(i));
                endpoints.Add(hostname.IsEmpty ? $"{address}" : $"{address}={Ascii(hostname)}");
            }
        }

        return string.Join(' ', endpoints);
    }

    public static string OfOwners(EndpointOwners owners)
    {
        var names = new List<string>();
        foreach (var owner in owners)
        {
            var hostname = owner.Endpoints.Hostname(owner.Index);
            var missing = owner.Service is null ? "?" : "";
            names.Add($"{Ascii(owner.ServiceLabel)}.{Ascii(owner.Namespace.Label)}{missing}[{owner.Index}]={Ascii(hostname)}");
        }

        return string.Join(' ', names);
    }

    public static string Ascii(ReadOnlySpan<byte> octets) => Encoding.ASCII.GetString(octets);

    private static string Name(ServiceEntry service) => $"{Ascii(service.Label)}.{Ascii(service.Namespace.Label)}";

    private static string Client(ClusterZone zone, NetworkAddress address) =>
        zone.TryFindClient(address, out var pod) ? $"{Ascii(pod.Namespace.Label)}/{Ascii(pod.Name)}" : "-";
}
