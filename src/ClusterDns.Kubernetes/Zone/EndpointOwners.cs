using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// All endpoints with one address, for <c>foreach</c>: by namespace, then by name of their slice, then in the slice's
/// order. Allocates nothing.
/// </summary>
public ref struct EndpointOwners
{
    private readonly HashBucket<EndpointsNode> _nodes;
    private readonly NetworkAddress _address;
    private EndpointsNode? _node;
    private PackedEndpoints[] _groups = [];
    private int _nextNode;
    private int _group;
    private int _index;

    internal EndpointOwners(HashBucket<EndpointsNode> nodes, NetworkAddress address)
    {
        _nodes = nodes;
        _address = address;
    }

    public readonly EndpointOwner Current => new(_node!.Service!, _groups[_group], _index);

    public readonly EndpointOwners GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (_group < _groups.Length)
            {
                _index = _groups[_group].IndexOf(_address, _index + 1);
                if (_index >= 0)
                {
                    return true;
                }

                _group++;
            }

            if (!MoveToNextNode())
            {
                return false;
            }
        }
    }

    private bool MoveToNextNode()
    {
        if (_nextNode == _nodes.Count)
        {
            return false;
        }

        _node = _nodes[_nextNode++];
        _groups = _node.Groups;
        _group = 0;
        _index = -1;
        return true;
    }
}
