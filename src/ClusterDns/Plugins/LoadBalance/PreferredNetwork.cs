using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>A network whose addresses come first.</summary>
/// <param name="Bits">Its address, host bits zero.</param>
/// <param name="Mask">Ones for the prefix.</param>
/// <param name="IsIPv4">Its family.</param>
internal readonly record struct PreferredNetwork(UInt128 Bits, UInt128 Mask, bool IsIPv4)
{
    /// <summary>Reads CIDR notation; host bits may be set and are ignored.</summary>
    public static bool TryParse(string text, out PreferredNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/');
        if (slash < 0
            || !NetworkAddress.TryParse(text.AsSpan(0, slash), out var address)
            || !byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix > address.Size * 8)
        {
            return false;
        }

        // Shifting by the whole width would shift by nothing.
        var hostBits = (address.Size * 8) - prefix;
        var mask = hostBits == 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
        network = new PreferredNetwork(address.Bits & mask, mask, address.IsIPv4);
        return true;
    }

    public bool Contains(NetworkAddress address) => address.IsIPv4 == IsIPv4 && (address.Bits & Mask) == Bits;
}
