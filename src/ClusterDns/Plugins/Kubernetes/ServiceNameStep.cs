using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A name that stands for something in the cluster was looked for: its parts, and where.</summary>
internal abstract record ServiceNameStep : TraceStep
{
    /// <param name="lowerCaseName">The whole name.</param>
    /// <param name="labels">Labels in front of the zone.</param>
    /// <param name="parts">The name's parts.</param>
    protected ServiceNameStep(ReadOnlySpan<byte> lowerCaseName, int labels, scoped in ClusterName parts)
    {
        Name = WireName.ToText(lowerCaseName);
        Labels = labels;
        Namespace = Encoding.UTF8.GetString(parts.Namespace);
        Owner = Encoding.UTF8.GetString(parts.Owner);
        Endpoint = Encoding.UTF8.GetString(parts.Endpoint);
        Port = Encoding.UTF8.GetString(parts.Port);
        Protocol = Encoding.UTF8.GetString(parts.Protocol);
    }

    /// <summary>With its final dot.</summary>
    public string Name { get; }

    /// <summary>Labels in front of the zone.</summary>
    public int Labels { get; }

    /// <summary>As far as the name has one; else empty, as the parts below.</summary>
    public string Namespace { get; }

    /// <summary>The Service, or the pod.</summary>
    public string Owner { get; }

    public string Endpoint { get; }

    public string Port { get; }

    public string Protocol { get; }

    /// <summary>The Service that was found, whether or not the name exists.</summary>
    public required ServiceEntry? Service { get; init; }

    /// <summary>Where it was looked for, to find what else is there.</summary>
    public required ClusterZone Cluster { get; init; }

    /// <summary>The <c>kubernetes</c> directive.</summary>
    public required KubernetesOptions Options { get; init; }

    /// <summary>The name asks for the Service or pod itself, not for a port or an endpoint.</summary>
    public bool IsOwnerItself => Endpoint.Length == 0 && Port.Length == 0 && Protocol.Length == 0;
}
