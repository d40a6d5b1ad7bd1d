using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// The label of one endpoint below its Service: its <c>hostname</c>, else its pod's name where the zone keeps those, else
/// its address with hyphens.
/// </summary>
internal static class EndpointName
{
    /// <summary>Writes the label without length octet into 63 octets and gives the octets written.</summary>
    public static int Write(PackedEndpoints group, int index, Span<byte> destination)
    {
        var given = Given(group, index);
        if (given.IsEmpty)
        {
            return WriteAddress(group.Address(index), destination);
        }

        given.CopyTo(destination);
        return given.Length;
    }

    /// <summary>The name that somebody gave the endpoint; empty if it is called by its address.</summary>
    public static ReadOnlySpan<byte> Given(PackedEndpoints group, int index)
    {
        var hostname = group.Hostname(index);
        return hostname.IsEmpty ? group.PodName(index) : hostname;
    }

    /// <summary>The address that a label stands for; false unless <see cref="Write"/> would spell it so.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> lowerCaseLabel, out NetworkAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        Span<byte> spelt = stackalloc byte[WireName.MaxLabelLength];
        return DashedAddress.TryParse(lowerCaseLabel, out address)
            && spelt[..WriteAddress(octets[..address.Write(octets)], spelt)].SequenceEqual(lowerCaseLabel);
    }

    // No label may end with a hyphen (RFC 952): fd00:244:: is called fd00-244--0.
    private static int WriteAddress(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        var length = DashedAddress.Write(address, destination);
        if (destination[length - 1] == '-')
        {
            destination[length++] = (byte)'0';
        }

        return length;
    }
}
