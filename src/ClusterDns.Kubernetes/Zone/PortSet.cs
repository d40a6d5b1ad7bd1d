using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Ports in their order, compared by value.</summary>
internal readonly struct PortSet(ServicePort[] ports) : IEquatable<PortSet>
{
    public ServicePort[] Ports => ports;

    public bool Equals(PortSet other) => ports.AsSpan().SequenceEqual(other.Ports);

    public override bool Equals(object? obj) => obj is PortSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var port in ports)
        {
            hash.Add(port);
        }

        return hash.ToHashCode();
    }
}
