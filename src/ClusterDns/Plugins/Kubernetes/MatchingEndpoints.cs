using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// The ready endpoints of a Service that a name asks for, by port, protocol and endpoint label; for <c>foreach</c>. The
/// same address or label may come more than once.
/// </summary>
internal ref struct MatchingEndpoints
{
    private readonly ReadOnlySpan<PackedEndpoints> _groups;
    private readonly ClusterName _name;
    private readonly EndpointLabel _label;
    private int _group = -1;
    private int _index;
    private int _count;

    public MatchingEndpoints(ServiceEntry service, scoped in ClusterName name)
    {
        _groups = service.Endpoints;
        _name = name;
        _label = new EndpointLabel(name.Endpoint);
    }

    public readonly EndpointAt Current => new(_groups[_group], _index);

    public readonly MatchingEndpoints GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (++_index < _count)
            {
                if (_label.Matches(_groups[_group], _index))
                {
                    return true;
                }
            }

            if (++_group >= _groups.Length)
            {
                return false;
            }

            _index = -1;
            _count = _name.CountAskedFor(_groups[_group].Ports) > 0 ? _groups[_group].Count : 0;
        }
    }
}
