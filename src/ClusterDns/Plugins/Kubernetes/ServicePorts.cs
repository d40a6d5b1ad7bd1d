using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Which ports of a Service have records of their own in a zone that is handed over.</summary>
internal static class ServicePorts
{
    /// <summary>
    /// Whether there is a name <c>_PORT._PROTOCOL</c>: it has a number, and both words have room for their underscore.
    /// </summary>
    public static bool HasName(in ServicePort port) =>
        port.Number != PortRecord.None
        && port.Name.Length is > 0 and < WireName.MaxLabelLength
        && port.Protocol.Length < WireName.MaxLabelLength;

    /// <summary>Whether no port before it has its number: records at the Service's own name differ by nothing else.</summary>
    public static bool IsFirstOfItsNumber(ReadOnlySpan<ServicePort> ports, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (ports[i].Number == ports[index].Number)
            {
                return false;
            }
        }

        return ports[index].Number != PortRecord.None;
    }
}
