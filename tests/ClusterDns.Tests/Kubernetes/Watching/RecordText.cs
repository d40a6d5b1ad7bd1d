using System.Globalization;
using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>What a record says of names as text, so that two of them can be compared and read.</summary>
internal static class RecordText
{
    public static string Of(object? record) => record switch
    {
        null => "nothing",
        NamespaceRecord parent => parent.Name,
        EndpointsRecord endpoints => $"{endpoints.ServiceName}: {string.Join("; ", endpoints.Groups.Select(Of))}",
        ServiceRecord service => string.Join(
            ' ',
            [
                service.Kind.ToString(),
                .. service.ClusterAddresses.Select(address => address.ToString()),
                .. service.Ports.Select(port => port.ToString()),
                service.ExternalName ?? "-",
            ]),
        _ => record.ToString()!,
    };

    private static string Of(PackedEndpoints group)
    {
        var text = new StringBuilder();
        for (var index = 0; index < group.Count; index++)
        {
            text.Append(NetworkAddress.FromOctets(group.Address(index))).Append('=').Append(Encoding.ASCII.GetString(group.Hostname(index)));
            text.Append(' ');
        }

        return text.Append(CultureInfo.InvariantCulture, $"ports {group.Ports.Length}, not ready {group.NotReadyCount}").ToString();
    }
}
