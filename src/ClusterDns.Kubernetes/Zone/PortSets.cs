using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Keeps equal port lists once: of 10,000 Services most have one of a few dozen. Only memory depends on it, so what is
/// kept may be forgotten at any time.
/// </summary>
internal sealed class PortSets
{
    /// <summary>Lists kept before all are forgotten, so that ever new ones cannot pile up.</summary>
    private const int Limit = 4096;

    private readonly Dictionary<PortSet, PortSet> _known = [];

    /// <summary>An array equal to <paramref name="ports"/>, the same one for equal ports.</summary>
    public ServicePort[] Share(ServicePort[] ports)
    {
        if (ports.Length == 0)
        {
            return [];
        }

        var set = new PortSet(ports);
        if (_known.TryGetValue(set, out var known))
        {
            return known.Ports;
        }

        if (_known.Count == Limit)
        {
            _known.Clear();
        }

        _known.Add(set, set);
        return ports;
    }
}
