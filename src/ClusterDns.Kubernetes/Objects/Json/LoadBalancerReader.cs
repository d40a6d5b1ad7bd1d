using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>The addresses and host names that a load balancer has given to a Service: its <c>status</c>.</summary>
internal sealed class LoadBalancerReader(ObjectProblems problems)
{
    public List<NetworkAddress> Addresses { get; } = [];

    public List<string> Hostnames { get; } = [];

    public void Clear()
    {
        Addresses.Clear();
        Hostnames.Clear();
    }

    public void ReadStatus(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "status", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("loadBalancer"u8))
            {
                ReadLoadBalancer(ref json);
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private void ReadLoadBalancer(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "status.loadBalancer", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (!json.IsField("ingress"u8))
            {
                json.SkipField();
            }
            else if (json.TryEnter(JsonTokenType.StartArray, "status.loadBalancer.ingress", problems))
            {
                ReadIngress(ref json);
            }
        }
    }

    private void ReadIngress(ref Utf8JsonReader json)
    {
        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "an ingress point", problems))
            {
                ReadIngressPoint(ref json);
            }
        }
    }

    // A point with both counts by its address alone.
    private void ReadIngressPoint(ref Utf8JsonReader json)
    {
        var hasAddress = false;
        string? hostname = null;
        Span<char> text = stackalloc char[NameRules.MaxNameLength];
        while (json.NextField())
        {
            if (json.IsField("ip"u8))
            {
                hasAddress = AddressReader.TryRead(ref json, "an ingress point's ip", problems, out var address);
                if (hasAddress)
                {
                    Addresses.Add(address);
                }
            }
            else if (json.IsField("hostname"u8))
            {
                var isText = json.TryCopyText(text, "an ingress point's hostname", problems, out var length);
                hostname = isText && length > 0 ? text[..length].ToString() : null;
            }
            else
            {
                json.SkipField();
            }
        }

        if (!hasAddress && hostname is not null)
        {
            Hostnames.Add(hostname);
        }
    }
}
