using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>A Pod: its addresses, as long as it runs.</summary>
internal sealed class PodReader(ObjectReaderOptions options) : ObjectReader(ResourceKind.Pod, options)
{
    private readonly List<NetworkAddress> _addresses = [];
    private NetworkAddress? _address;
    private bool _isHostNetwork;
    private bool _hasEnded;

    protected override void Clear()
    {
        _addresses.Clear();
        _address = null;
        _isHostNetwork = _hasEnded = false;
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
            ReadStatus(ref json);
            return true;
        }

        return false;
    }

    private void ReadSpec(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "spec", Problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("hostNetwork"u8))
            {
                _isHostNetwork = json.TokenType == JsonTokenType.True;
                json.TrySkip();
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private void ReadStatus(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "status", Problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("phase"u8))
            {
                ReadPhase(ref json);
            }
            else if (json.IsField("podIP"u8))
            {
                _address = AddressReader.TryRead(ref json, "status.podIP", Problems, out var address) ? address : null;
            }
            else if (json.IsField("podIPs"u8))
            {
                ReadAddresses(ref json);
            }
            else
            {
                json.SkipField();
            }
        }
    }

    // The API server is asked for running pods only; manifest files and a server without selectors have them all.
    private void ReadPhase(ref Utf8JsonReader json)
    {
        _hasEnded = json.TokenType == JsonTokenType.String
            && (json.ValueTextEquals("Succeeded"u8) || json.ValueTextEquals("Failed"u8) || json.ValueTextEquals("Unknown"u8));
        json.TrySkip();
    }

    private void ReadAddresses(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "status.podIPs", Problems))
        {
            return;
        }

        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "an item of status.podIPs", Problems))
            {
                ReadAddressItem(ref json);
            }
        }
    }

    private void ReadAddressItem(ref Utf8JsonReader json)
    {
        while (json.NextField())
        {
            if (!json.IsField("ip"u8))
            {
                json.SkipField();
            }
            else if (AddressReader.TryRead(ref json, "an item of status.podIPs", Problems, out var address))
            {
                _addresses.Add(address);
            }
        }
    }

    protected override object? TryBuild(ObjectKey key, out string? refusal)
    {
        refusal = null;
        if (_hasEnded || Metadata.IsBeingDeleted || _address is not { } address)
        {
            return null;
        }

        return new PodRecord(key, address, OtherAddress(address), _isHostNetwork);
    }

    private NetworkAddress? OtherAddress(NetworkAddress primary)
    {
        foreach (var address in _addresses)
        {
            if (address != primary)
            {
                return address;
            }
        }

        return null;
    }
}
