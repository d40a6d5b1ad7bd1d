using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>
/// One endpoint: an item of a slice's <c>endpoints</c>, with several addresses and conditions, or of an Endpoints
/// subset's <c>addresses</c>, with one <c>ip</c>. Its fields may stand in any order.
/// </summary>
internal sealed class EndpointReader(ObjectReaderOptions options, ObjectProblems problems)
{
    public List<NetworkAddress> Addresses { get; } = [];

    public string? Hostname { get; private set; }

    public string? PodName { get; private set; }

    /// <summary>From <c>conditions.ready</c>, where nothing said means ready.</summary>
    public bool IsReady { get; private set; }

    public void Read(ref Utf8JsonReader json)
    {
        Addresses.Clear();
        Hostname = PodName = null;
        IsReady = true;
        if (!json.TryEnter(JsonTokenType.StartObject, "an endpoint", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("addresses"u8))
            {
                AddressReader.ReadList(ref json, "an endpoint's address", problems, Addresses);
            }
            else if (json.IsField("ip"u8))
            {
                ReadSingleAddress(ref json);
            }
            else if (json.IsField("conditions"u8))
            {
                ReadConditions(ref json);
            }
            else if (json.IsField("hostname"u8))
            {
                Hostname = ReadHostname(ref json);
            }
            else if (options.KeepPodNames && json.IsField("targetRef"u8))
            {
                ReadTarget(ref json);
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private void ReadSingleAddress(ref Utf8JsonReader json)
    {
        if (AddressReader.TryRead(ref json, "an endpoint's address", problems, out var address))
        {
            Addresses.Add(address);
        }
    }

    private void ReadConditions(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "an endpoint's conditions", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (!json.IsField("ready"u8))
            {
                json.SkipField();
                continue;
            }

            IsReady = json.TokenType is JsonTokenType.True or JsonTokenType.Null;
            if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
            {
                problems.AddValue("an endpoint's ready", "true or false", in json);
                json.TrySkip();
            }
        }
    }

    // An endpoint with a host name that no label can hold keeps its address and goes by that.
    private string? ReadHostname(ref Utf8JsonReader json)
    {
        Span<char> text = stackalloc char[NameRules.MaxLabelLength];
        return json.TryCopyLabel(text, "an endpoint's hostname", problems, out var length) && length > 0
            ? text[..length].ToString()
            : null;
    }

    private void ReadTarget(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "an endpoint's targetRef", problems))
        {
            return;
        }

        Span<char> text = stackalloc char[NameRules.MaxNameLength];
        while (json.NextField())
        {
            if (!json.IsField("name"u8))
            {
                json.SkipField();
            }
            else if (json.TryCopyText(text, "an endpoint's targetRef.name", problems, out var length))
            {
                // A pod's name may be too long for a label or have dots: sound, but of no use here.
                PodName = DnsLabel.IsValid(text[..length]) ? text[..length].ToString() : null;
            }
        }
    }
}
