using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The label of a query that endpoints are compared with; read as an address once, not once an endpoint.</summary>
internal readonly ref struct EndpointLabel
{
    private readonly ReadOnlySpan<byte> _label;
    private readonly NetworkAddress _address;
    private readonly bool _isAddress;

    /// <param name="lowerCaseLabel">Without length octet; empty if every endpoint is asked for.</param>
    public EndpointLabel(ReadOnlySpan<byte> lowerCaseLabel)
    {
        _label = lowerCaseLabel;
        _isAddress = EndpointName.TryReadAddress(lowerCaseLabel, out _address);
    }

    public bool Matches(PackedEndpoints group, int index)
    {
        if (_label.IsEmpty)
        {
            return true;
        }

        var given = EndpointName.Given(group, index);
        return given.IsEmpty
            ? _isAddress && NetworkAddress.FromOctets(group.Address(index)) == _address
            : given.SequenceEqual(_label);
    }
}
