using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>IP addresses in text.</summary>
internal static class AddressReader
{
    /// <summary>No address has more characters than an IPv4-mapped IPv6 address in full.</summary>
    private const int MaxLength = 45;

    /// <summary>True with an address; false, with a problem, for anything else but null and the empty text.</summary>
    public static bool TryRead(ref Utf8JsonReader json, string field, ObjectProblems problems, out NetworkAddress address)
    {
        address = default;
        Span<char> text = stackalloc char[MaxLength];
        if (!json.TryCopyText(text, field, problems, out var length) || length == 0)
        {
            return false;
        }

        if (NetworkAddress.TryParse(text[..length], out address))
        {
            return true;
        }

        problems.AddValue(field, "an IP address", in json);
        return false;
    }

    /// <summary>Adds the addresses of a list.</summary>
    public static void ReadList(ref Utf8JsonReader json, string field, ObjectProblems problems, List<NetworkAddress> addresses)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, field, problems))
        {
            return;
        }

        while (json.NextItem())
        {
            if (TryRead(ref json, field, problems, out var address))
            {
                addresses.Add(address);
            }
        }
    }
}
