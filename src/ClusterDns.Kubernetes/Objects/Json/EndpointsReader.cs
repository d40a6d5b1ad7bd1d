using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>A legacy Endpoints object: a group for each subset and address family.</summary>
internal sealed class EndpointsReader : ObjectReader
{
    private readonly EndpointReader _endpoint;
    private readonly EndpointGroupBuilder _builder = new();
    private readonly PortListReader _portReader;
    private readonly List<PackedEndpoints> _groups = [];
    private bool _isUnreadable;

    public EndpointsReader(ObjectReaderOptions options)
        : base(ResourceKind.Endpoints, options)
    {
        _endpoint = new EndpointReader(options, Problems);
        _portReader = new PortListReader(Problems);
    }

    protected override void Clear()
    {
        _groups.Clear();
        _isUnreadable = false;
    }

    protected override bool TryReadField(ref Utf8JsonReader json)
    {
        if (!json.IsField("subsets"u8))
        {
            return false;
        }

        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
        {
            _isUnreadable = true;
        }

        if (json.TryEnter(JsonTokenType.StartArray, "subsets", Problems))
        {
            while (json.NextItem())
            {
                ReadSubset(ref json);
            }
        }

        return true;
    }

    private void ReadSubset(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "a subset", Problems))
        {
            return;
        }

        _builder.Clear();
        IReadOnlyList<PortRecord> ports = [];
        while (json.NextField())
        {
            if (json.IsField("addresses"u8))
            {
                ReadAddresses(ref json, isReady: true);
            }
            else if (json.IsField("notReadyAddresses"u8))
            {
                ReadAddresses(ref json, isReady: false);
            }
            else if (json.IsField("ports"u8))
            {
                ports = _portReader.Read(ref json, numberMayMiss: false);
            }
            else
            {
                json.SkipField();
            }
        }

        _builder.Build(isIPv4: true, ports, _groups);
        _builder.Build(isIPv4: false, ports, _groups);
    }

    private void ReadAddresses(ref Utf8JsonReader json, bool isReady)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "a subset's addresses", Problems))
        {
            return;
        }

        while (json.NextItem())
        {
            _endpoint.Read(ref json);
            _builder.Add(_endpoint, isReady);
        }
    }

    protected override object? TryBuild(ObjectKey key, out string? refusal)
    {
        refusal = _isUnreadable ? "has subsets that are not an array" : null;
        return _isUnreadable ? null : new EndpointsRecord(key, key.Name, [.. _groups], Metadata.LastChangeTrigger)
        {
            ResourceVersion = Metadata.VersionNumber,
        };
    }
}
