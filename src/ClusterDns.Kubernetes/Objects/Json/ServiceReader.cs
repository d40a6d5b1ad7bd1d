using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>A Service: <c>spec</c>, and the load balancer's addresses in <c>status</c>.</summary>
internal sealed class ServiceReader : ObjectReader
{
    private readonly PortListReader _portReader;
    private readonly LoadBalancerReader _loadBalancer;
    private readonly List<NetworkAddress> _clusterAddresses = [];
    private readonly List<NetworkAddress> _externalAddresses = [];
    private IReadOnlyList<PortRecord> _ports = [];
    private NetworkAddress? _clusterAddress;
    private string? _externalName;
    private bool _hasSpec;
    private bool _isHeadless;
    private bool _isExternalName;

    public ServiceReader(ObjectReaderOptions options)
        : base(ResourceKind.Service, options)
    {
        _portReader = new PortListReader(Problems);
        _loadBalancer = new LoadBalancerReader(Problems);
    }

    protected override void Clear()
    {
        _clusterAddresses.Clear();
        _externalAddresses.Clear();
        _loadBalancer.Clear();
        _ports = [];
        _clusterAddress = null;
        _externalName = null;
        _hasSpec = _isHeadless = _isExternalName = false;
    }

    protected override bool TryReadField(ref Utf8JsonReader json)
    {
        if (json.IsField("spec"u8))
        {
            ReadSpec(ref json);
            return true;
        }

        if (json.IsField("status"u8))
        {
            _loadBalancer.ReadStatus(ref json);
            return true;
        }

        return false;
    }

    private void ReadSpec(ref Utf8JsonReader json)
    {
        _hasSpec = json.TryEnter(JsonTokenType.StartObject, "spec", Problems);
        while (_hasSpec && json.NextField())
        {
            if (json.IsField("type"u8))
            {
                _isExternalName = json.TokenType == JsonTokenType.String && json.ValueTextEquals("ExternalName"u8);
                json.TrySkip();
            }
            else if (json.IsField("ports"u8))
            {
                _ports = _portReader.Read(ref json, numberMayMiss: false);
            }
            else if (json.IsField("externalName"u8))
            {
                ReadExternalName(ref json);
            }
            else if (!TryReadAddresses(ref json))
            {
                json.SkipField();
            }
        }
    }

    private bool TryReadAddresses(ref Utf8JsonReader json)
    {
        if (json.IsField("clusterIP"u8))
        {
            _clusterAddress = ReadClusterAddress(ref json, "spec.clusterIP", out var address) ? address : null;
            return true;
        }

        if (json.IsField("clusterIPs"u8))
        {
            ReadClusterAddresses(ref json);
            return true;
        }

        if (json.IsField("externalIPs"u8))
        {
            AddressReader.ReadList(ref json, "spec.externalIPs", Problems, _externalAddresses);
            return true;
        }

        return false;
    }

    private void ReadClusterAddresses(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "spec.clusterIPs", Problems))
        {
            return;
        }

        while (json.NextItem())
        {
            if (ReadClusterAddress(ref json, "spec.clusterIPs", out var address))
            {
                _clusterAddresses.Add(address);
            }
        }
    }

    private bool ReadClusterAddress(ref Utf8JsonReader json, string field, out NetworkAddress address)
    {
        address = default;
        if (json.TokenType == JsonTokenType.String && json.ValueTextEquals("None"u8))
        {
            _isHeadless = true;
            return false;
        }

        return AddressReader.TryRead(ref json, field, Problems, out address);
    }

    private void ReadExternalName(ref Utf8JsonReader json)
    {
        // One character more: the root's dot may be written.
        Span<char> text = stackalloc char[NameRules.MaxNameLength + 1];
        _externalName = json.TryCopyText(text, "spec.externalName", Problems, out var length) && length > 0
            ? text[..length].ToString()
            : null;
    }

    protected override object? TryBuild(ObjectKey key, out string? refusal)
    {
        refusal = !_hasSpec ? "has no spec"
            : _isExternalName && _externalName is null ? "is of type ExternalName and has no readable spec.externalName"
            : null;
        if (refusal is not null)
        {
            return null;
        }

        if (_clusterAddresses.Count == 0 && _clusterAddress is { } single)
        {
            _clusterAddresses.Add(single);
        }

        var kind = _isExternalName ? ServiceKind.ExternalName : _isHeadless ? ServiceKind.Headless : ServiceKind.ClusterIP;
        return new ServiceRecord
        {
            Key = key,
            ResourceVersion = Metadata.VersionNumber,
            Kind = kind,
            ClusterAddresses = kind == ServiceKind.ClusterIP ? [.. _clusterAddresses] : [],
            Ports = _ports,
            ExternalName = kind == ServiceKind.ExternalName ? _externalName : null,
            ExternalAddresses = [.. _externalAddresses, .. _loadBalancer.Addresses],
            ExternalHostnames = [.. _loadBalancer.Hostnames],
        };
    }
}
