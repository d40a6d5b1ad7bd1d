using System.Diagnostics.CodeAnalysis;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace ClusterDns.Testing.Packets;

/// <summary>
/// What another implementation reads in a packet. It is asked only where it is known to be right: names without octets
/// over 0x7F, messages under 16 KiB, packets that our own reader accepted.
/// </summary>
internal static class SecondOpinion
{
    /// <summary>False when it cannot read the packet; it says so by exceptions of many kinds.</summary>
    public static bool TryParse(byte[] packet, [NotNullWhen(true)] out DnsMessage? message)
    {
        try
        {
            message = DnsMessage.Parse(new ArraySegment<byte>(packet));
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or FormatException)
        {
            message = null;
            return false;
        }
    }

    /// <summary>The octets of a name, letter case kept.</summary>
    public static byte[] Octets(DomainName name) =>
        [.. name.Labels.SelectMany(label => label.Select(character => (byte)character).Prepend((byte)label.Length)), 0];
}
