using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>An EndpointSlice: one group of endpoints, of the slice's own address family.</summary>
internal sealed class EndpointSliceReader : ObjectReader
{
    private readonly EndpointReader _endpoint;
    private readonly EndpointGroupBuilder _builder = new();
    private readonly PortListReader _portReader;
    private readonly List<PackedEndpoints> _groups = [];
    private IReadOnlyList<PortRecord> _ports = [];
    private AddressType _type;
    private bool _isUnreadable;

    public EndpointSliceReader(ObjectReaderOptions options)
        : base(ResourceKind.EndpointSlice, options)
    {
        _endpoint = new EndpointReader(options, Problems);
        _portReader = new PortListReader(Problems);
    }

    private enum AddressType
    {
        Missing,
        IPv4,
        IPv6,
        HostNames,
    }

    protected override void Clear()
    {
        _builder.Clear();
        _groups.Clear();
        _ports = [];
        _type = AddressType.Missing;
        _isUnreadable = false;
    }

    protected override bool TryReadField(ref Utf8JsonReader json)
    {
        if (json.IsField("addressType"u8))
        {
            ReadAddressType(ref json);
            return true;
        }

        if (json.IsField("endpoints"u8))
        {
            ReadEndpoints(ref json);
            return true;
        }

        if (json.IsField("ports"u8))
        {
            _ports = _portReader.Read(ref json, numberMayMiss: true);
            return true;
        }

        return false;
    }

    private void ReadAddressType(ref Utf8JsonReader json)
    {
        _type = json.TokenType != JsonTokenType.String ? AddressType.Missing
            : json.ValueTextEquals("IPv4"u8) ? AddressType.IPv4
            : json.ValueTextEquals("IPv6"u8) ? AddressType.IPv6
            : json.ValueTextEquals("FQDN"u8) ? AddressType.HostNames
            : AddressType.Missing;
        json.TrySkip();
    }

    private void ReadEndpoints(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
        {
            _isUnreadable = true;
        }

        if (!json.TryEnter(JsonTokenType.StartArray, "endpoints", Problems))
        {
            return;
        }

        while (json.NextItem())
        {
            _endpoint.Read(ref json);
            _builder.Add(_endpoint, _endpoint.IsReady);
        }
    }

    protected override object? TryBuild(ObjectKey key, out string? refusal)
    {
        refusal = _type == AddressType.Missing ? "has no addressType that is IPv4, IPv6 or FQDN"
            : _isUnreadable ? "has endpoints that are not an array"
            : null;
        if (refusal is not null)
        {
            return null;
        }

        if (_type == AddressType.HostNames)
        {
            // Its addresses are host names: no problem that they are not IP addresses.
            Problems.Clear();
            return null;
        }

        if (_builder.Has(_type != AddressType.IPv4))
        {
            Problems.Add($"an endpoint's address is not {_type}");
        }

        _builder.Build(_type == AddressType.IPv4, _ports, _groups);
        return new EndpointsRecord(key, Metadata.ServiceName, [.. _groups], Metadata.LastChangeTrigger)
        {
            ResourceVersion = Metadata.VersionNumber,
            NotReady = _builder.NotReady.Count == 0 ? [] : [.. _builder.NotReady],
        };
    }
}
