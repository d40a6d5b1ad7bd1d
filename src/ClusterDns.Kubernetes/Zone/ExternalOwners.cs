using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// All Services with one address outside the cluster, for <c>foreach</c>: by namespace, then by name. Allocates nothing.
/// </summary>
public ref struct ExternalOwners
{
    private readonly HashBucket<ServiceNode> _nodes;
    private readonly NetworkAddress _address;
    private ServiceEntry? _current;
    private int _next;

    internal ExternalOwners(HashBucket<ServiceNode> nodes, NetworkAddress address)
    {
        _nodes = nodes;
        _address = address;
    }

    public readonly ServiceEntry Current => _current!;

    public readonly ExternalOwners GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _nodes.Count)
        {
            // Equal hashes may be other addresses, and the Service another one by now.
            _current = _nodes[_next++].Current;
            if (_current is not null && _current.HasExternalAddress(_address))
            {
                return true;
            }
        }

        return false;
    }
}
