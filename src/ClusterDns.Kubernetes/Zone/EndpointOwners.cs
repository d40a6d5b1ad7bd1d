using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// All endpoints with one address, for <c>foreach</c>: by namespace, then by name of their slice, then in the slice's
/// order. Allocates nothing. An address with an owner is found even while the writer moves it from one slice to another.
/// </summary>
public ref struct EndpointOwners
{
    /// <summary>
    /// Times that nobody in the bucket has the address before that is believed: the slice that had it may have lost it
    /// to one that came into the bucket after it was read.
    /// </summary>
    private const int MostReads = 4;

    private readonly HashIndex<EndpointsNode> _index;
    private readonly NetworkAddress _address;
    private EndpointsNode? _node;
    private PackedEndpoints[] _groups = [];
    private HashBucket<EndpointsNode> _nodes;
    private int _nextNode;
    private int _reads = 1;
    private bool _hasFound;
    private int _group;
    private int _endpoint;

    internal EndpointOwners(HashIndex<EndpointsNode> index, NetworkAddress address)
    {
        _index = index;
        _address = address;
        _nodes = index.Find(ZoneHash.Of(address));
    }

    public readonly EndpointOwner Current => new(_node!.Service!, _groups[_group], _endpoint);

    public readonly EndpointOwners GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (_group < _groups.Length)
            {
                _endpoint = _groups[_group].IndexOf(_address, _endpoint + 1);
                if (_endpoint >= 0)
                {
                    _hasFound = true;
                    return true;
                }

                _group++;
            }

            if (!MoveToNextNode() && !TryReadAgain())
            {
                return false;
            }
        }
    }

    private bool TryReadAgain()
    {
        if (_hasFound || _nodes.Count == 0 || _reads++ == MostReads)
        {
            return false;
        }

        _nodes = _index.Find(ZoneHash.Of(_address));
        _nextNode = 0;
        return MoveToNextNode();
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
        _endpoint = -1;
        return true;
    }
}
