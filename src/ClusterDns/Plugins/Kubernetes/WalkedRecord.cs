using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// The record that a walk over a zone has come to: one object for the whole walk, filled anew for each record. First
/// one of the <c>At</c> methods names the owner, then another says what it has.
/// </summary>
/// <param name="zone">What all owners end with.</param>
/// <param name="branch">Labels between a Service and the zone: <c>svc</c>, or none.</param>
internal sealed class WalkedRecord(DnsName zone, ReadOnlyMemory<byte> branch)
{
    /// <summary>Octets for port, protocol, Service, namespace and branch.</summary>
    private const int MostOctets = 5 * (WireName.MaxLabelLength + 1);

    private readonly byte[] _owner = new byte[MostOctets];
    private readonly byte[] _target = new byte[MostOctets];
    private readonly byte[] _address = new byte[16];
    private int _ownerLength;
    private int _targetLength;
    private int _addressLength;
    private RecordType _type;
    private uint _timeToLive;
    private ushort _weight;
    private ushort _port;
    private ReadOnlyMemory<byte> _outside;

    public WalkedRecord At(ServiceEntry service)
    {
        _ownerLength = WriteService(service, _owner, 0);
        return this;
    }

    /// <summary><c>_PORT._PROTOCOL.SERVICE</c></summary>
    public WalkedRecord At(ServiceEntry service, in ServicePort port)
    {
        var length = WriteUnderscored(port.Name, 0);
        _ownerLength = WriteService(service, _owner, WriteUnderscored(port.Protocol, length));
        return this;
    }

    public WalkedRecord At(ServiceEntry service, PackedEndpoints group, int index)
    {
        _ownerLength = WriteEndpoint(service, group, index, _owner);
        return this;
    }

    public WalkedRecord Has(uint timeToLive, NetworkAddress address)
    {
        _addressLength = address.Write(_address);
        return Has(timeToLive, address.IsIPv4 ? RecordType.A : RecordType.AAAA);
    }

    public WalkedRecord Has(uint timeToLive, ReadOnlySpan<byte> address)
    {
        address.CopyTo(_address);
        _addressLength = address.Length;
        return Has(timeToLive, address.Length == 4 ? RecordType.A : RecordType.AAAA);
    }

    /// <param name="timeToLive">TTL in seconds.</param>
    /// <param name="name">A whole name, which a CNAME leads to.</param>
    public WalkedRecord IsAliasOf(uint timeToLive, ReadOnlyMemory<byte> name)
    {
        _outside = name;
        return Has(timeToLive, RecordType.CNAME);
    }

    /// <summary>SRV to the Service's own name.</summary>
    public WalkedRecord LeadsTo(uint timeToLive, ushort weight, int port, ServiceEntry service)
    {
        _targetLength = WriteService(service, _target, 0);
        return Leads(timeToLive, weight, port, default);
    }

    /// <summary>SRV to an endpoint's name.</summary>
    public WalkedRecord LeadsTo(uint timeToLive, ushort weight, int port, ServiceEntry service, PackedEndpoints group, int index)
    {
        _targetLength = WriteEndpoint(service, group, index, _target);
        return Leads(timeToLive, weight, port, default);
    }

    /// <summary>SRV to a whole name.</summary>
    public WalkedRecord LeadsTo(uint timeToLive, ushort weight, int port, ReadOnlyMemory<byte> name) =>
        Leads(timeToLive, weight, port, name);

    public bool TryAdd(Reply reply)
    {
        var owner = NameParts.Before(_owner.AsSpan(0, _ownerLength), zone.Wire);
        return _type switch
        {
            RecordType.CNAME => reply.AddName(Section.Answer, owner, _type, _timeToLive, NameParts.Whole(_outside.Span)),
            RecordType.SRV => reply.AddService(Section.Answer, owner, _timeToLive, 0, _weight, _port, Target()),
            _ => reply.AddAddress(Section.Answer, owner, _timeToLive, _address.AsSpan(0, _addressLength)),
        };
    }

    private NameParts Target() => _outside.IsEmpty
        ? NameParts.Before(_target.AsSpan(0, _targetLength), zone.Wire)
        : NameParts.Whole(_outside.Span);

    private WalkedRecord Leads(uint timeToLive, ushort weight, int port, ReadOnlyMemory<byte> outside)
    {
        _weight = weight;
        _port = (ushort)port;
        _outside = outside;
        return Has(timeToLive, RecordType.SRV);
    }

    private WalkedRecord Has(uint timeToLive, RecordType type)
    {
        _timeToLive = timeToLive;
        _type = type;
        return this;
    }

    private int WriteService(ServiceEntry service, byte[] destination, int at)
    {
        service.QualifiedLabels.CopyTo(destination.AsSpan(at));
        at += service.QualifiedLabels.Length;
        branch.Span.CopyTo(destination.AsSpan(at));
        return at + branch.Length;
    }

    private int WriteEndpoint(ServiceEntry service, PackedEndpoints group, int index, byte[] destination)
    {
        destination[0] = (byte)EndpointName.Write(group, index, destination.AsSpan(1));
        return WriteService(service, destination, destination[0] + 1);
    }

    // A label of 63 octets has no room for the underscore: such a port has no name of its own, and no record either.
    private int WriteUnderscored(ReadOnlySpan<byte> label, int at)
    {
        _owner[at] = (byte)(label.Length + 1);
        _owner[at + 1] = (byte)'_';
        label.CopyTo(_owner.AsSpan(at + 2));
        return at + 2 + label.Length;
    }
}
